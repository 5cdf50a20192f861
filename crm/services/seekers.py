"""Job seekers: found, listed, recorded, changed, archived. What is restricted is kept elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.errors import RuleBrokenError
from crm.models.base import folded
from crm.models.matches import Decision, MatchDecision
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import JobSeeker, SeekerStatus, VocationalProfile
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import archiving, programmes, records, seeker_areas, staff
from crm.services.access import ensure, scoped, shown
from crm.services.archiving import Kind
from crm.services.listing import Listing, contains, how_many

_CALLED = "job seeker"
_KIND = Kind(_CALLED, Action.SEEKERS_RECORD)


@dataclass(frozen=True, slots=True)
class SeekerFilter:
    """What a list of job seekers is narrowed by; None means any.

    `area` is a postcode area in which people look for work, as `seeker_areas` counts them.
    """

    words: str = ""
    status: str | None = None
    coach_id: int | None = None
    is_longest_wait_first: bool = False
    is_archived: bool = False
    area: str | None = None


@dataclass(frozen=True, slots=True)
class SeekerRow:
    """One job seeker as lists show them; `days_waiting` is None when the referral has no date."""

    id: int
    name: str
    status: SeekerStatus
    coach: str | None
    hours_goal: float | None
    has_profile: bool
    shortlists: int
    days_waiting: int | None


def find(session: Session, seeker_id: int, *, by: Actor) -> JobSeeker:
    """One job seeker, archived ones too, as far as this person may see them.

    Raises:
        NotAllowedError: the person may not see job seekers.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.SEEKERS_READ)
    row = records.fetch(session, JobSeeker, seeker_id, called=_CALLED)
    return shown(session, row, by=by, action=Action.SEEKERS_READ)


def for_form(session: Session, seeker_id: int, *, by: Actor) -> JobSeeker:
    """The same for a form, refused before anything is typed to those who could not save it.

    Raises:
        NotAllowedError: the person may not change this job seeker.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.SEEKERS_RECORD)
    row = records.fetch(session, JobSeeker, seeker_id, called=_CALLED)
    ensure(session, by, Action.SEEKERS_RECORD, row, is_beneath_archive=True)
    return row


def days_waiting(referred_on: date | None, today: date) -> int | None:
    """Days since the referral, None when its date is not recorded."""
    return None if referred_on is None else (today - referred_on).days


def listing(
    session: Session, wanted: SeekerFilter, *, offset: int, limit: int, by: Actor, today: date
) -> Listing[SeekerRow]:
    """One page of the job seekers that the filter lets through, by name or those who wait longest first.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    chosen = scoped(session, _chosen(wanted), JobSeeker, by=by, action=Action.SEEKERS_READ)
    if wanted.area is not None:
        chosen = chosen.where(seeker_areas.in_area(session, wanted.area, by=by))
    order = _order(wanted)
    page = chosen.order_by(*order).offset(offset).limit(limit).subquery()
    shortlists = (
        sa.select(sa.func.count(sa.distinct(col(MatchDecision.vacancy_id))))
        .where(col(MatchDecision.seeker_id) == page.c.id, col(MatchDecision.decision) == Decision.SHORTLIST)
        .scalar_subquery()
    )
    profile = VocationalProfile
    query = (
        sa.select(
            col(JobSeeker.id),
            col(JobSeeker.preferred_name),
            col(JobSeeker.status),
            col(User.name),
            col(profile.hours_goal),
            col(profile.id).is_not(None),
            shortlists,
            col(JobSeeker.referred_on),
        )
        .join(page, page.c.id == col(JobSeeker.id))
        .join(User, col(User.id) == col(JobSeeker.coach_id), isouter=True)
        .join(profile, col(profile.seeker_id) == col(JobSeeker.id), isouter=True)
        .order_by(*order)
    )
    found: Sequence[Any] = session.connection().execute(query).all()
    rows = [SeekerRow(*row[:-1], days_waiting=days_waiting(row[-1], today)) for row in found]
    return Listing(rows, how_many(session, chosen))


def _chosen(wanted: SeekerFilter) -> sa.Select[Any]:
    archived = col(JobSeeker.archived_at)
    query = sa.select(col(JobSeeker.id)).where(
        archived.is_not(None) if wanted.is_archived else archived.is_(None)
    )
    if wanted.words.strip():
        query = query.where(contains(JobSeeker.name_key, wanted.words))
    if wanted.status:
        query = query.where(col(JobSeeker.status) == wanted.status)
    if wanted.coach_id is not None:
        query = query.where(col(JobSeeker.coach_id) == wanted.coach_id)
    return query


def _order(wanted: SeekerFilter) -> tuple[Any, ...]:
    by_name = (col(JobSeeker.name_key), col(JobSeeker.id))
    if not wanted.is_longest_wait_first:
        return by_name
    referred = col(JobSeeker.referred_on)
    return (referred.is_(None), referred, *by_name)


def add(session: Session, new: JobSeekerInput, *, by: Actor) -> JobSeeker:
    """Record somebody who comes to the service.

    Raises:
        NotAllowedError: the person may not record job seekers.
        RuleBrokenError: the coach is not a colleague who works here, or the programme takes nobody.
    """
    ensure(session, by, Action.SEEKERS_RECORD)
    _ensure_coach(session, new.coach_id, by)
    programmes.ensure_live(session, new.programme_id)
    row = JobSeeker(**new.model_dump(), name_key=folded(new.preferred_name))
    return records.add(session, row)


def change(session: Session, seeker_id: int, edit: JobSeekerInput, *, version: int, by: Actor) -> JobSeeker:
    """Change what is recorded about a job seeker.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: the coach is not a colleague who works here, or the programme takes nobody.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = to_change(session, seeker_id, by=by)
    if edit.coach_id != row.coach_id:
        _ensure_coach(session, edit.coach_id, by)
    if edit.programme_id != row.programme_id:
        programmes.ensure_live(session, edit.programme_id)
    values = edit.model_dump() | {"name_key": folded(edit.preferred_name)}
    return records.change(session, row, values, version=version)


def to_change(session: Session, seeker_id: int, *, by: Actor) -> JobSeeker:
    """The job seeker that somebody is about to change, or to add a row to.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.SEEKERS_RECORD)
    row = records.fetch_to_change(session, JobSeeker, seeker_id, called=_CALLED)
    ensure(session, by, Action.SEEKERS_RECORD, row)
    return row


def archive(session: Session, seeker_id: int, *, why: str, version: int, by: Actor) -> JobSeeker:
    """Put a job seeker aside, with the reason; they leave every shortlist until they are brought back.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived already.
        NotFoundError: there is none with this id.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    return archiving.put_aside(session, JobSeeker, seeker_id, _KIND, why=why, version=version, by=by)


def bring_back(session: Session, seeker_id: int, *, version: int, by: Actor) -> JobSeeker:
    """Take a job seeker out of the archive.

    Raises:
        NotAllowedError: the person may not record job seekers.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    return archiving.take_back(session, JobSeeker, seeker_id, _KIND, version=version, by=by)


def _ensure_coach(session: Session, coach_id: int | None, by: Actor) -> None:
    if coach_id is not None and coach_id not in staff.names(session, by=by):
        raise RuleBrokenError("This coach does not work here (any more). Choose another.", field="coach_id")
