"""R10: the process killed in the middle of changing the schema, up and down."""

from collections.abc import Callable

import sqlalchemy as sa

from crm import schema
from crm.db import make_engine
from tests.faults.forked import in_fork
from tests.faults.outcome import Outcome

_VERSIONS = "alembic_version"


def run(engine: str, kills: int, fresh: Callable[[], str]) -> Outcome:
    """Kill so many changes of the schema, evenly over their statements; `fresh` gives an empty database."""
    address = fresh()
    statements = {way: in_fork(lambda way=way: way(address)) for way in (_up, _down)}
    half, unfinished = 0, 0
    for number in range(kills):
        way = (_up, _down)[number % 2]
        if way is _down:
            in_fork(lambda: _up(address))
        at = 1 + number * statements[way] // kills
        in_fork(lambda way=way: way(address), at)
        half += not _is_at_an_end(address)
        in_fork(lambda: _up(address))
        unfinished += bool(schema.differences(address))
        in_fork(lambda: _down(address))
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


def _is_at_an_end(address: str) -> bool:
    """Is the schema whole, or not there at all?"""
    made = make_engine(address)
    tables = set(sa.inspect(made).get_table_names()) - {_VERSIONS}
    made.dispose()
    return not tables if schema.revision(address) is None else not schema.differences(address)
