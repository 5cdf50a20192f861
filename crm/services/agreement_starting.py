"""An agreement started as the last one of its kind: its clauses, and none of its dates, people or history."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.agreement_choices import AgreementKind, AgreementStage
from crm.models.agreement_clauses import clauses_of
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreements
from crm.services.access import ensure, may, scoped
from crm.services.agreement_stages import IN_FORCE

_HELD = (*IN_FORCE, AgreementStage.LAPSED)


def last_of_each_kind(session: Session, employer_id: int, *, by: Actor) -> dict[AgreementKind, Agreement]:
    """The latest signed agreement of each kind: by this employer, else by any employer of the service.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    is_theirs = col(Agreement.employer_id) == employer_id
    latest_first = (is_theirs.desc(), col(Agreement.signed_on).desc(), col(Agreement.id).desc())
    place = sa.func.row_number().over(partition_by=col(Agreement.kind), order_by=latest_first)
    ranked = sa.select(col(Agreement.id).label("id"), place.label("place")).where(
        col(Agreement.archived_at).is_(None),
        col(Agreement.signed_on).is_not(None),
        col(Agreement.stage).in_(_HELD),
    )
    ranked = scoped(session, ranked, Agreement, by=by, action=Action.AGREEMENTS_READ).subquery()
    firsts = sa.select(ranked.c.id).where(ranked.c.place == 1)
    found = session.exec(select(Agreement).where(col(Agreement.id).in_(firsts)))
    return {row.kind: row for row in found}


def started_from(session: Session, agreement: Agreement, *, by: Actor) -> Agreement | None:
    """The agreement that this one was started from, if it was, and if one may see it.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    if agreement.started_from_id is None:
        return None
    row = agreements.find(session, agreement.started_from_id, by=by)
    return row if may(by, Action.AGREEMENTS_READ, row) else None


def copied(source: Agreement, kind: AgreementKind) -> Mapping[str, Any]:
    """The clauses that a new agreement of this kind takes over, by the names of their fields."""
    return {name: getattr(source, name) for name in clauses_of(kind)}
