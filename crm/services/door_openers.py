"""People who know an employer and have agreed to open the door: recorded, listed, taken off again.

What a job seeker agrees to is recorded by those who may record their consents. Nothing here goes to the
employer: the page for them and every file leave it out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.door_openers import DoorOpener, DoorOpenerInput
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action, FieldGroup
from crm.services import records
from crm.services.access import ensure, hidden_fields, may, scoped, scoped_to_group
from crm.services.belonging import live_employer

CALLED = "door-opener"
TAKEN_OFF = "Taken off"
"""Why each of those stands aside that opens no door any more; nobody has to say more."""

_IS_STANDING = sa.and_(col(DoorOpener.archived_at).is_(None), col(JobSeeker.archived_at).is_(None))
"""In SQL, of door-openers joined to job seekers. Nothing is done with the yes of one who is archived."""


@dataclass(frozen=True, slots=True)
class DoorOpenerRow:
    """Somebody who knows an employer, and their name as this person may see it."""

    opener: DoorOpener
    name: str | None


def are_shown(session: Session, employer: Employer, *, by: Actor) -> bool:
    """May this person see who knows an employer that they see?"""
    return not hidden_fields(session, employer, by=by, action=Action.EMPLOYERS_READ, part=DoorOpener)


def of(session: Session, employer_id: int, *, by: Actor) -> list[DoorOpenerRow]:
    """Who knows an employer, those first who agreed last; nobody whom this person is not shown.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    return _standing(session, col(DoorOpener.employer_id) == employer_id, by=by)


def find(session: Session, opener_id: int, *, by: Actor) -> DoorOpenerRow:
    """One person who knows an employer.

    Raises:
        NotAllowedError: the person may not see employers.
        NotFoundError: there is none with this id, they were taken off, or this person is not shown them.
    """
    found = _standing(session, col(DoorOpener.id) == opener_id, by=by)
    if not found:
        raise NotFoundError("This door-opener is not recorded, or not any more. Go back to the employer.")
    return found[0]


def _standing(session: Session, wanted: sa.ColumnElement[bool], *, by: Actor) -> list[DoorOpenerRow]:
    """Those whose yes stands, with their names; who may not see job seekers is told none of theirs."""
    seeker = JobSeeker.preferred_name if may(by, Action.SEEKERS_READ) else DoorOpener.name
    query = (
        select(DoorOpener, sa.func.coalesce(DoorOpener.name, seeker))
        .join(JobSeeker, col(JobSeeker.id) == col(DoorOpener.seeker_id), isouter=True)
        .where(wanted, _IS_STANDING)
        .order_by(col(DoorOpener.agreed_on).desc(), col(DoorOpener.id))
    )
    group = FieldGroup.EMPLOYER_CONTACT
    query = scoped_to_group(session, query, DoorOpener, group, by=by, action=Action.EMPLOYERS_READ)
    return [DoorOpenerRow(*row) for row in session.exec(query)]


def seekers_to_name(session: Session, *, by: Actor) -> dict[int, str]:
    """The job seekers whose yes this person may record, by id in order of name.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    ensure(session, by, Action.SEEKERS_READ)
    if not may(by, Action.CONSENTS_RECORD):
        return {}
    query = sa.select(col(JobSeeker.id), col(JobSeeker.preferred_name)).where(
        col(JobSeeker.archived_at).is_(None)
    )
    query = scoped(session, query, JobSeeker, by=by, action=Action.CONSENTS_RECORD)
    query = query.order_by(col(JobSeeker.name_key), col(JobSeeker.id))
    rows: Any = session.connection().execute(query)
    return {row[0]: row[1] for row in rows}


def add(session: Session, employer_id: int, new: DoorOpenerInput, *, by: Actor, today: date) -> DoorOpener:
    """Record somebody who knows an employer and has said yes.

    Raises:
        NotAllowedError: the person may not record contacts, or not what this job seeker agreed to.
        NotFoundError: there is no such employer or job seeker, or the employer is archived.
        RuleBrokenError: they say yes in the future.
    """
    ensure(session, by, Action.CONTACTS_RECORD)
    live_employer(session, employer_id)
    if new.seeker_id is not None:
        seeker = records.fetch(session, JobSeeker, new.seeker_id, called="job seeker")
        ensure(session, by, Action.CONSENTS_RECORD, seeker)
    if new.agreed_on > today:
        raise RuleBrokenError("A yes is recorded once it is given, not before.", field="agreed_on")
    return records.add(session, DoorOpener(**new.model_dump(), employer_id=employer_id))


def take_off(session: Session, opener_id: int, *, version: int, by: Actor) -> DoorOpener:
    """Take somebody off who knows an employer; whoever may record one may, and no reason is asked.

    Raises:
        NotAllowedError: the person may not record contacts, or they were taken off already.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = records.fetch_to_change(session, DoorOpener, opener_id, called=CALLED)
    ensure(session, by, Action.CONTACTS_RECORD, row)
    return records.archive(session, row, why=TAKEN_OFF, version=version)


def opened(session: Session, employer_ids: Collection[int] | None = None) -> dict[int, int]:
    """How many people would open the door, by employer: of some employers, or of all that have one."""
    query = (
        sa.select(col(DoorOpener.employer_id), sa.func.count())
        .join(JobSeeker, col(JobSeeker.id) == col(DoorOpener.seeker_id), isouter=True)
        .where(_IS_STANDING)
        .group_by(col(DoorOpener.employer_id))
    )
    if employer_ids is not None:
        query = query.where(col(DoorOpener.employer_id).in_(employer_ids))
    return {row[0]: row[1] for row in session.connection().execute(query)}
