"""Keeps a worker running as a child of this process: begun again when it dies, ended with its parent."""

import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager

import structlog

from crm.config import ROOT

_LOG = structlog.get_logger()
COMMAND = (sys.executable, "-m", "crm", "jobs", "--serve")
"""What the child runs."""

_AGAIN_AFTER = 5.0
_PATIENCE = 10.0


class Keeper:
    """One worker, and the thread that looks after it."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self._command = command
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._look_after, name="keep-worker", daemon=True)

    def start(self) -> None:
        """Begin the worker."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker: it stops when its stdin closes, and is killed if it does not."""
        self._over.set()
        with self._lock:
            child = self._child
            if child is not None and child.stdin is not None:
                child.stdin.close()
        if child is not None:
            _wait_for(child)
        self._thread.join(_PATIENCE)

    def _look_after(self) -> None:
        while not self._over.is_set():
            with self._lock:
                if self._over.is_set():
                    return
                child = self._child = subprocess.Popen(  # noqa: S603
                    self._command, cwd=ROOT, stdin=subprocess.PIPE
                )
            with child:
                code = child.wait()
            if not self._over.wait(0):
                _LOG.error("worker died", outcome=code)
                self._over.wait(_AGAIN_AFTER)


def _wait_for(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


@contextmanager
def working() -> Generator[None]:
    """Have background work done while this lasts."""
    keeper = Keeper()
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()
