"""School age: whether a person is of it on a day, and what is missing then before they may work.

As England and Wales have it: until the last Friday in June of the school year in which somebody turns 16. The
age stays in the restricted record; nothing that matching reads can tell it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from crm.errors import RuleBrokenError
from crm.models.restricted import RestrictedFacts, SchoolAgeFacts, SchoolAgeFactsInput
from crm.models.seekers import HoursIntent, JobSeeker, VocationalProfile, VocationalProfileInput
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records, restricted_views
from crm.services.access import ensure

TERM_HOURS = 12.0
"""The most hours in a week of term."""

_GOAL = 16.0


@dataclass(frozen=True, slots=True)
class SchoolAge:
    """What one colleague was told about a person on a day; `is_of_it` is None without a date of birth."""

    seeker_id: int
    on: date
    told_to: int | None
    is_of_it: bool | None
    missing: tuple[str, ...] = ()


def ends_on(born: date) -> date:
    """The last day of school age: the last Friday in June of the school year of the sixteenth birthday."""
    year = born.year + 16 + (born.month >= 9)
    last = date(year, 6, 30)
    return last - timedelta(days=(last.weekday() - 4) % 7)


def ask(session: Session, seeker_id: int, *, on: date, by: Actor) -> SchoolAge:
    """Is the person of school age on a day, and what is missing then? That somebody asked is in the trail.

    It is a look like any other: it has a transaction of its own, committed before the answer is used.

    Raises:
        NotAllowedError: the person may not record job seekers, or not this one.
        NotFoundError: there is no such job seeker.
    """
    ensure(session, by, Action.SEEKERS_RECORD)
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.SEEKERS_RECORD, seeker)
    about = JobSeeker.__name__, seeker_id
    restricted_views.note_look(session, "asked_whether_of_school_age", about, {"on": on}, about=about, by=by)
    facts = session.exec(select(RestrictedFacts).where(RestrictedFacts.seeker_id == seeker_id)).first()
    born = facts.date_of_birth if facts else None
    if born is None:
        return SchoolAge(seeker_id, on, by.id, None)
    is_of_it = on <= ends_on(born)
    missing = _missing(_of_seeker(session, seeker_id), on) if is_of_it else ()
    return SchoolAge(seeker_id, on, by.id, is_of_it, missing)


def _missing(facts: SchoolAgeFacts | None, on: date) -> tuple[str, ...]:
    found: list[str] = []
    if facts is None or facts.parent_agreed_on is None or facts.parent_agreed_on > on:
        found.append("a parent’s consent")
    if facts is None or facts.permit_until is None or facts.permit_until < on:
        found.append("the council’s work permit")
    return tuple(found)


def has_to_be_asked(edit: VocationalProfileInput) -> bool:
    """Do these hours make a difference for somebody of school age? Only then is the age looked at."""
    most = max(edit.hours_now_min or 0, edit.hours_now_max or 0, edit.hours_goal or 0)
    return most > TERM_HOURS or edit.hours_intent is HoursIntent.AIMS_FOR_16


def ensure_hours(edit: VocationalProfileInput, told: SchoolAge | None, asked: tuple[int, int | None]) -> None:
    """Let hours be saved unless they are more than somebody of school age may work; what was told is `ask`'s.

    Raises:
        RuleBrokenError: the person is of school age; it says what holds then, and what is missing.
    """
    if not has_to_be_asked(edit):
        return
    if told is None or (told.seeker_id, told.told_to) != asked:
        raise RuntimeError("Whether the person is of school age was not asked for this colleague.")
    if not told.is_of_it:
        return
    needed = f" Still missing before they work: {' and '.join(told.missing)}." if told.missing else ""
    if edit.hours_intent is HoursIntent.AIMS_FOR_16 or (edit.hours_goal or 0) >= _GOAL:
        raise RuleBrokenError(
            f"They are of school age: no goal of 16 hours, and at most 12 hours in a week of term.{needed}",
            field="hours_intent" if edit.hours_intent is HoursIntent.AIMS_FOR_16 else "hours_goal",
        )
    raise RuleBrokenError(
        f"They are of school age: at most 12 hours in a week of term. Write what holds in term.{needed}",
        field="hours_goal" if (edit.hours_goal or 0) > TERM_HOURS else "hours_now_max",
    )


def has_too_many_hours(profile: VocationalProfile | None) -> bool:
    """Does a profile hold hours that somebody of school age may not work?"""
    return profile is not None and has_to_be_asked(
        VocationalProfileInput(
            hours_now_max=profile.hours_now_max,
            hours_goal=profile.hours_goal,
            hours_intent=profile.hours_intent,
        )
    )


def view(
    session: Session, seeker_id: int, *, in_session: str, by: Actor, now: datetime | None = None
) -> SchoolAgeFacts | None:
    """A parent's consent and the permit, None until recorded; seen only while restricted facts are open.

    Raises:
        NotAllowedError: the person may not see restricted facts, or not of this job seeker.
        NotFoundError: there is no such job seeker.
        RuleBrokenError: they are not open in this sign-in (any more).
    """
    ensure(session, by, Action.RESTRICTED_READ)
    restricted_views.ensure_open(session, seeker_id, in_session=in_session, by=by, now=now)
    return _of_seeker(session, seeker_id)


def save(
    session: Session,
    seeker_id: int,
    edit: SchoolAgeFactsInput,
    *,
    version: int,
    in_session: str,
    by: Actor,
    now: datetime | None = None,
) -> SchoolAgeFacts:
    """Record a parent's consent and the permit, or change them; version 0 when none were recorded.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is no such job seeker.
        RuleBrokenError: restricted facts are not open in this sign-in (any more).
        StaleFormError: somebody saved them after the form was drawn.
    """
    ensure(session, by, Action.RESTRICTED_RECORD)
    restricted_views.ensure_recordable(session, seeker_id, in_session=in_session, by=by, now=now)
    row = _of_seeker(session, seeker_id)
    if row is None:
        return records.add(session, SchoolAgeFacts(**edit.model_dump(), seeker_id=seeker_id))
    return records.change(session, row, edit, version=version)


def _of_seeker(session: Session, seeker_id: int) -> SchoolAgeFacts | None:
    return session.exec(select(SchoolAgeFacts).where(SchoolAgeFacts.seeker_id == seeker_id)).first()
