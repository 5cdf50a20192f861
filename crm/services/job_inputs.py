"""Jobs from rows to what matching compares: a vacancy with its latest job analysis, or an analysis alone."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.analyses import Backlog, JobAnalysis, JobTask, WorkplaceSupport
from crm.models.base import Known
from crm.models.employers import Employer, EmployerSite
from crm.models.vacancies import OPEN_STATUSES, Contract, Vacancy, VacancyCriterion, VacancyStatus
from crm.services.matching_inputs import (
    Ids,
    Meanings,
    is_wanted,
    pulse,
    rows_by,
    rows_of,
    times,
    versions_by,
    yes_or_no,
)
from crm.services.skills import parted
from matching.records import Criterion, Job, JobHours, Place, Task
from matching.records import WorkplaceSupport as Support

R = TypeVar("R", JobTask, WorkplaceSupport)


@dataclass(frozen=True, slots=True)
class Opening:
    """A vacancy as matching sees it (`record`), and what lists say beside it.

    `analysed_on` is when the job was seen last; None where nobody has analysed it.
    """

    id: int
    title: str
    employer: str
    status: VacancyStatus
    closes_on: date | None
    record: Job
    analysed_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Analysed:
    """A job analysis with its rows."""

    analysis: JobAnalysis
    tasks: Sequence[JobTask]
    supports: Sequence[WorkplaceSupport]


class OpeningsSource:
    """Reads open vacancies for an index, and tells what has changed since."""

    def pulse(self, session: Session) -> tuple[int, ...]:
        """Differs as soon as anything that `read` reads has changed."""
        return pulse(
            session, Vacancy, VacancyCriterion, JobAnalysis, JobTask, WorkplaceSupport, Employer, EmployerSite
        )

    def versions(self, session: Session) -> dict[int, tuple[int, ...]]:
        """For each open vacancy what tells whether its record has changed."""
        query = (
            sa.select(col(Vacancy.id), col(Vacancy.version), col(Employer.version), col(EmployerSite.version))
            .join(Employer, col(Employer.id) == col(Vacancy.employer_id))
            .join(EmployerSite, col(EmployerSite.id) == col(Vacancy.site_id), isouter=True)
            .where(col(Vacancy.archived_at).is_(None), col(Vacancy.status).in_(OPEN_STATUSES))
        )
        own = {row[0]: tuple(value or 0 for value in row[1:]) for row in rows_of(session, query)}
        criteria = versions_by(session, VacancyCriterion, col(VacancyCriterion.vacancy_id))
        analysed = _analysis_versions(session)
        return {
            key: (*found, criteria.get(key, 0), *analysed.get(key, (0, 0, 0))) for key, found in own.items()
        }

    def read(self, session: Session, ids: Ids, meanings: Meanings) -> Iterator[Opening]:
        """The open vacancies with these ids, all of them when None, in five queries."""
        is_open = sa.and_(col(Vacancy.archived_at).is_(None), col(Vacancy.status).in_(OPEN_STATUSES))
        return _openings(session, is_open, ids, meanings)


def opening(session: Session, vacancy: Vacancy, meanings: Meanings) -> Opening:
    """One vacancy, whatever its status."""
    return next(_openings(session, sa.true(), [vacancy.key], meanings))


def _analysis_versions(session: Session) -> dict[int, tuple[int, ...]]:
    """For each vacancy the sum of the versions of its analyses, and of their tasks and supports."""
    tasks = versions_by(session, JobTask, col(JobTask.analysis_id))
    supports = versions_by(session, WorkplaceSupport, col(WorkplaceSupport.analysis_id))
    query = sa.select(col(JobAnalysis.vacancy_id), col(JobAnalysis.id), col(JobAnalysis.version)).where(
        col(JobAnalysis.vacancy_id).is_not(None)
    )
    found: dict[int, tuple[int, ...]] = {}
    for vacancy_id, analysis_id, version in rows_of(session, query):
        so_far = found.get(vacancy_id, (0, 0, 0))
        added = (version, tasks.get(analysis_id, 0), supports.get(analysis_id, 0))
        found[vacancy_id] = tuple(a + b for a, b in zip(so_far, added, strict=True))
    return found


def _openings(
    session: Session, chosen: sa.ColumnElement[bool], ids: Ids, meanings: Meanings
) -> Iterator[Opening]:
    criteria = rows_by(session, _criteria(ids))
    analysed = _latest_analyses(session, ids)
    query = (
        select(Vacancy, col(Employer.name), col(EmployerSite.postcode))
        .join(Employer, col(Employer.id) == col(Vacancy.employer_id))
        .join(EmployerSite, col(EmployerSite.id) == col(Vacancy.site_id), isouter=True)
        .where(chosen, is_wanted(col(Vacancy.id), ids))
        .order_by(col(Vacancy.id))
    )
    for vacancy, employer, postcode in session.exec(query):
        if ids is None or vacancy.key in ids:
            asked = tuple(_criterion(line, meanings) for line in criteria[vacancy.key])
            seen = analysed.get(vacancy.key)
            record = _vacancy_job(vacancy, employer, postcode, asked, seen, meanings)
            yield Opening(
                id=vacancy.key,
                title=vacancy.title,
                employer=employer,
                status=vacancy.status,
                closes_on=vacancy.closes_on,
                record=record,
                analysed_on=seen.analysis.analysed_on if seen else None,
            )


def _criteria(ids: Ids) -> Any:
    rows = VacancyCriterion
    return (
        sa.select(
            col(rows.vacancy_id),
            col(rows.concept_id),
            col(rows.text),
            col(rows.level),
            col(rows.is_essential),
            col(rows.could_move),
            col(rows.is_adjustable),
        )
        .where(col(rows.archived_at).is_(None), is_wanted(col(rows.vacancy_id), ids))
        .order_by(col(rows.id))
    )


def _criterion(row: Any, meanings: Meanings) -> Criterion:
    _, concept_id, typed, level, is_essential, could_move, is_adjustable = row
    return Criterion(
        meanings.phrase(concept_id, typed), level, is_essential, could_move, is_adjustable is Known.YES
    )


def _latest_analyses(session: Session, ids: Ids) -> dict[int, _Analysed]:
    """The latest analysis of each vacancy: an older one describes the job as it was."""
    query = select(JobAnalysis).where(
        col(JobAnalysis.vacancy_id).is_not(None),
        col(JobAnalysis.archived_at).is_(None),
        is_wanted(col(JobAnalysis.vacancy_id), ids),
    )
    oldest_first = query.order_by(col(JobAnalysis.analysed_on), col(JobAnalysis.id))
    latest = {row.vacancy_id or 0: row for row in session.exec(oldest_first)}
    with_rows = _with_rows(session, list(latest.values()))
    return dict(zip(latest, with_rows, strict=True))


def _with_rows(session: Session, analyses: Sequence[JobAnalysis]) -> list[_Analysed]:
    ids = [row.key for row in analyses]
    tasks = _rows(session, JobTask, ids)
    supports = _rows(session, WorkplaceSupport, ids)
    return [_Analysed(row, tasks[row.key], supports[row.key]) for row in analyses]


def _rows(session: Session, table: type[R], analysis_ids: Sequence[int]) -> defaultdict[int, list[R]]:
    found: defaultdict[int, list[R]] = defaultdict(list)
    wanted = is_wanted(col(table.analysis_id), analysis_ids)
    query = select(table).where(col(table.archived_at).is_(None), wanted).order_by(col(table.id))
    for row in session.exec(query):
        found[row.analysis_id].append(row)
    return found


def _vacancy_job(
    vacancy: Vacancy,
    employer: str,
    site_postcode: str | None,
    criteria: tuple[Criterion, ...],
    analysed: _Analysed | None,
    meanings: Meanings,
) -> Job:
    seen = analysed.analysis if analysed else None
    return Job(
        id=str(vacancy.key),
        title=vacancy.title,
        employer=employer,
        description=vacancy.description,
        criteria=criteria,
        tasks=_tasks(analysed, meanings),
        demands=seen.demands if seen else {},
        hours=_hours(vacancy, seen),
        pattern=times(vacancy.pattern or (seen.pattern if seen else [])),
        supports=_supports(analysed),
        pay_hourly=vacancy.pay_hourly,
        going_rate=vacancy.going_rate,
        place=Place(postcode=vacancy.postcode or site_postcode),
    )


def _hours(vacancy: Vacancy, seen: JobAnalysis | None) -> JobHours:
    """The advert's hours, else those of the post as it was seen; a zero-hours contract guarantees none."""
    low, high = vacancy.hours_min, vacancy.hours_max
    if low is None and high is None and seen is not None:
        low = high = seen.hours_week
    sure = vacancy.guaranteed_hours
    if sure is None and vacancy.contract is Contract.ZERO_HOURS:
        sure = 0.0
    return JobHours(low, high, sure, yes_or_no(vacancy.hours_negotiable))


def _tasks(analysed: _Analysed | None, meanings: Meanings) -> tuple[Task, ...]:
    return tuple(_task(row, meanings) for row in analysed.tasks) if analysed else ()


def _task(row: JobTask, meanings: Meanings) -> Task:
    typed = parted(row.skills)
    words = typed if len(typed) == len(row.concept_ids) else [None] * len(row.concept_ids)
    return Task(
        id=str(row.key),
        name=row.name,
        hours_week=row.hours_week,
        task_class=row.task_class.value,
        essential=row.need.value,
        skills=tuple(
            meanings.phrase(concept_id, text) for concept_id, text in zip(row.concept_ids, words, strict=True)
        ),
        done_by=row.done_by,
        current_hourly_cost=row.current_hourly_cost,
        backlog=None if row.backlog is Backlog.UNKNOWN else row.backlog.value,
        nature=row.nature.value,
        slots=times(row.slots),
        needs=tuple(str(needed) for needed in row.needs_task_ids),
        dangerous=row.dangerous is Known.YES,
        demands=row.demands,
    )


def _supports(analysed: _Analysed | None) -> tuple[Support, ...]:
    rows = analysed.supports if analysed else ()
    return tuple(Support(row.kind.value, row.state.value, row.is_confirmed, row.who) for row in rows)


def bank_jobs(
    session: Session, analyses: Sequence[JobAnalysis], employer: str, meanings: Meanings
) -> list[Job]:
    """Job analyses of one employer as the jobs whose tasks could move, in two queries."""
    return [
        Job(
            id=str(each.analysis.key),
            title=each.analysis.title,
            employer=employer,
            tasks=_tasks(each, meanings),
            demands=each.analysis.demands,
            hours=JobHours(each.analysis.hours_week, each.analysis.hours_week, each.analysis.hours_week),
            pattern=times(each.analysis.pattern),
            supports=_supports(each),
            pay_hourly=each.analysis.pay_hourly,
            going_rate=each.analysis.going_rate,
        )
        for each in _with_rows(session, analyses)
    ]
