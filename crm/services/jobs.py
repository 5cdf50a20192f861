"""Background work as people see it: asked for, followed, cancelled, tried again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.db import reading, transaction
from crm.errors import NotFoundError, RuleBrokenError
from crm.models.base import utc_now
from crm.models.jobs import LIVE, Job, JobState
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import job_signals
from crm.services.access import ensure, scoped
from crm.services.job_signals import Progress
from crm.services.listing import Listing, how_many

_LOOKED_AT = 100
"""The arguments of a job are compared outside the database: of so many at most."""

_MISSING = "This piece of background work was not found. It may have been tidied away."


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job as lists show it."""

    id: int
    kind: str
    state: JobState
    due_at: datetime
    asked_by: str | None
    progress: Progress
    attempts: int
    last_error: str | None
    incident: str | None
    said: str
    ended_at: datetime | None


def ask(session: Session, kind: str, arguments: dict[str, Any], *, by: Actor) -> Job:
    """Have a piece of work done as soon as may be; whether they may do it is asked again when it is done.

    Raises:
        NotAllowedError: the person may do nothing here.
    """
    ensure(session, by, Action.SERVICE_READ)
    job = Job(kind=kind, arguments=arguments, asked_by=by.id)
    session.add(job)
    session.flush()
    return job


def find(session: Session, job_id: int, *, by: Actor) -> Job:
    """One job: one's own, or any for those who look after background work.

    Raises:
        NotAllowedError: it is somebody else's, and the person may not see background work.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.SERVICE_READ)
    job = session.get(Job, job_id)
    if job is None:
        raise NotFoundError(_MISSING)
    _ensure_own(session, job, by, Action.JOBS_READ)
    return job


def latest(session: Session, kind: str, arguments: Mapping[str, Any]) -> Job | None:
    """The job of a kind that waits or runs, else the one that came last; who asks may see this work."""
    is_over = sa.case((col(Job.state).in_(LIVE), 0), else_=1)
    query = select(Job).where(col(Job.kind) == kind).order_by(is_over, col(Job.id).desc()).limit(_LOOKED_AT)
    return next((job for job in session.exec(query) if job.arguments == arguments), None)


def count_by_state(session: Session) -> dict[JobState, int]:
    """How many jobs stand how: figures for those who run the service, which say nothing of anybody."""
    query = sa.select(col(Job.state), sa.func.count()).group_by(col(Job.state))
    found: dict[JobState, int] = {state: number for state, number in session.connection().execute(query)}
    return {state: found.get(state, 0) for state in JobState}


def cancel(job_id: int, *, by: Actor) -> None:
    """Cancel a job that waits. One that runs is asked to stop: what it did is then rolled back.

    It opens its own transaction, and none to ask: a running import lets nobody else write on SQLite.

    Raises:
        NotAllowedError: it is somebody else's, and the person may not run background work.
        NotFoundError: there is none with this id.
        RuleBrokenError: it has ended already.
    """
    with reading() as session:
        job = find(session, job_id, by=by)
        _ensure_own(session, job, by, Action.JOBS_RUN)
    if job.state is JobState.RUNNING:
        job_signals.ask_to_stop(job_id)
        return
    with transaction() as session:
        ensure(session, by, Action.SERVICE_READ)
        job = _held(session, job_id)
        if job.state not in LIVE:
            raise RuleBrokenError("This work has ended already, so there is nothing to cancel.")
        if job.state is JobState.RUNNING:
            job.is_cancel_asked = True
        else:
            job.state, job.ended_at = JobState.CANCELLED, utc_now()
        session.add(job)


def try_again(session: Session, job_id: int, *, by: Actor) -> None:
    """Have a job that failed or was cancelled done after all, with all its attempts.

    Raises:
        NotAllowedError: the person may not run background work.
        NotFoundError: there is none with this id.
        RuleBrokenError: it waits, runs or is done.
    """
    ensure(session, by, Action.JOBS_RUN)
    job = _held(session, job_id)
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise RuleBrokenError("Only work that failed or was cancelled can be tried again.")
    job.state, job.due_at, job.ended_at, job.attempts = JobState.WAITING, utc_now(), None, 0
    job_signals.clear(job.key)
    session.add(job)


def listing(
    session: Session, *, state: str | None = None, offset: int, limit: int, by: Actor
) -> Listing[JobRow]:
    """One page of background work: what runs or waits first, then the latest.

    Raises:
        NotAllowedError: the person may not see background work.
    """
    query = select(Job, col(User.name)).join(User, col(User.id) == col(Job.asked_by), isouter=True)
    query = scoped(session, query, Job, by=by, action=Action.JOBS_READ)
    if state:
        query = query.where(col(Job.state) == state)
    ended = sa.case((col(Job.state).in_(LIVE), 0), else_=1)
    page = query.order_by(ended, col(Job.due_at).desc(), col(Job.id).desc()).offset(offset).limit(limit)
    rows = session.exec(page)
    return Listing([_row(job, name) for job, name in rows], how_many(session, query))


def failed_lately(session: Session, *, by: Actor) -> int:
    """How many jobs failed and wait for somebody to look at them.

    Raises:
        NotAllowedError: the person may not see background work.
    """
    ensure(session, by, Action.JOBS_READ)
    counted = sa.select(sa.func.count()).select_from(Job).where(col(Job.state) == JobState.FAILED)
    return session.connection().execute(counted).scalar_one()


def _row(job: Job, asked_by: str | None) -> JobRow:
    return JobRow(
        job.key,
        job.kind,
        job.state,
        job.due_at,
        asked_by,
        job_signals.told(job),
        job.attempts,
        job.last_error,
        job.incident,
        str(job.result.get("said", "")),
        job.ended_at,
    )


def _held(session: Session, job_id: int) -> Job:
    job = session.get(Job, job_id, with_for_update=True)
    if job is None:
        raise NotFoundError(_MISSING)
    return job


def _ensure_own(session: Session, job: Job, by: Actor, action: Action) -> None:
    if by.id is None or job.asked_by != by.id:
        ensure(session, by, action)
