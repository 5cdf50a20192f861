"""Jobs taken up one by one, and what becomes of them."""

import os
import secrets
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Event

import structlog
from pydantic import ValidationError
from sqlmodel import Session

from crm.db import reading, transaction
from crm.errors import CrmError
from crm.incidents import incident
from crm.jobs import regular
from crm.jobs.kinds import work_of
from crm.jobs.task import CancelledError, StoppedError, Task
from crm.models.base import utc_now
from crm.models.jobs import JobState
from crm.services import job_leases, job_signals
from crm.services.job_leases import LeaseLostError

_LOG = structlog.get_logger()
_HELD_EVERY = 30.0


def run_due(*, now: datetime | None = None, stopping: Event | None = None) -> int:
    """Do everything that is due, regular work included; tells how many jobs were taken up."""
    regular.make_due(now or utc_now())
    worker = new_worker()
    done = 0
    while run_next(worker, now=now, stopping=stopping):
        done += 1
    return done


def new_worker() -> str:
    """A name by which a worker holds its jobs; no two are the same."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


def run_next(worker: str, *, now: datetime | None = None, stopping: Event | None = None) -> bool:
    """Do the job that is due first; False when there is none, or when the worker is to stop."""
    moment = now or utc_now()
    if stopping is not None and stopping.is_set():
        return False
    with reading() as session:
        if not job_leases.is_anything_due(session, now=moment):
            return False
    with transaction() as session:
        job = job_leases.claim(session, worker, now=moment)
    if job is None:
        return False
    if job.state is JobState.RUNNING:
        _do(Task(job, worker, moment, stopping or Event()))
    return True


def _do(task: Task) -> None:
    key = task.job.key
    try:
        with _held(task):
            task.finish(work_of(task.job.kind)(task))
    except StoppedError:
        with _unless_lost() as session:
            job_leases.give_back(session, key, task.worker)
    except CancelledError as asked:
        with _unless_lost() as session:
            job_leases.cancel(session, key, task.worker, said=str(asked))
    except LeaseLostError:
        _LOG.warning("job taken over", action=task.job.kind)
    except (CrmError, ValidationError) as problem:
        with _unless_lost() as session:
            job_leases.fail(session, key, task.worker, _in_words(problem))
    except Exception as fault:  # noqa: BLE001 - whatever it is, the next job is done, and the log holds this
        _put_off(task, fault)
    finally:
        job_signals.clear(key)


def _put_off(task: Task, fault: Exception) -> None:
    number = incident(fault, "job")
    why = f"Something went wrong on our side. The log holds it under the number {number}."
    with _unless_lost() as session:
        job_leases.put_off(session, task.job.key, task.worker, why, number, now=task.now)


def _in_words(problem: CrmError | ValidationError) -> str:
    if isinstance(problem, ValidationError):
        return str(problem.errors()[0]["msg"]).removeprefix("Value error, ")
    return str(problem)


@contextmanager
def _unless_lost() -> Generator[Session]:
    """A transaction that notes how a job went, unless somebody else holds the job by now."""
    with suppress(LeaseLostError), transaction() as session:
        yield session


@contextmanager
def _held(task: Task) -> Generator[None]:
    """Say now and then that the job is still worked on, however long a step of it takes."""
    over = Event()

    def hold() -> None:
        while not over.wait(_HELD_EVERY):
            with transaction() as session:
                job_leases.hold(session, task.job.key, task.worker)

    holding = threading.Thread(target=hold, name="hold-job", daemon=True)
    holding.start()
    try:
        yield
    finally:
        over.set()
        holding.join()
