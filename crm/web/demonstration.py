"""Filling a demonstration service while its first administrator waits at a page that says so."""

import threading
from enum import Enum, auto

import structlog

from crm.db import transaction
from crm.models.users import SYSTEM
from crm.services import setup

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
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; `state` tells how it goes."""
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
            load()
            finished = True
        finally:
            self.state = State.DONE if finished else State.FAILED
            _LOG.info("demonstration", finished=finished)


def load() -> None:
    """Write the fictional people and employers, all of them or none.

    Raises:
        NotFoundError: the service has not been set up yet.
        RuleBrokenError: it has records already.
    """
    from crm.services import demonstration

    with transaction() as session:
        setup.become_demonstration(session, by=SYSTEM)
        demonstration.load(session, by=SYSTEM)


LOADING = Loading()
