"""Job analyses: found, listed, recorded, changed, archived."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.analyses import JobAnalysis, JobAnalysisInput, JobTask
from crm.models.employers import Employer, EmployerSite
from crm.models.users import Actor, User
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, may, scoped
from crm.services.archiving import reason_given
from crm.services.belonging import ensure_of_employer, live_employer, of_employer
from crm.services.listing import Listing, contains, how_many

OLD_AFTER_MONTHS = 12
"""An analysis older than this says so: tasks and people at a workplace change."""


@dataclass(frozen=True, slots=True)
class AnalysisFilter:
    """What a list of job analyses is narrowed by; None means any."""

    words: str = ""
    employer_id: int | None = None
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class AnalysisRow:
    """One job analysis as lists show it; `tasks` are those that are not archived."""

    id: int
    title: str
    employer_id: int
    employer: str
    site: str | None
    analysed_on: date
    analyst: str | None
    tasks: int


def find(session: Session, analysis_id: int, *, by: Actor) -> JobAnalysis:
    """One job analysis, archived ones too.

    Raises:
        NotAllowedError: the person may not see job analyses.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.ANALYSES_READ)
    return records.fetch(session, JobAnalysis, analysis_id, called="job analysis")


def of_vacancy(session: Session, vacancy_id: int, *, by: Actor) -> list[JobAnalysis]:
    """The job analyses of a vacancy that are not archived, the latest first.

    Raises:
        NotAllowedError: the person may not see job analyses.
    """
    ensure(session, by, Action.ANALYSES_READ)
    query = select(JobAnalysis).where(
        JobAnalysis.vacancy_id == vacancy_id, col(JobAnalysis.archived_at).is_(None)
    )
    return list(session.exec(query.order_by(col(JobAnalysis.analysed_on).desc(), col(JobAnalysis.id).desc())))


def last_analysed(session: Session, vacancy_id: int, *, by: Actor) -> date | None:
    """When a vacancy's job was last analysed, as far as this person may know; None when nobody has."""
    if not may(by, Action.ANALYSES_READ):
        return None
    found = of_vacancy(session, vacancy_id, by=by)
    return found[0].analysed_on if found else None


def listing(
    session: Session, wanted: AnalysisFilter, *, offset: int, limit: int, by: Actor
) -> Listing[AnalysisRow]:
    """One page of the job analyses that the filter lets through, the latest first.

    Raises:
        NotAllowedError: the person may not see job analyses.
    """
    chosen = scoped(session, _chosen(wanted), JobAnalysis, by=by, action=Action.ANALYSES_READ)
    latest_first = (col(JobAnalysis.analysed_on).desc(), col(JobAnalysis.id).desc())
    page = chosen.order_by(*latest_first).offset(offset).limit(limit).subquery()
    tasks = (
        sa.select(sa.func.count())
        .where(col(JobTask.analysis_id) == page.c.id, col(JobTask.archived_at).is_(None))
        .scalar_subquery()
    )
    query = (
        sa.select(
            col(JobAnalysis.id),
            col(JobAnalysis.title),
            col(JobAnalysis.employer_id),
            col(Employer.name),
            col(EmployerSite.label),
            col(JobAnalysis.analysed_on),
            col(User.name),
            tasks,
        )
        .join(page, page.c.id == col(JobAnalysis.id))
        .join(Employer, col(Employer.id) == col(JobAnalysis.employer_id))
        .join(EmployerSite, col(EmployerSite.id) == col(JobAnalysis.site_id), isouter=True)
        .join(User, col(User.id) == col(JobAnalysis.analyst_id), isouter=True)
        .order_by(*latest_first)
    )
    rows = session.connection().execute(query).all()
    return Listing([AnalysisRow(*row) for row in rows], how_many(session, chosen))


def _chosen(wanted: AnalysisFilter) -> sa.Select[Any]:
    archived = col(JobAnalysis.archived_at)
    query = sa.select(col(JobAnalysis.id)).where(
        archived.is_not(None) if wanted.is_archived else archived.is_(None)
    )
    if wanted.words.strip():
        employers = sa.select(col(Employer.id)).where(contains(Employer.name_key, wanted.words))
        fits = contains(sa.func.lower(col(JobAnalysis.title)), wanted.words)
        query = query.where(sa.or_(fits, col(JobAnalysis.employer_id).in_(employers)))
    if wanted.employer_id is not None:
        query = query.where(col(JobAnalysis.employer_id) == wanted.employer_id)
    return query


def analyst_name(session: Session, analysis: JobAnalysis) -> str | None:
    """Who analysed the job, also if they have left since. The caller was handed the analysis by `find`."""
    analyst = session.get(User, analysis.analyst_id) if analysis.analyst_id else None
    return analyst.name if analyst else None


def is_old(analysis: JobAnalysis, *, today: date) -> bool:
    """Is it older than 12 months, so that somebody should look again?"""
    return was_long_ago(analysis.analysed_on, today=today)


def was_long_ago(analysed_on: date, *, today: date) -> bool:
    """Does this day lie more than 12 months back?"""
    months = (today.year - analysed_on.year) * 12 + today.month - analysed_on.month
    return (months, today.day) > (OLD_AFTER_MONTHS, analysed_on.day)


def old_before(today: date) -> date:
    """The first day on which an analysis is not old yet, for queries: `was_long_ago` holds before it."""
    in_months = today.year * 12 + today.month - 1 - OLD_AFTER_MONTHS
    year, month = divmod(in_months, 12)
    is_no_day = today.day > monthrange(year, month + 1)[1]
    # Whoever looks on 29 February finds the whole of last year's February long ago.
    return date(year, month + 2, 1) if is_no_day else date(year, month + 1, today.day)


def sites_and_vacancies(
    session: Session, employer_id: int, *, chosen: JobAnalysis | None, by: Actor
) -> tuple[list[EmployerSite], list[Vacancy]]:
    """What an analysis of this employer can name; archived ones only where `chosen` names them already.

    Raises:
        NotAllowedError: the person may not see job analyses.
    """
    ensure(session, by, Action.ANALYSES_READ)
    site_id, vacancy_id = (chosen.site_id, chosen.vacancy_id) if chosen else (None, None)
    return (
        of_employer(session, EmployerSite, employer_id, also=site_id),
        of_employer(session, Vacancy, employer_id, also=vacancy_id),
    )


def add(session: Session, employer_id: int, new: JobAnalysisInput, *, by: Actor, today: date) -> JobAnalysis:
    """Record a job analysis, with the person who records it as its analyst.

    Raises:
        NotAllowedError: the person may not record job analyses.
        NotFoundError: the employer is unknown or archived.
        RuleBrokenError: it is dated in the future, or the site or the vacancy is not this employer's.
    """
    ensure(session, by, Action.ANALYSES_RECORD)
    live_employer(session, employer_id)
    _ensure_past(new, today)
    _ensure_site(session, employer_id, new.site_id)
    _ensure_vacancy(session, employer_id, new.vacancy_id)
    row = JobAnalysis(**new.model_dump(), employer_id=employer_id, analyst_id=by.id)
    return records.add(session, row)


def change(
    session: Session, analysis_id: int, edit: JobAnalysisInput, *, version: int, by: Actor, today: date
) -> JobAnalysis:
    """Change what is recorded about a job.

    Raises:
        NotAllowedError: the person may not, or the analysis is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it is dated in the future, or the site or the vacancy is not this employer's.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = to_change(session, analysis_id, by=by)
    _ensure_past(edit, today)
    if edit.site_id != row.site_id:
        _ensure_site(session, row.employer_id, edit.site_id)
    if edit.vacancy_id != row.vacancy_id:
        _ensure_vacancy(session, row.employer_id, edit.vacancy_id)
    return records.change(session, row, edit, version=version)


def to_change(session: Session, analysis_id: int, *, by: Actor) -> JobAnalysis:
    """The analysis that somebody is about to change, or to add a row to.

    Raises:
        NotAllowedError: the person may not, or it is archived.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.ANALYSES_RECORD)
    row = records.fetch_to_change(session, JobAnalysis, analysis_id, called="job analysis")
    ensure(session, by, Action.ANALYSES_RECORD, row)
    return row


def archive(session: Session, analysis_id: int, *, why: str, version: int, by: Actor) -> JobAnalysis:
    """Put a job analysis aside, with the reason.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    return records.archive(
        session, to_change(session, analysis_id, by=by), why=reason_given(why), version=version
    )


def bring_back(session: Session, analysis_id: int, *, version: int, by: Actor) -> JobAnalysis:
    """Take a job analysis out of the archive.

    Raises:
        NotAllowedError: the person may not record job analyses.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    ensure(session, by, Action.ANALYSES_RECORD)
    row = records.fetch_to_change(session, JobAnalysis, analysis_id, called="job analysis")
    ensure(session, by, Action.ANALYSES_RECORD, row, is_beneath_archive=True)
    return records.bring_back(session, row, version=version)


def _ensure_past(typed: JobAnalysisInput, today: date) -> None:
    if typed.analysed_on > today:
        raise RuleBrokenError("A job is analysed today or in the past.", field="analysed_on")


def _ensure_site(session: Session, employer_id: int, site_id: int | None) -> None:
    ensure_of_employer(session, EmployerSite, site_id, employer_id, field="site_id", called="site")


def _ensure_vacancy(session: Session, employer_id: int, vacancy_id: int | None) -> None:
    ensure_of_employer(session, Vacancy, vacancy_id, employer_id, field="vacancy_id", called="vacancy")
