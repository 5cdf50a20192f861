"""“That’s not right”: a person's words are kept with the row, which counts as not known until settled."""

from datetime import date

from sqlmodel import Session, col, select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.disputes import DisputedPart, DisputeInput, RowDispute, SettlingInput
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, scoped

_CALLED = "note of what is not right"


def say_not_right(
    session: Session, seeker_id: int, new: DisputeInput, *, by: Actor, today: date
) -> RowDispute:
    """Keep what a person says of a row about them; from now on the row counts as not known.

    Raises:
        NotAllowedError: whoever sits with the person may not record anything of them, or they are archived.
        NotFoundError: there is no such job seeker, or no such vacancy.
        RuleBrokenError: they have said so of this row already.
    """
    ensure(session, by, Action.SEEKERS_RECORD)
    seeker = records.fetch_to_change(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.SEEKERS_RECORD, seeker)
    if new.vacancy_id is not None:
        records.fetch(session, Vacancy, new.vacancy_id, called="vacancy")
    if any(each.part is new.part and each.row_key == new.row_key for each in _open(session, seeker_id)):
        raise RuleBrokenError("You told us about this already. Your coach will talk with you about it.")
    return records.add(session, RowDispute(**new.model_dump(), seeker_id=seeker_id, said_on=today))


def of_seeker(session: Session, seeker_id: int, *, by: Actor, is_open: bool = True) -> list[RowDispute]:
    """What a person said is not right: what is open, the oldest first, or all of it.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    query = select(RowDispute).where(RowDispute.seeker_id == seeker_id).order_by(col(RowDispute.id))
    if is_open:
        query = query.where(col(RowDispute.settled_on).is_(None))
    return list(session.exec(scoped(session, query, RowDispute, by=by, action=Action.SEEKERS_READ)))


def find(session: Session, dispute_id: int, *, by: Actor) -> RowDispute:
    """One of them, settled ones too.

    Raises:
        NotAllowedError: the person may not see job seekers.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.SEEKERS_READ)
    row = records.fetch(session, RowDispute, dispute_id, called=_CALLED)
    ensure(session, by, Action.SEEKERS_READ, row)
    return row


def settle(
    session: Session, dispute_id: int, new: SettlingInput, *, version: int, by: Actor, today: date
) -> RowDispute:
    """Say what came of it, once it was talked over with the person: the row counts again as recorded.

    Raises:
        NotAllowedError: the person may not record anything of this job seeker, or they are archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it was settled already.
        StaleFormError: somebody saved it after the form was drawn.
    """
    ensure(session, by, Action.SEEKERS_RECORD)
    row = records.fetch_to_change(session, RowDispute, dispute_id, called=_CALLED)
    if records.fetch(session, JobSeeker, row.seeker_id, called="job seeker").archived_at is not None:
        raise NotAllowedError("This job seeker is archived. What they said can be read, but not settled.")
    ensure(session, by, Action.SEEKERS_RECORD, row)
    if row.settled_on is not None:
        raise RuleBrokenError("This was settled already. What came of it stays as it was said.")
    return records.change(
        session, row, {**new.model_dump(), "settled_on": today, "settled_by": by.id}, version=version
    )


def follow(session: Session, seeker_id: int, was: str, now: str) -> None:
    """Have what is open about a skill stay with it when its meaning changes; its service has asked."""
    for each in _open(session, seeker_id):
        if each.part is DisputedPart.SKILL and each.row_key == was:
            records.change(session, each, {"row_key": now}, version=each.version)


def _open(session: Session, seeker_id: int) -> list[RowDispute]:
    query = select(RowDispute).where(RowDispute.seeker_id == seeker_id, col(RowDispute.settled_on).is_(None))
    return list(session.exec(query))
