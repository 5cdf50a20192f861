"""Filling a demonstration service while its first administrator waits at a page that says so."""

import threading
from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto
from zoneinfo import ZoneInfo

import structlog

from crm.db import transaction
from crm.models.users import SYSTEM

_LOG = structlog.get_logger()


class State(Enum):
    """How far the filling has come."""

    IDLE = auto()
    WORKING = auto()
    DONE = auto()
    FAILED = auto()


class Loading:
    """One filling at a time, in a thread of its own."""

    def __init__(self) -> None:
        self.state = State.IDLE
        self.percent = 0
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; `state` and `percent` tell how it goes."""
        self.state = State.WORKING
        self._thread = threading.Thread(target=self._load, name="demonstration")
        self._thread.start()

    def wait(self) -> None:
        """Return once the filling has ended, well or not."""
        if self._thread is not None:
            self._thread.join()

    def _load(self) -> None:
        finished = False
        try:
            load(self._note)
            finished = True
        finally:
            self.state = State.DONE if finished else State.FAILED
            _LOG.info("demonstration", finished=finished)

    def _note(self, share: float, _step: str) -> None:
        self.percent = round(share * 100)


def load(progress: Callable[[float, str], None] | None = None) -> None:
    """Write the fictional people and employers, all of them or none; `progress` is told how far it is.

    Raises:
        NotFoundError: the service has not been set up yet.
        RuleBrokenError: it has records already.
    """
    from crm.services import demonstration

    today = datetime.now(ZoneInfo("Europe/London")).date()
    with transaction() as session:
        demonstration.load(session, by=SYSTEM, today=today, progress=progress)


LOADING = Loading()
