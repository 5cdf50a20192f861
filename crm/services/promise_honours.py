"""Whose promises are kept: honour rates employer by employer and agreement by agreement, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import AgreementKind
from crm.models.agreements import Agreement
from crm.models.employers import Employer, EmployerSite
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped
from crm.services.listing import Listing, how_many
from crm.services.promise_counts import (
    FIELD_OF,
    Promised,
    PromiseFilter,
    Tally,
    counted_uses,
    sums_of,
)

_IN_ALL = sa.func.count().over()


class HonourOrder(StrEnum):
    """How such a list is ordered; within each by the employer's name. Without a rate one comes last."""

    LOWEST_RATE = "lowest_rate_first"
    HIGHEST_RATE = "highest_rate_first"
    MOST_BROKEN = "most_broken_first"
    MOST_PROMISES = "most_promises_first"
    NAME = "by_name"


@dataclass(frozen=True, slots=True)
class EmployerHonour:
    """An employer that people were put forward to, and how its promises to them count."""

    employer_id: int
    employer: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class AgreementHonour:
    """An agreement under which people were put forward, whose it is, and how its promises count."""

    agreement_id: int
    employer_id: int
    employer: str
    kind: AgreementKind
    tally: Tally


@dataclass(frozen=True, slots=True)
class SiteHonour:
    """A site at which people were to be put forward, and how the promises there count."""

    site_id: int
    site: str
    tally: Tally


def honour_by_employer(
    session: Session,
    wanted: PromiseFilter,
    *,
    of: Promised = Promised.INTERVIEW,
    order: HonourOrder = HonourOrder.LOWEST_RATE,
    offset: int,
    limit: int,
    by: Actor,
    today: date,
) -> Listing[EmployerHonour]:
    """One page of the employers that made such promises: those that people were to be put forward to.

    Raises:
        NotAllowedError: the person may not see promises or employers.
    """
    found = _grouped(session, wanted, "employer_id", of, by=by, today=today)
    query: Any = sa.select(_IN_ALL, col(Employer.id), col(Employer.name), *_tally(found))
    query = query.join(found, found.c.whose == col(Employer.id))
    query = scoped(session, query, Employer, by=by, action=Action.EMPLOYERS_READ)
    page = query.order_by(*_ordered(found, order), col(Employer.id)).offset(offset).limit(limit)
    rows: Any = session.connection().execute(page).all()
    listed = [EmployerHonour(key, name, Tally(*sums)) for _, key, name, *sums in rows]
    return Listing(listed, _total(session, query, rows, offset))


def honour_by_agreement(
    session: Session,
    wanted: PromiseFilter,
    *,
    of: Promised = Promised.INTERVIEW,
    order: HonourOrder = HonourOrder.LOWEST_RATE,
    offset: int,
    limit: int,
    by: Actor,
    today: date,
) -> Listing[AgreementHonour]:
    """One page of the agreements under which such a promise was made; the employer is the one that signs.

    Raises:
        NotAllowedError: the person may not see promises or agreements.
    """
    found = _grouped(session, wanted, "agreement_id", of, by=by, today=today)
    named = (col(Agreement.id), col(Agreement.employer_id), col(Employer.name), col(Agreement.kind))
    query: Any = sa.select(_IN_ALL, *named, *_tally(found)).join(found, found.c.whose == col(Agreement.id))
    query = query.join(Employer, col(Employer.id) == col(Agreement.employer_id))
    query = scoped(session, query, Agreement, by=by, action=Action.AGREEMENTS_READ)
    page = query.order_by(*_ordered(found, order), col(Agreement.id)).offset(offset).limit(limit)
    rows: Any = session.connection().execute(page).all()
    listed = [
        AgreementHonour(key, employer_id, name, kind, Tally(*sums))
        for _, key, employer_id, name, kind, *sums in rows
    ]
    return Listing(listed, _total(session, query, rows, offset))


def honour_by_site(
    session: Session, employer_id: int, *, of: Promised = Promised.INTERVIEW, by: Actor, today: date
) -> list[SiteHonour]:
    """The sites of an employer at which such a promise was made, by their names.

    Promises of which no site was said are in none of them.

    Raises:
        NotAllowedError: the person may not see promises or employers.
    """
    wanted = PromiseFilter(employer_id=employer_id)
    found = _grouped(session, wanted, "site_id", of, by=by, today=today)
    query: Any = sa.select(col(EmployerSite.id), col(EmployerSite.label), *_tally(found))
    query = query.join(found, found.c.whose == col(EmployerSite.id))
    query = scoped(session, query, EmployerSite, by=by, action=Action.EMPLOYERS_READ)
    rows: Any = session.connection().execute(query.order_by(col(EmployerSite.label), col(EmployerSite.id)))
    return [SiteHonour(key, label, Tally(*sums)) for key, label, *sums in rows]


def _total(session: Session, query: Any, rows: Sequence[Any], offset: int) -> int:
    """How many there are in all: each row says so, and only a page past the last has none."""
    if rows or not offset:
        return rows[0][0] if rows else 0
    return how_many(session, query)


def _grouped(
    session: Session, wanted: PromiseFilter, whose: str, of: Promised, *, by: Actor, today: date
) -> sa.Subquery:
    found = counted_uses(session, wanted, by=by, today=today).subquery()
    key = found.c[whose]
    columns = (key.label("whose"), sa.func.count().label("in_all"), *sums_of(found))
    query = sa.select(*columns).where(found.c.promised == of.value)
    return query.group_by(key).subquery()


def _tally(found: sa.Subquery) -> list[Any]:
    return [found.c[name] for name in FIELD_OF.values()]


def _ordered(found: sa.Subquery, order: HonourOrder) -> tuple[Any, ...]:
    name = col(Employer.name_key)
    due = found.c.kept + found.c.broken
    rate = sa.cast(found.c.kept, sa.Float()) / sa.func.nullif(due, 0)
    first: dict[HonourOrder, tuple[Any, ...]] = {
        HonourOrder.LOWEST_RATE: (due == 0, rate, found.c.broken.desc()),
        HonourOrder.HIGHEST_RATE: (due == 0, rate.desc(), found.c.kept.desc()),
        HonourOrder.MOST_BROKEN: (found.c.broken.desc(),),
        HonourOrder.MOST_PROMISES: (found.c.in_all.desc(),),
        HonourOrder.NAME: (),
    }
    return (*first[order], name)
