"""Whose promises of interviews are kept: honour rates by employer, and the promises behind each number."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import Promise
from crm.models.agreement_uses import AgreementUse
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped
from crm.services.agreement_figures import EVERY, chosen
from crm.services.agreement_filters import AgreementFilter
from crm.services.listing import Listing, how_many
from crm.services.promises import Count, Honour, counted, live_uses


class Period(StrEnum):
    """When people were put forward, seen from a day which is included."""

    QUARTER = "last_90_days"
    YEAR = "last_365_days"
    FINANCIAL_YEAR = "this_financial_year"


@dataclass(frozen=True, slots=True)
class EmployerHonour:
    """An employer and its promises that count, with the rate and the range that disputes give it."""

    employer_id: int
    employer: str
    honour: Honour


@dataclass(frozen=True, slots=True)
class PromiseBehind:
    """One promise behind a number: to whom, under which agreement, and its days."""

    seeker_id: int
    seeker: str
    agreement_id: int
    employer: str
    referred_on: date
    due_on: date | None
    happens_on: date | None


SHOWN = (Count.KEPT, Count.BROKEN, Count.DISPUTED)
"""What makes a rate and its range; everything else stands beside them, never inside."""


def first_day(period: str | None, today: date) -> date | None:
    """The first day of a period; None for all time."""
    if period == Period.FINANCIAL_YEAR:
        return date(today.year if today >= date(today.year, 4, 1) else today.year - 1, 4, 1)
    days = {Period.QUARTER: 90, Period.YEAR: 365}.get(Period(period)) if period else None
    return today - timedelta(days=days) if days else None


def by_employer(
    session: Session,
    wanted: AgreementFilter = EVERY,
    period: str | None = None,
    *,
    offset: int,
    limit: int,
    by: Actor,
    today: date,
) -> Listing[EmployerHonour]:
    """One page of the employers whose promises count, the lowest rate first, then who broke most.

    Where all is disputed there is no rate: such an employer comes last.

    Raises:
        NotAllowedError: the person may not see agreements or promises.
    """
    each = _promises(session, wanted, period, by, today)
    each = scoped(session, each, AgreementUse, by=by, action=Action.PROMISES_READ)
    query = _lowest_first(each.subquery())
    rows: Any = session.connection().execute(query.offset(offset).limit(limit)).all()
    total = rows[0].whole if rows else how_many(session, query) if offset else 0
    return Listing([_honour(row) for row in rows], total)


def _lowest_first(each: sa.Subquery) -> sa.Select[*tuple[Any, ...]]:
    """Employers with how many of their promises count in which way, and how many employers there are."""
    sums = (sa.func.sum(sa.case((each.c.told == one.value, 1), else_=0)).label(one.name) for one in SHOWN)
    found = sa.select(each.c.employer_id, *sums).group_by(each.c.employer_id).subquery()
    counts: Any = [found.c[one.name] for one in SHOWN]
    kept, broken, _ = counts
    whole = sa.func.count().over().label("whole")
    query: Any = sa.select(col(Employer.id), col(Employer.name), whole, *counts)
    query = query.join(found, found.c.employer_id == col(Employer.id))
    rate = sa.cast(kept, sa.Float()) / sa.func.nullif(kept + broken, 0)
    return query.order_by(kept + broken == 0, rate, broken.desc(), col(Employer.name_key), col(Employer.id))


def _honour(row: Any) -> EmployerHonour:
    key, name, _whole, kept, broken, disputed = row
    return EmployerHonour(key, name, Honour(kept, broken, disputed))


def behind(
    session: Session,
    wanted: AgreementFilter,
    period: str | None,
    employer_id: int,
    count: Count,
    *,
    offset: int,
    limit: int,
    by: Actor,
    today: date,
) -> Listing[PromiseBehind]:
    """One page of the promises behind a number of `by_employer`, the latest referral first.

    Raises:
        NotAllowedError: the person may not see agreements, promises or job seekers.
    """
    each = _promises(session, wanted, period, by, today)
    each = each.where(col(AgreementUse.employer_id) == employer_id, counted(today) == count.value)
    each = scoped(session, each, AgreementUse, by=by, action=Action.PROMISES_READ)
    columns: Any = (
        *(col(JobSeeker.id), col(JobSeeker.preferred_name), col(AgreementUse.agreement_id)),
        *(col(Employer.name), col(AgreementUse.referred_on), col(AgreementUse.due_on)),
        col(AgreementUse.happens_on),
    )
    page = each.join(JobSeeker, col(JobSeeker.id) == col(AgreementUse.seeker_id)).with_only_columns(*columns)
    page = page.join(Employer, col(Employer.id) == col(AgreementUse.employer_id))
    page = scoped(session, page, JobSeeker, by=by, action=Action.SEEKERS_READ)
    order = (col(AgreementUse.referred_on).desc(), col(AgreementUse.id))
    rows: Any = session.connection().execute(page.order_by(*order).offset(offset).limit(limit))
    return Listing([PromiseBehind(*row) for row in rows], how_many(session, each))


def _promises(
    session: Session, wanted: AgreementFilter, period: str | None, by: Actor, today: date
) -> sa.Select[*tuple[Any, ...]]:
    """The promises of interviews that count under these agreements; those after training count apart."""
    agreed = chosen(session, wanted, by=by, today=today)
    told = counted(today)
    query: sa.Select[*tuple[Any, ...]] = sa.select(col(AgreementUse.employer_id), told.label("told")).where(
        live_uses(),
        col(AgreementUse.promise) == Promise.INTERVIEW,
        col(AgreementUse.after_use_id).is_(None),
        col(AgreementUse.agreement_id).in_(agreed),
        told.in_([one.value for one in SHOWN]),
    )
    first = first_day(period, today)
    if first is not None:
        query = query.where(col(AgreementUse.referred_on).between(first, today))
    return query
