"""An agreement started as the last one of its kind: its clauses, and none of its dates, people or history."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.agreement_choices import AgreementKind, AgreementStage
from crm.models.agreement_clauses import clauses_of
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure, may, scoped
from crm.services.agreement_stages import IN_FORCE

_HELD = (*IN_FORCE, AgreementStage.LAPSED)


@dataclass(frozen=True, slots=True)
class Source:
    """An agreement to start from, and the name of the employer that signed it."""

    agreement: Agreement
    employer: str


def last_of_each_kind(session: Session, employer_id: int, *, by: Actor) -> dict[AgreementKind, Source]:
    """The latest signed agreement of each kind: by this employer, else by any employer of the service.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    is_theirs = col(Agreement.employer_id) == employer_id
    latest_first = (is_theirs.desc(), col(Agreement.signed_on).desc(), col(Agreement.id).desc())
    place: sa.ColumnElement[int] = sa.func.row_number().over(
        partition_by=col(Agreement.kind), order_by=latest_first
    )
    ranked: sa.Select[*tuple[Any, ...]] = sa.select(col(Agreement.id), place.label("place")).where(
        col(Agreement.archived_at).is_(None),
        col(Agreement.signed_on).is_not(None),
        col(Agreement.stage).in_(_HELD),
    )
    seen = scoped(session, ranked, Agreement, by=by, action=Action.AGREEMENTS_READ).subquery()
    firsts = sa.select(seen.c.id).where(seen.c.place == 1)
    return {one.agreement.kind: one for one in _sources(session, firsts)}


def _sources(session: Session, ids: Any) -> Iterator[Source]:
    query = select(Agreement, Employer.name).join(Employer, col(Employer.id) == col(Agreement.employer_id))
    for row in session.exec(query.where(col(Agreement.id).in_(ids))):
        yield Source(*row)


def source(session: Session, agreement_id: int | None, *, by: Actor) -> Source | None:
    """The agreement with this id that another was started from; None for none, or one not to be seen.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    found = next(_sources(session, [agreement_id]), None)
    return found if found and may(by, Action.AGREEMENTS_READ, found.agreement) else None


def copied(source: Agreement, kind: AgreementKind) -> Mapping[str, Any]:
    """The clauses that a new agreement of this kind takes over, by the names of their fields."""
    return {name: getattr(source, name) for name in clauses_of(kind)}
