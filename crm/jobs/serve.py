"""The worker beside the app: it does what is due until the process that started it is gone."""

import os
import signal
import sys
import threading
import time
from threading import Event
from typing import BinaryIO

import structlog
from sqlalchemy.exc import SQLAlchemyError

from crm import logs
from crm.jobs import regular, work
from crm.models.base import utc_now

_LOG = structlog.get_logger()
POLL = 0.5
"""How long the worker waits before it looks again, in seconds: a question that only reads."""

_REGULAR_EVERY = 20.0
_AFTER_FAULT = 5.0
_GRACE = 5.0


def serve() -> None:
    """Work until stdin closes, which it does when the parent ends, however it ends."""
    logs.set_up()
    stopping = Event()
    # Ctrl+C reaches parent and child alike; the child ends with its parent, after what it has in hand.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=watch, args=(sys.stdin.buffer, stopping), daemon=True).start()
    work_until(stopping)


def watch(parent: BinaryIO, stopping: Event) -> None:
    """Wait until the parent is gone, then have the work stop; what does not stop soon is broken off."""
    while parent.read(1):
        pass
    stopping.set()
    time.sleep(_GRACE)
    os._exit(0)


def work_until(stopping: Event) -> None:
    """Do what is due as it becomes due. While the database does not answer, wait and try again."""
    worker, looked = work.new_worker(), 0.0
    while not stopping.is_set():
        try:
            if time.monotonic() - looked >= _REGULAR_EVERY or not looked:
                regular.make_due(utc_now())
                looked = time.monotonic()
            if not work.run_next(worker, stopping=stopping):
                stopping.wait(POLL)
        except SQLAlchemyError as fault:
            _LOG.error("worker waits", exc_info=fault)
            stopping.wait(_AFTER_FAULT)
