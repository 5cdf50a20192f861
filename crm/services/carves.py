"""Carved jobs that were kept, and the employers whose analysed tasks a job can be carved from."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.analyses import JobAnalysis, JobTask, TaskNeed
from crm.models.base import folded
from crm.models.carves import CarveTask, JobCarve
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import archiving, records, task_bank
from crm.services.access import ensure
from crm.services.archiving import Kind
from crm.services.belonging import live_employer
from crm.services.listing import contains
from crm.services.task_bank import HELD

_KIND = Kind("carved job", Action.CARVES_RECORD)
MOST_EMPLOYERS = 20
"""Employers that a search offers; a longer list is narrowed by typing."""


@dataclass(frozen=True, slots=True)
class BankRow:
    """One employer whose jobs have been analysed; `movable` tasks could become part of a carved job."""

    id: int
    name: str
    analyses: int
    movable: int


@dataclass(frozen=True, slots=True)
class Source:
    """One job analysis that tasks can come from; `going_rate` in £ an hour."""

    id: int
    title: str
    movable: int
    going_rate: float | None
    analysed_on: date


def banks(session: Session, words: str, *, by: Actor) -> list[BankRow]:
    """Employers with job analyses whose name holds the words, those with most movable tasks first.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    movable = sa.func.count(sa.distinct(col(JobTask.id)))
    query = (
        sa.select(
            col(Employer.id), col(Employer.name), sa.func.count(sa.distinct(col(JobAnalysis.id))), movable
        )
        .join(JobAnalysis, col(JobAnalysis.employer_id) == col(Employer.id))
        .join(JobTask, _is_movable(), isouter=True)
        .where(col(Employer.archived_at).is_(None), col(JobAnalysis.archived_at).is_(None))
        .where(contains(Employer.name_key, words) if folded(words) else sa.true())
        .group_by(col(Employer.id), col(Employer.name), col(Employer.name_key))
        .order_by(movable.desc(), col(Employer.name_key))
        .limit(MOST_EMPLOYERS)
    )
    return [BankRow(*row) for row in session.connection().execute(query).all()]


def _is_movable() -> sa.ColumnElement[bool]:
    return sa.and_(
        col(JobTask.analysis_id) == col(JobAnalysis.id),
        col(JobTask.need) == TaskNeed.COULD_MOVE,
        col(JobTask.archived_at).is_(None),
    )


def sources(session: Session, employer_id: int, *, by: Actor) -> tuple[Employer, list[Source]]:
    """The job analyses of an employer that tasks can come from, the latest first.

    What an agreed carved job became is none of them: its tasks stand where they came from.

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is no such employer, or it is archived.
    """
    ensure(session, by, Action.CARVES_READ)
    employer = live_employer(session, employer_id)
    query = (
        sa.select(
            col(JobAnalysis.id),
            col(JobAnalysis.title),
            sa.func.count(col(JobTask.id)),
            col(JobAnalysis.going_rate),
            col(JobAnalysis.analysed_on),
        )
        .join(JobTask, _is_movable(), isouter=True)
        .where(col(JobAnalysis.employer_id) == employer_id, col(JobAnalysis.archived_at).is_(None))
        .where(col(JobAnalysis.id).not_in(task_bank.became(employer_id)))
        .group_by(col(JobAnalysis.id), col(JobAnalysis.title), col(JobAnalysis.going_rate))
        .order_by(col(JobAnalysis.analysed_on).desc(), col(JobAnalysis.id).desc())
    )
    return employer, [Source(*row) for row in session.connection().execute(query).all()]


def find(session: Session, carve_id: int, *, by: Actor) -> JobCarve:
    """One carved job, archived ones too.

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.CARVES_READ)
    return records.fetch(session, JobCarve, carve_id, called=_KIND.called)


def tasks(session: Session, carve_id: int, *, by: Actor) -> list[tuple[JobTask, JobAnalysis, float]]:
    """The tasks of a carved job: each with the job that it comes from and the hours a week that move.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    query = (
        select(JobTask, JobAnalysis, col(CarveTask.hours_week))
        .join(CarveTask, col(CarveTask.task_id) == col(JobTask.id))
        .join(JobAnalysis, col(JobAnalysis.id) == col(JobTask.analysis_id))
        .where(CarveTask.carve_id == carve_id, col(CarveTask.archived_at).is_(None))
        .order_by(col(CarveTask.id))
    )
    return list(session.exec(query))


def archive(session: Session, carve_id: int, *, why: str, version: int, by: Actor) -> JobCarve:
    """Put a carved job aside, with the reason.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        NotFoundError: there is none with this id.
        RuleBrokenError: no reason is given, or it was agreed: its tasks would be free beside its vacancy.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    if find(session, carve_id, by=by).stage in HELD:
        raise RuleBrokenError("This job was agreed. Decline it first, so that its vacancy is withdrawn.")
    return archiving.put_aside(session, JobCarve, carve_id, _KIND, why=why, version=version, by=by)


def bring_back(session: Session, carve_id: int, *, version: int, by: Actor) -> JobCarve:
    """Take a carved job out of the archive.

    Raises:
        NotAllowedError: the person may not record carved jobs.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    return archiving.take_back(session, JobCarve, carve_id, _KIND, version=version, by=by)
