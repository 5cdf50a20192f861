"""Jobs that people started: found, listed, recorded, changed, archived, and seen to go on."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from crm.errors import RuleBrokenError
from crm.models.agreement_choices import Standing
from crm.models.agreement_uses import AgreementUse
from crm.models.employers import Employer
from crm.models.placements import Placement, PlacementInput
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import archiving, records
from crm.services.access import ensure, scoped
from crm.services.archiving import Kind
from crm.services.belonging import live_employer
from crm.services.listing import Listing, how_many

KIND = Kind("job started", Action.PLACEMENTS_RECORD)


@dataclass(frozen=True, slots=True)
class Whose:
    """Who started the job, with which employer, and the vacancy or the promise that it came of."""

    seeker_id: int
    employer_id: int
    vacancy_id: int | None = None
    use_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A job that somebody started as lists show it."""

    placement: Placement
    seeker: str
    employer: str


def find(session: Session, placement_id: int, *, by: Actor) -> Placement:
    """One job that somebody started, archived ones too.

    Raises:
        NotAllowedError: the person may not see jobs that people started.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.PLACEMENTS_READ)
    return records.fetch(session, Placement, placement_id, called=KIND.called)


def of_seeker(session: Session, seeker_id: int, *, by: Actor) -> list[PlacementRow]:
    """The jobs that one person started, the latest first, archived ones last.

    Raises:
        NotAllowedError: the person may not see jobs that people started.
    """
    query = _rows().where(col(Placement.seeker_id) == seeker_id)
    query = scoped(session, query, Placement, by=by, action=Action.PLACEMENTS_READ)
    is_archived = col(Placement.archived_at).is_not(None)
    return _read(session, query.order_by(is_archived, *_latest_first()))


def at_employer(session: Session, employer_id: int, *, limit: int, by: Actor) -> Listing[PlacementRow]:
    """The jobs that people started with one employer, those without an end and then the latest first.

    Raises:
        NotAllowedError: the person may not see jobs that people started, or job seekers.
    """
    ensure(session, by, Action.SEEKERS_READ)
    query = _rows().where(col(Placement.employer_id) == employer_id, col(Placement.archived_at).is_(None))
    query = scoped(session, query, Placement, by=by, action=Action.PLACEMENTS_READ)
    page = query.order_by(col(Placement.ended_on).is_not(None), *_latest_first()).limit(limit)
    return Listing(_read(session, page), how_many(session, query))


def _rows() -> Select[Placement, str, str]:
    query = select(Placement, JobSeeker.preferred_name, Employer.name)
    query = query.join(JobSeeker, col(JobSeeker.id) == col(Placement.seeker_id))
    return query.join(Employer, col(Employer.id) == col(Placement.employer_id))


def _latest_first() -> tuple[Any, ...]:
    return col(Placement.starts_on).desc(), col(Placement.id).desc()


def _read(session: Session, query: Select[Placement, str, str]) -> list[PlacementRow]:
    return [PlacementRow(*row) for row in session.exec(query)]


def add(session: Session, whose: Whose, new: PlacementInput, *, by: Actor, today: date) -> Placement:
    """Record a job that somebody started, or is going to start on a day.

    Raises:
        NotAllowedError: the person may not record it for this job seeker, or they are archived.
        NotFoundError: there is no such person or employer, or it is archived.
        RuleBrokenError: it did not come of what is named, or is dated in the future where it cannot be.
    """
    ensure(session, by, Action.PLACEMENTS_RECORD)
    seeker = records.fetch(session, JobSeeker, whose.seeker_id, called="job seeker")
    ensure(session, by, Action.PLACEMENTS_RECORD, seeker)
    live_employer(session, whose.employer_id)
    _ensure_over(new, today)
    site_id = _site_of(session, whose)
    return records.add(session, Placement(**new.model_dump(), **asdict(whose), site_id=site_id))


def _site_of(session: Session, whose: Whose) -> int | None:
    """The site of what the job came of, once that is known to fit the person and the employer."""
    site_id: int | None = None
    if whose.vacancy_id is not None:
        vacancy = records.fetch(session, Vacancy, whose.vacancy_id, called="vacancy")
        if vacancy.employer_id != whose.employer_id:
            raise RuleBrokenError("This vacancy is another employer’s. Choose the job again.")
        site_id = vacancy.site_id
    if whose.use_id is not None:
        use = records.fetch_to_change(session, AgreementUse, whose.use_id, called="promise")
        if (use.seeker_id, use.employer_id) != (whose.seeker_id, whose.employer_id):
            raise RuleBrokenError("This was promised to somebody else. Open it again from the person’s page.")
        if use.standing is not Standing.REFERRED:
            raise RuleBrokenError("The person was not put forward for this, so no job came of it.")
        _ensure_once(session, whose.use_id)
        site_id = use.site_id or site_id
    return site_id


def _ensure_once(session: Session, use_id: int) -> None:
    same = select(Placement.id).where(Placement.use_id == use_id, col(Placement.archived_at).is_(None))
    if session.exec(same.limit(1)).first() is not None:
        raise RuleBrokenError("A job that came of this is recorded already. Change that one instead.")


def change(
    session: Session, placement_id: int, edit: PlacementInput, *, version: int, by: Actor, today: date
) -> Placement:
    """Change what is recorded about a job that somebody started.

    Raises:
        NotAllowedError: the person may not, or it is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it is dated in the future where it cannot be.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, Placement, placement_id, called=KIND.called)
    ensure(session, by, Action.PLACEMENTS_RECORD, row)
    _ensure_over(edit, today)
    return records.change(session, row, edit, version=version)


def _ensure_over(typed: PlacementInput, today: date) -> None:
    if typed.seen_on and typed.seen_on > today:
        raise RuleBrokenError("Nobody has been seen at work on a day to come.", field="seen_on")
    if typed.ended_on and typed.ended_on > today:
        raise RuleBrokenError("The last day is still to come. Record it once it is over.", field="ended_on")


def seen(session: Session, placement_id: int, on: date, *, version: int, by: Actor) -> Placement:
    """Record that somebody was still in the job on a day; the latest such day is kept.

    Raises:
        NotAllowedError: the person may not, or it is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: the job had not begun by that day, or has ended.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = records.fetch_to_change(session, Placement, placement_id, called=KIND.called)
    ensure(session, by, Action.PLACEMENTS_RECORD, row)
    if row.ended_on is not None:
        raise RuleBrokenError("This job has ended. If that is not so, take the last day out first.")
    if on < row.starts_on:
        raise RuleBrokenError("This job has not begun yet. If that is not so, correct the first day.")
    return records.change(session, row, {"seen_on": max(on, row.seen_on or on)}, version=version)


def archive(session: Session, placement_id: int, *, why: str, version: int, by: Actor) -> Placement:
    """Put a job that somebody started aside, with the reason: it counts no more, and can be brought back.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the page was drawn.
    """
    return archiving.put_aside(session, Placement, placement_id, KIND, why=why, version=version, by=by)


def bring_back(session: Session, placement_id: int, *, version: int, by: Actor) -> Placement:
    """Take a job that somebody started out of the archive.

    Raises:
        NotAllowedError: the person may not record jobs that people started.
        RuleBrokenError: what it came of has another job recorded by now.
        StaleFormError: somebody saved it after the page was drawn.
    """
    ensure(session, by, Action.PLACEMENTS_RECORD)
    row = records.fetch(session, Placement, placement_id, called=KIND.called)
    if row.use_id is not None and row.archived_at is not None:
        _ensure_once(session, row.use_id)
    return archiving.take_back(session, Placement, placement_id, KIND, version=version, by=by)
