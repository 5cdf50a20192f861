"""Something done in a process of its own that dies at a database statement of one's choosing."""

import os
import signal
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import event


def in_fork(act: Callable[[], object], kill_at: int | None = None) -> int:
    """Act in a process that is killed before a statement; gives how many there were when it was not."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            _act_and_tell(act, kill_at, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    return int(told or 0)


def _act_and_tell(act: Callable[[], object], kill_at: int | None, pipe: int) -> None:
    seen = [0]

    def count(*_: object) -> None:
        seen[0] += 1
        if seen[0] == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(sa.Engine, "before_cursor_execute", count)
    act()
    os.write(pipe, str(seen[0]).encode())
