"""Work that is known without being advertised: jobs analysed at employers, and typical roles, for one person.

A job analysis asks for what its tasks take. Everything is ranked as vacancies are, and nothing is hidden:
what is of an open vacancy stands with the vacancies.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.analyses import JobAnalysis, JobTask, WorkplaceSupport
from crm.models.employers import Employer, EmployerSite, RelationshipStage
from crm.models.skills import LoadedRole
from crm.services import roles
from crm.services.job_inputs import bank_jobs
from crm.services.match_index import KeptIndex
from crm.services.matching_inputs import Ids, Meanings, is_wanted, pulse, rows_of, versions_by
from crm.services.roles import TypicalRole
from matching.index import JobIndex
from matching.records import Criterion, Job, Place, Task


@dataclass(frozen=True, slots=True)
class KnownWork:
    """A job analysed at an employer, or a typical role, as matching sees it (`record`).

    The id is that of the job analysis; typical roles have numbers below 0, and no employer.
    """

    id: int
    title: str
    record: Job
    role_id: str | None = None
    employer_id: int = 0
    employer: str = ""
    is_shut: bool = False
    vacancy_id: int | None = None
    analysed_on: date | None = None


class KnownWorkSource:
    """Reads job analyses and typical roles for an index, and tells what has changed since."""

    def pulse(self, session: Session) -> tuple[int, ...]:
        """Differs as soon as anything that `read` reads has changed."""
        tables = pulse(session, JobAnalysis, JobTask, WorkplaceSupport, Employer, EmployerSite)
        return (*tables, _roles_batch(session))

    def versions(self, session: Session) -> dict[int, tuple[int, ...]]:
        """For each job analysis and role what tells whether its record has changed."""
        query = (
            sa.select(
                *(col(JobAnalysis.id), col(JobAnalysis.version)),
                *(col(Employer.version), col(EmployerSite.version)),
            )
            .join(Employer, col(Employer.id) == col(JobAnalysis.employer_id))
            .join(EmployerSite, col(EmployerSite.id) == col(JobAnalysis.site_id), isouter=True)
            .where(_is_live())
        )
        own = {row[0]: tuple(value or 0 for value in row[1:]) for row in rows_of(session, query)}
        tasks = versions_by(session, JobTask, col(JobTask.analysis_id))
        supports = versions_by(session, WorkplaceSupport, col(WorkplaceSupport.analysis_id))
        found = {key: (*told, tasks.get(key, 0), supports.get(key, 0)) for key, told in own.items()}
        batch = _roles_batch(session)
        return found | {key: (batch,) for key in _by_number(roles.library(session).values())}

    def read(self, session: Session, ids: Ids, meanings: Meanings) -> Iterator[KnownWork]:
        """What has these ids, everything when None, in three queries."""
        yield from _analysed(session, ids, meanings)
        for key, role in _by_number(roles.library(session).values()).items():
            if ids is None or key in ids:
                yield KnownWork(key, role.name, _role_job(key, role, meanings), role.role_id)


KNOWN_WORK = KeptIndex(
    KnownWorkSource(),
    lambda meanings, weights: JobIndex((), vocabulary=meanings.concepts, weights=weights),
)
"""Every analysed job and typical role."""


def _roles_batch(session: Session) -> int:
    return session.exec(select(LoadedRole.batch_id).limit(1)).first() or 0


def _by_number(library: Iterable[TypicalRole]) -> dict[int, TypicalRole]:
    return {-number: role for number, role in enumerate(library, start=1)}


def _is_live() -> sa.ColumnElement[bool]:
    return sa.and_(col(JobAnalysis.archived_at).is_(None), col(Employer.archived_at).is_(None))


def _analysed(session: Session, ids: Ids, meanings: Meanings) -> Iterator[KnownWork]:
    query = (
        select(JobAnalysis, col(Employer.name), col(Employer.stage), col(EmployerSite.postcode))
        .join(Employer, col(Employer.id) == col(JobAnalysis.employer_id))
        .join(EmployerSite, col(EmployerSite.id) == col(JobAnalysis.site_id), isouter=True)
        .where(_is_live(), is_wanted(col(JobAnalysis.id), ids))
        .order_by(col(JobAnalysis.id))
    )
    found = [row for row in session.exec(query) if ids is None or row[0].key in ids]
    jobs = bank_jobs(session, [analysis for analysis, *_ in found], "", meanings)
    for (analysis, employer, stage, postcode), job in zip(found, jobs, strict=True):
        asked = tuple(_criteria(job.tasks))
        yield KnownWork(
            id=analysis.key,
            title=analysis.title,
            record=replace(job, employer=employer, criteria=asked, place=Place(postcode=postcode)),
            employer_id=analysis.employer_id,
            employer=employer,
            is_shut=stage is RelationshipStage.DO_NOT_CONTACT,
            vacancy_id=analysis.vacancy_id,
            analysed_on=analysis.analysed_on,
        )


def _role_job(key: int, role: TypicalRole, meanings: Meanings) -> Job:
    tasks = tuple(
        Task(
            id=str(place),
            name=task.name,
            essential="could_move" if task.could_move else "essential",
            skills=tuple(map(meanings.phrase, task.skills)),
        )
        for place, task in enumerate(role.tasks)
    )
    return Job(str(key), role.name, criteria=tuple(_criteria(tasks)), tasks=tasks)


def _criteria(tasks: Sequence[Task]) -> Iterator[Criterion]:
    """What the tasks take; the engine joins what several of them take."""
    for task in tasks:
        for skill in task.skills:
            yield Criterion(
                skill,
                essential=task.essential != "preferred",
                could_move=task.essential == "could_move",
            )
