"""R10: the process killed in the middle of changing the schema, up and down."""

import os
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import event

from crm import schema
from crm.db import make_engine
from tests.faults.outcome import Outcome

_VERSIONS = "alembic_version"


def run(engine: str, kills: int, fresh: Callable[[], str]) -> Outcome:
    """Kill so many changes of the schema, evenly over their statements; `fresh` gives an empty database."""
    address = fresh()
    statements = {way: _in_fork(lambda way=way: way(address), None) for way in (_up, _down)}
    half, unfinished = 0, 0
    for number in range(kills):
        way = (_up, _down)[number % 2]
        if way is _down:
            _in_fork(lambda: _up(address), None)
        at = 1 + number * statements[way] // kills
        _in_fork(lambda way=way: way(address), at)
        half += not _is_at_an_end(address)
        _in_fork(lambda: _up(address), None)
        unfinished += bool(schema.differences(address))
        _in_fork(lambda: _down(address), None)
    return Outcome(
        f"R10 changing the schema killed ({engine})",
        f"{kills} kills, among {statements[_up]} statements up and {statements[_down]} down",
        f"{half} left half-way, {unfinished} that the next start did not finish",
        is_met=not half and not unfinished,
    )


def _up(address: str) -> None:
    schema.upgrade(address)


def _down(address: str) -> None:
    schema.downgrade(address, "base")


def _in_fork(act: Callable[[], None], kill_at: int | None) -> int:
    """Act in a process that dies at a statement; gives how many statements there were."""
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


def _act_and_tell(act: Callable[[], None], kill_at: int | None, pipe: int) -> None:
    seen = [0]

    def count(*_: object) -> None:
        seen[0] += 1
        if seen[0] == kill_at:
            os._exit(9)

    event.listen(sa.Engine, "before_cursor_execute", count)
    act()
    os.write(pipe, str(seen[0]).encode())


def _is_at_an_end(address: str) -> bool:
    """Is the schema whole, or not there at all?"""
    made = make_engine(address)
    tables = set(sa.inspect(made).get_table_names()) - {_VERSIONS}
    made.dispose()
    return not tables if schema.revision(address) is None else not schema.differences(address)
