"""Cover in force: who can act on a record beside whoever has it, up to a day; it can be ended early."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from crm.models.agreements import Agreement
from crm.models.caseloads import CaseloadKind
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor, Cover, User
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, scoped
from crm.services.listing import Listing, how_many, parts


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One cover: who stands in, for which record by name, up to which day, and why."""

    id: int
    version: int
    user_id: int
    who: str
    kind: CaseloadKind
    name: str
    until: date
    why: str


def in_force(
    session: Session, *, today: date, offset: int, limit: int, by: Actor, user_id: int | None = None
) -> Listing[CoverRow]:
    """One page of the covers in force, of one colleague or of all, those that end first at the top.

    Raises:
        NotAllowedError: the person may not see who has whom.
    """
    agreed: Any = aliased(Employer)
    query = (
        sa.select(
            col(Cover.id),
            col(Cover.version),
            col(Cover.user_id),
            col(User.name),
            col(Cover.record_kind),
            sa.func.coalesce(col(JobSeeker.preferred_name), col(Employer.name), agreed.name, ""),
            col(Cover.until),
            col(Cover.why),
        )
        .join(User, col(User.id) == col(Cover.user_id))
        .join(JobSeeker, _is(CaseloadKind.SEEKERS, JobSeeker), isouter=True)
        .join(Employer, _is(CaseloadKind.EMPLOYERS, Employer), isouter=True)
        .join(Agreement, _is(CaseloadKind.AGREEMENTS, Agreement), isouter=True)
        .join(agreed, agreed.id == col(Agreement.employer_id), isouter=True)
        .where(_stands(today), *([] if user_id is None else [col(Cover.user_id) == user_id]))
    )
    query = scoped(session, query, Cover, by=by, action=Action.CASELOADS_READ)
    page = query.order_by(col(Cover.until), col(Cover.id)).offset(offset).limit(limit)
    found: Any = session.connection().execute(page)
    rows = [
        CoverRow(key, version, whose, who, CaseloadKind(kind), name, until, why)
        for key, version, whose, who, kind, name, until, why in found
    ]
    return Listing(rows, how_many(session, query))


def _is(kind: CaseloadKind, table: Any) -> sa.ColumnElement[bool]:
    return sa.and_(col(Cover.record_kind) == kind.value, col(Cover.record_id) == table.id)


def _stands(today: date) -> sa.ColumnElement[bool]:
    return sa.and_(col(Cover.until) >= today, col(Cover.archived_at).is_(None))


def end(session: Session, cover_id: int, *, version: int, by: Actor, today: date) -> Cover:
    """End a cover early; from now on only whoever has the record can act on it.

    Raises:
        NotAllowedError: the person may not hand caseloads over.
        NotFoundError: there is no such cover.
        StaleFormError: somebody ended it after the page was drawn.
    """
    ensure(session, by, Action.CASELOADS_HAND_OVER)
    row = records.fetch_to_change(session, Cover, cover_id, called="cover")
    return records.change(session, row, {"until": _yesterday(today)}, version=version)


def end_all_of(session: Session, user_id: int, *, by: Actor, today: date) -> int:
    """End every cover of a colleague; gives how many.

    Raises:
        NotAllowedError: the person may not hand caseloads over.
    """
    ensure(session, by, Action.CASELOADS_HAND_OVER)
    wanted = sa.select(col(Cover.id)).where(col(Cover.user_id) == user_id, _stands(today))
    ids = [key for key in session.connection().execute(wanted).scalars() if key is not None]
    return end_many(session, ids, today=today)


def end_many(session: Session, cover_ids: Sequence[int], *, today: date) -> int:
    """End those of some covers that are still in force; gives how many. Whoever calls it has asked."""
    ended = 0
    for some in parts(cover_ids):
        wanted = select(Cover).where(col(Cover.id).in_(some), _stands(today)).with_for_update()
        for row in session.exec(wanted):
            records.change(session, row, {"until": _yesterday(today)}, version=row.version)
            ended += 1
    return ended


def _yesterday(today: date) -> date:
    return today - timedelta(days=1)
