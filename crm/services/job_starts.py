"""From an offer to a job, and on: what a start is recorded from, and when it is asked whether it goes on."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreement_choices import UseResult
from crm.models.agreement_uses import AgreementUse
from crm.models.employers import Employer
from crm.models.placements import Placement
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import JobSeeker, SeekerStatus
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import employers, records, seekers, vacancies
from crm.services.access import ensure, scoped
from crm.services.listing import Listing, how_many
from crm.services.placements import Whose
from crm.services.promises import live_uses
from crm.services.staying import DAYS_AFTER, Stayed, stayed, stayed_in_sql
from crm.services.waiting import LOOKING


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of a job before its start is recorded; `starts` is what the form begins with."""

    whose: Whose
    seeker: JobSeeker
    employer: str
    starts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """A job that somebody was offered after a promise, and that nobody has recorded a start of."""

    use_id: int
    employer: str
    title: str | None


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """A job of which nobody has said whether it went on: so many weeks were over on that day."""

    placement_id: int
    seeker: str
    employer: str
    weeks: int
    on: date


def from_use(session: Session, use_id: int, *, by: Actor) -> Beginning:
    """What a start after a promise is recorded from.

    Raises:
        NotAllowedError: the person may not see promises, job seekers, employers or vacancies.
        NotFoundError: there is no such promise.
    """
    ensure(session, by, Action.PROMISES_READ)
    use = records.fetch(session, AgreementUse, use_id, called="promise")
    whose = Whose(use.seeker_id, use.employer_id, use.vacancy_id, use_id)
    return beginning(session, whose, by=by)


def beginning(session: Session, whose: Whose, *, by: Actor) -> Beginning:
    """What a start is recorded from where the person, the employer and perhaps the vacancy are known.

    Raises:
        NotAllowedError: the person may not see job seekers, employers or vacancies.
        NotFoundError: one of them is not there.
    """
    seeker = seekers.find(session, whose.seeker_id, by=by)
    employer = employers.find(session, whose.employer_id, by=by)
    starts: dict[str, Any] = {}
    if whose.vacancy_id is not None:
        vacancy = vacancies.find(session, whose.vacancy_id, by=by)
        starts = {"title": vacancy.title, "pay_hourly": vacancy.pay_hourly}
        if vacancy.hours_min == vacancy.hours_max:
            starts["hours_week"] = vacancy.hours_min
    return Beginning(whose, seeker, employer.name, starts)


def offers(session: Session, seeker_id: int, *, by: Actor) -> list[Offer]:
    """The jobs that one person was offered and of which no start is recorded, the latest first.

    Raises:
        NotAllowedError: the person may not see promises.
    """
    started = sa.select(col(Placement.use_id)).where(
        col(Placement.use_id).is_not(None), col(Placement.archived_at).is_(None)
    )
    query = (
        sa.select(col(AgreementUse.id), col(Employer.name), col(Vacancy.title))
        .join(Employer, col(Employer.id) == col(AgreementUse.employer_id))
        .join(Vacancy, col(Vacancy.id) == col(AgreementUse.vacancy_id), isouter=True)
        .where(
            col(AgreementUse.seeker_id) == seeker_id,
            col(AgreementUse.result) == UseResult.OFFERED,
            col(AgreementUse.id).not_in(started),
            live_uses(),
        )
        .order_by(col(AgreementUse.id).desc())
    )
    query = scoped(session, query, AgreementUse, by=by, action=Action.PROMISES_READ)
    rows: Any = session.connection().execute(query)
    return [Offer(*row) for row in rows]


def to_ask_about(
    session: Session, *, coach_id: int | None, limit: int, by: Actor, today: date
) -> Listing[AskedAbout]:
    """Jobs of which it is not known whether they went on for 13 or 26 weeks, the earliest start first.

    `coach_id` narrows to the people of one coach. Of each the latest day that has come is asked about.

    Raises:
        NotAllowedError: the person may not see jobs that people started, or job seekers.
    """
    ensure(session, by, Action.SEEKERS_READ)
    not_known = [stayed_in_sql(weeks, today) == Stayed.NOT_KNOWN.value for weeks in DAYS_AFTER]
    query = select(Placement, JobSeeker.preferred_name, Employer.name)
    query = query.join(JobSeeker, col(JobSeeker.id) == col(Placement.seeker_id))
    query = query.join(Employer, col(Employer.id) == col(Placement.employer_id))
    query = query.where(col(Placement.archived_at).is_(None), sa.or_(*not_known))
    if coach_id is not None:
        query = query.where(col(JobSeeker.coach_id) == coach_id)
    query = scoped(session, query, Placement, by=by, action=Action.PLACEMENTS_READ)
    page = query.order_by(col(Placement.starts_on), col(Placement.id)).limit(limit)
    rows = [_asked_about(*row, today) for row in session.exec(page)]
    return Listing(rows, how_many(session, query))


def _asked_about(job: Placement, seeker: str, employer: str, today: date) -> AskedAbout:
    weeks = max(weeks for weeks in DAYS_AFTER if stayed(job, weeks, today=today) is Stayed.NOT_KNOWN)
    on = job.starts_on + timedelta(days=DAYS_AFTER[weeks])
    return AskedAbout(job.key, seeker, employer, weeks, on)


def is_started(seeker: JobSeeker, jobs: list[Placement], *, today: date) -> bool:
    """Has somebody who counts as looking for work begun a job that has not ended?"""
    return seeker.status in LOOKING and any(
        job.archived_at is None and job.starts_on <= today and job.ended_on is None for job in jobs
    )


def set_in_work(session: Session, seeker_id: int, *, version: int, by: Actor) -> JobSeeker:
    """Say that somebody is in work; nothing else about them changes.

    Raises:
        NotAllowedError: the person may not change this job seeker.
        NotFoundError: there is none with this id.
        RuleBrokenError: what is recorded about them has to be put right on their form first.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = seekers.to_change(session, seeker_id, by=by)
    if row.status not in LOOKING:
        raise RuleBrokenError("They do not count as looking for work. Change it on their form.")
    edit = JobSeekerInput.model_validate(row, from_attributes=True)
    return seekers.change(
        session,
        seeker_id,
        edit.model_copy(update={"status": SeekerStatus.IN_WORK}),
        version=version,
        by=by,
    )
