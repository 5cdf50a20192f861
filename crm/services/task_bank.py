"""The task bank of an employer: every task row of its job analyses, what is taken, what is recorded twice."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.analyses import JobAnalysis, JobTask
from crm.models.base import folded
from crm.models.carves import CarveStage, CarveTask, JobCarve
from crm.models.users import Actor
from crm.policy import Action
from crm.services import task_joining
from crm.services.access import ensure
from crm.services.task_joining import Recorded

HELD = (CarveStage.AGREED, CarveStage.TRIAL, CarveStage.LIVE)
"""The stages in which the tasks of a carved job belong to it, and to no other."""

_UNMET = "unmet needs"
"""All lists of work that nobody does yet count as one post: it is none."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What of an employer's bank is spoken for: tasks recorded twice, and tasks that a carved job has taken.

    `joined` is as `joined` gives it; `taken` names the carved job of each task that counts, also where it
    took the same task as it was recorded earlier.
    """

    joined: dict[int, int]
    taken: dict[int, int]


def taken(session: Session, employer_id: int, *, by: Actor) -> dict[int, int]:
    """By the id of each task that a carved job of this employer has taken for good, the id of that job.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    query = (
        select(CarveTask.task_id, CarveTask.carve_id)
        .join(JobCarve, col(JobCarve.id) == col(CarveTask.carve_id))
        .where(
            JobCarve.employer_id == employer_id,
            col(JobCarve.stage).in_(HELD),
            col(JobCarve.archived_at).is_(None),
            col(CarveTask.archived_at).is_(None),
        )
    )
    return dict(session.exec(query).all())


def joined(
    session: Session, employer_id: int, *, by: Actor, among: Collection[int] | None = None
) -> dict[int, int]:
    """By the id of each task that was recorded again later: the id of the row that counts.

    Nothing is merged: both rows stay as they are, and whoever builds a job leaves out the rows that are
    named here. `among` are the job analyses that are looked at; all of the employer's when None.
    `task_joining` says when two rows are one task.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    query = sa.select(
        *(col(JobTask.id), col(JobTask.analysis_id), col(JobTask.name), col(JobTask.done_by)),
        *(col(JobTask.slots), col(JobAnalysis.analysed_on), col(JobAnalysis.site_id)),
        *(col(JobAnalysis.title), col(JobAnalysis.vacancy_id), col(JobAnalysis.is_unmet_needs)),
    ).join(JobAnalysis, col(JobAnalysis.id) == col(JobTask.analysis_id))
    if among is not None:
        query = query.where(col(JobAnalysis.id).in_(list(among)))
    rows = session.connection().execute(query.where(*in_bank(employer_id)))
    return task_joining.joined(map(_recorded, rows))


def taking(session: Session, employer_id: int, *, by: Actor) -> Taking:
    """What of an employer's bank is spoken for.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    kept = joined(session, employer_id, by=by)
    by_carves = taken(session, employer_id, by=by)
    return Taking(kept, {kept.get(task_id, task_id): carve_id for task_id, carve_id in by_carves.items()})


def without_post(analyses: Iterable[JobAnalysis]) -> frozenset[str]:
    """Those of these analyses, by id as matching has it, that are lists of unmet needs: there is no post."""
    return frozenset(str(each.key) for each in analyses if each.is_unmet_needs)


def in_bank(employer_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    """In SQL, whether a task is in the bank of this employer.

    What a carved job became, once it was agreed, is no further work: its tasks are in the bank already.
    """
    return (
        col(JobAnalysis.employer_id) == employer_id,
        col(JobAnalysis.archived_at).is_(None),
        col(JobTask.archived_at).is_(None),
        col(JobAnalysis.id).not_in(became(employer_id)),
    )


def became(employer_id: int) -> Any:
    """In SQL, the job analyses that carved jobs of this employer became, copies even once one is declined."""
    return sa.select(col(JobCarve.analysis_id)).where(
        col(JobCarve.employer_id) == employer_id,
        col(JobCarve.analysis_id).is_not(None),
    )


def _recorded(row: Any) -> Recorded:
    task_id, analysis_id, name, done_by, slots, analysed_on, site_id, title, vacancy_id, is_unmet = row
    of_vacancy = {f"vacancy {vacancy_id}"} if vacancy_id is not None else set[str]()
    return Recorded(
        id=task_id,
        analysis_id=analysis_id,
        analysed_on=analysed_on,
        name=folded(name),
        posts=frozenset({_UNMET} if is_unmet else {f"post {folded(title)}", *of_vacancy}),
        site_id=site_id,
        role=folded(done_by) if done_by else None,
        times=frozenset((slot["day"], slot["start"], slot["end"]) for slot in slots),
    )
