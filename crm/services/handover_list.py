"""What was handed over from and to a colleague, and whether it can still be handed back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.caseloads import CaseloadKind, HandedRecord, Handover
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services.access import ensure
from crm.services.caseloads import HOLDINGS


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One handing over as lists show it; `can_go_back` while it is the last thing that happened to them."""

    id: int
    version: int
    at: datetime
    from_name: str
    to_name: str
    records: int
    both_until: date | None
    why: str | None
    is_undone: bool
    can_go_back: bool


def recent(session: Session, user_id: int, *, limit: int, by: Actor) -> list[HandoverRow]:
    """What was handed over from or to a colleague, the latest first.

    Raises:
        NotAllowedError: the person may not see who has whom.
    """
    ensure(session, by, Action.CASELOADS_READ)
    of_colleague = sa.or_(col(Handover.from_id) == user_id, col(Handover.to_id) == user_id)
    query = select(Handover).where(of_colleague).order_by(col(Handover.id).desc()).limit(limit)
    return [_row(session, made) for made in session.exec(query)]


def _row(session: Session, made: Handover) -> HandoverRow:
    giver, taker = session.get_one(User, made.from_id), session.get_one(User, made.to_id)
    handed = sa.select(sa.func.count()).where(col(HandedRecord.handover_id) == made.key)
    moved = session.connection().execute(handed).scalar_one()
    unchanged = sum(_unchanged(session, made, kind) for kind in CaseloadKind)
    return HandoverRow(
        id=made.key,
        version=made.version,
        at=made.created_at,
        from_name=giver.name,
        to_name=taker.name,
        records=moved,
        both_until=made.both_until,
        why=made.why,
        is_undone=made.is_undone,
        can_go_back=not made.is_undone and unchanged == moved,
    )


def _unchanged(session: Session, made: Handover, kind: CaseloadKind) -> int:
    table: Any = HOLDINGS[kind].table
    query = (
        sa.select(sa.func.count())
        .select_from(HandedRecord)
        .join(table, sa.and_(table.id == col(HandedRecord.record_id), table.archived_at.is_(None)))
        .where(
            col(HandedRecord.handover_id) == made.key,
            col(HandedRecord.record_kind) == kind,
            col(HandedRecord.version) == table.version,
        )
    )
    return session.connection().execute(query).scalar_one()
