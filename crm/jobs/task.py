"""What a kind of work is given: its arguments, the time, and a way to say how far it has come."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.db import transaction
from crm.errors import CrmError
from crm.models.jobs import Job
from crm.services import job_leases, job_signals
from crm.services.job_signals import Progress

LONDON = ZoneInfo("Europe/London")
"""The days of the service begin at midnight here."""


class CancelledError(CrmError):
    """Somebody asked for the work to stop; the transaction that is open is rolled back."""


class StoppedError(CrmError):
    """The worker is being stopped; the work will be begun again."""


@dataclass(slots=True)
class Task:
    """One job in hand; work that keeps part of what it does says so in `if_cancelled`."""

    job: Job
    worker: str
    now: datetime
    stopping: Event = field(default_factory=Event)
    is_finished: bool = False
    if_cancelled: str = "This work was cancelled, and nothing of it was kept."

    @property
    def arguments(self) -> dict[str, Any]:
        """What was asked for."""
        return self.job.arguments

    @property
    def today(self) -> date:
        """The date in London."""
        return self.now.astimezone(LONDON).date()

    def telling(self, words: str) -> Callable[[int, int], None]:
        """Something to tell of so many done of so many; it does not return when the work is to stop."""

        def tell(done: int, total: int) -> None:
            self.ensure_wanted()
            job_signals.tell(self.job.key, Progress(done, total, words))

        return tell

    def ensure_wanted(self) -> None:
        """Go on, unless somebody wants the work or the worker to stop.

        Raises:
            CancelledError: somebody cancelled the job.
            StoppedError: the worker is being stopped.
        """
        if self.stopping.is_set():
            raise StoppedError("The worker was stopped; the work begins again with the next one.")
        if job_signals.is_to_stop(self.job.key):
            raise CancelledError(self.if_cancelled)

    @contextmanager
    def finishing(self, result: dict[str, object]) -> Generator[Session]:
        """One transaction for the work and the note that it is done: both hold, or neither.

        What is put into `result` inside is what the job will say of itself.
        """
        with transaction() as session:
            yield session
            self.ensure_wanted()
            job_leases.finish(session, self.job.key, self.worker, result)
        self.is_finished = True

    def finish(self, result: dict[str, object]) -> None:
        """Note that the work is done, if it has not noted so itself."""
        if not self.is_finished:
            with transaction() as session:
                job_leases.finish(session, self.job.key, self.worker, result)
            self.is_finished = True
