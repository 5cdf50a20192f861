"""The worker's side of the jobs table: taken up, held, let go, ended. Every step is a short transaction."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import CrmError
from crm.models.base import utc_now
from crm.models.jobs import Job, JobState

LEASE = timedelta(seconds=90)
"""So long somebody holds a job without saying that they still work on it."""

MOST_ATTEMPTS = 4
"""A job is tried once, and again at most three times."""

PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=6))
"""What is waited before the second, the third and the last attempt."""

_BROKEN_OFF = (
    "The work was broken off each time it was tried, because the program that does it ended. "
    "Look whether the machine has memory and room left, then try it again."
)


class LeaseLostError(CrmError):
    """Somebody else has taken the job over, as nothing was heard of whoever held it."""


def is_anything_due(session: Session, *, now: datetime) -> bool:
    """Is there a job to take up? Asked often, so it only reads."""
    return session.connection().execute(sa.select(col(Job.id)).where(_due(now)).limit(1)).first() is not None


def claim(session: Session, worker: str, *, now: datetime) -> Job | None:
    """Take up the job that is due first, one whose holder is gone included; None when there is none."""
    query = select(Job).where(_due(now)).order_by(col(Job.due_at), col(Job.id))
    for job in session.exec(query.with_for_update(skip_locked=True).limit(1)):
        if job.attempts >= MOST_ATTEMPTS:
            _end(job, JobState.FAILED)
            job.last_error = _BROKEN_OFF
        else:
            job.state, job.attempts = JobState.RUNNING, job.attempts + 1
            job.lease_by, job.lease_until = worker, now + LEASE
            job.done = job.total = 0
            job.words = ""
        session.add(job)
        session.flush()
        return job
    return None


def hold(session: Session, job_id: int, worker: str) -> None:
    """Say that the job is still worked on."""
    session.connection().execute(
        sa.update(Job)
        .where(col(Job.id) == job_id, col(Job.lease_by) == worker)
        .values(lease_until=utc_now() + LEASE)
    )


def finish(session: Session, job_id: int, worker: str, result: dict[str, object]) -> None:
    """Note that the job is done, in the transaction of its work if that is one, so that both hold or neither.

    Raises:
        LeaseLostError: somebody else has taken it over; the transaction must not be committed.
    """
    job = _held(session, job_id, worker)
    _end(job, JobState.DONE)
    job.result, job.last_error, job.incident = result, None, None
    session.add(job)


def fail(session: Session, job_id: int, worker: str, why: str) -> None:
    """Note that the job cannot be done, and why: trying again would not help."""
    job = _held(session, job_id, worker)
    _end(job, JobState.FAILED)
    job.last_error = why
    session.add(job)


def cancel(session: Session, job_id: int, worker: str, *, said: str) -> None:
    """Note that the job was stopped because somebody asked for it, and what is left of it in a sentence."""
    job = _held(session, job_id, worker)
    _end(job, JobState.CANCELLED)
    job.result = {"said": said}
    session.add(job)


def put_off(session: Session, job_id: int, worker: str, why: str, incident: str, *, now: datetime) -> None:
    """Note a fault under its number, and have the job tried again later, unless this was the last attempt."""
    job = _held(session, job_id, worker)
    job.last_error, job.incident = why, incident
    if job.attempts >= MOST_ATTEMPTS:
        _end(job, JobState.FAILED)
    else:
        _let_go(job)
        job.due_at = now + PAUSES[job.attempts - 1]
    session.add(job)


def give_back(session: Session, job_id: int, worker: str) -> None:
    """Let the job go as if it had not been begun: the worker is being stopped."""
    job = _held(session, job_id, worker)
    _let_go(job)
    job.attempts -= 1
    session.add(job)


def _due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.and_(col(Job.state) == JobState.WAITING, col(Job.due_at) <= now),
        sa.and_(col(Job.state) == JobState.RUNNING, col(Job.lease_until) < now),
    )


def _held(session: Session, job_id: int, worker: str) -> Job:
    job = session.get(Job, job_id, with_for_update=True)
    if job is None or job.state is not JobState.RUNNING or job.lease_by != worker:
        raise LeaseLostError("This work was taken over by another process, so it was not done here.")
    return job


def _let_go(job: Job) -> None:
    job.state, job.lease_by, job.lease_until = JobState.WAITING, None, None


def _end(job: Job, state: JobState) -> None:
    job.state, job.lease_by, job.lease_until, job.ended_at = state, None, None, utc_now()
    job.is_cancel_asked = False
