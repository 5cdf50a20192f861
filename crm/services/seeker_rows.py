"""What the rows of a person's profile have in common, whether skills or support needs."""

from typing import TypeVar

from sqlmodel import Session, col, select

from crm.models.seekers import ProfileSkill, SupportNeed
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records, seekers
from crm.services.access import ensure
from crm.services.archiving import reason_given

R = TypeVar("R", ProfileSkill, SupportNeed)
_CALLED = {ProfileSkill: "skill", SupportNeed: "support need"}


def of_seeker(session: Session, table: type[R], seeker_id: int, *, by: Actor) -> list[R]:
    """The rows of a person that are not archived, as they were added.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    ensure(session, by, Action.SEEKERS_READ)
    query = select(table).where(table.seeker_id == seeker_id, col(table.archived_at).is_(None))
    return list(session.exec(query.order_by(col(table.id))))


def find(session: Session, table: type[R], row_id: int, *, by: Actor) -> R:
    """One row, archived ones too.

    Raises:
        NotAllowedError: the person may not see job seekers.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.SEEKERS_READ)
    return records.fetch(session, table, row_id, called=_CALLED[table])


def to_change(session: Session, table: type[R], row_id: int, *, by: Actor) -> R:
    """The row that somebody is about to change.

    Raises:
        NotAllowedError: the person may not, or the row or its job seeker is archived.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.SEEKERS_RECORD)
    row = records.fetch_to_change(session, table, row_id, called=_CALLED[table])
    ensure(session, by, Action.SEEKERS_RECORD, row)
    seekers.to_change(session, row.seeker_id, by=by)
    return row


def archive(session: Session, table: type[R], row_id: int, *, why: str, version: int, by: Actor) -> R:
    """Put a row aside, with the reason.

    Raises:
        NotAllowedError: the person may not, or the row or its job seeker is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    row = to_change(session, table, row_id, by=by)
    return records.archive(session, row, why=reason_given(why), version=version)


def bring_back(session: Session, table: type[R], row_id: int, *, version: int, by: Actor) -> R:
    """Take a row out of the archive.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    ensure(session, by, Action.SEEKERS_RECORD)
    row = records.fetch_to_change(session, table, row_id, called=_CALLED[table])
    seekers.to_change(session, row.seeker_id, by=by)
    return records.bring_back(session, row, version=version)
