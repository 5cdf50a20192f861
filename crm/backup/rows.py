"""The rows of any of our tables as JSON, the same on both engines, and back.

A row is written as SQLite keeps it: moments and days as text, yes and no as 1 and 0, JSON as it was typed.
So what was read from one engine can be stored in the other, and both give the same bytes when read again.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.types import NullType

_STEP = "alembic_version"
_AT_A_TIME = 500
_FILES_AT_A_TIME = 2


def tables(connection: sa.Connection) -> list[sa.Table]:
    """The tables as the database itself describes them, each after those that it refers to."""
    found = sa.MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != _STEP]


def columns(table: sa.Table) -> list[str]:
    """The names of a table's columns, in an order that does not depend on how the table came about."""
    return sorted(table.columns.keys())


def lines(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    """Every row of a table by its key, one line each; only a few rows are held at a time."""
    is_plain = connection.dialect.name == "sqlite"
    shown = [_shown(table.columns[name], is_plain=is_plain) for name in columns(table)]
    query = sa.select(*shown).order_by(*table.primary_key.columns)
    for row in connection.execute(query, execution_options={"yield_per": _at_a_time(table)}):
        yield json.dumps(list(row), separators=(",", ":"), default=_bytes_as_text).encode() + b"\n"


def _at_a_time(table: sa.Table) -> int:
    """So many rows are held at once: of whole files, which may be large, only a few."""
    holds_files = any(isinstance(column.type, sa.LargeBinary) for column in table.columns)
    return _FILES_AT_A_TIME if holds_files else _AT_A_TIME


def _shown(column: sa.Column[Any], *, is_plain: bool) -> sa.ColumnElement[Any]:
    """A column as SQLite keeps it."""
    as_it_is = sa.type_coerce(column, NullType())
    if is_plain:
        return as_it_is
    match column.type:
        case sa.DateTime():
            return sa.func.to_char(sa.func.timezone("UTC", column), "YYYY-MM-DD HH24:MI:SS.US")
        case sa.Date():
            return sa.func.to_char(column, "YYYY-MM-DD")
        case sa.Time():
            return sa.func.to_char(column, "HH24:MI:SS.US")
        case sa.Boolean():
            return sa.cast(column, sa.Integer)
        case sa.JSON():
            return sa.cast(column, sa.Text)
        case _:
            return as_it_is


def _bytes_as_text(value: object) -> dict[str, str]:
    if not isinstance(value, bytes):
        raise TypeError(f"A {type(value).__name__} cannot be put into a backup.")
    return {"base64": base64.b64encode(value).decode()}


def store(
    connection: sa.Connection, table: sa.Table, names: Sequence[str], rows: Iterator[list[Any]]
) -> None:
    """Store rows that `lines` wrote into an empty table."""
    waiting: list[list[Any]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == _at_a_time(table):
            _store_some(connection, table, names, waiting)
            waiting = []
    _store_some(connection, table, names, waiting)
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        _go_on_counting(connection, table)


def _store_some(
    connection: sa.Connection, table: sa.Table, names: Sequence[str], rows: list[list[Any]]
) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        light = sa.table(table.name, *(sa.column(name, NullType()) for name in names))
        values = [dict(zip(names, map(_from_text, row), strict=True)) for row in rows]
        connection.execute(sa.insert(light), values)
        return
    held = sa.func.json_array_elements(sa.cast(sa.bindparam("held", type_=sa.Text), sa.JSON)).column_valued(
        "held"
    )
    cells = [_cell(held, place, table.columns[name]) for place, name in enumerate(names)]
    adding = sa.insert(table).from_select(list(names), sa.select(*cells), include_defaults=False)
    connection.execute(adding, {"held": json.dumps(rows)})


def _from_text(value: Any) -> Any:
    is_bytes = isinstance(value, dict)
    return base64.b64decode(cast("dict[str, str]", value)["base64"]) if is_bytes else value


def _cell(held: sa.ColumnElement[Any], place: int, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """The cell at a place of a row held as JSON, as PostgreSQL's column wants it."""
    text = held.op("->>")(sa.literal(place, sa.Integer))
    match column.type:
        case sa.DateTime():
            return sa.func.timezone("UTC", sa.cast(text, sa.DateTime))
        case sa.Boolean():
            return sa.cast(sa.cast(text, sa.Integer), sa.Boolean)
        case sa.LargeBinary():
            inner = held.op("->")(sa.literal(place, sa.Integer)).op("->>")("base64")
            return sa.func.decode(inner, "base64")
        case _:
            return sa.cast(text, column.type)


def _go_on_counting(connection: sa.Connection, table: sa.Table) -> None:
    """Let the next new row have a number that no row has yet."""
    key = table.columns["id"]
    counter = sa.func.pg_get_serial_sequence(f'"{table.name}"', "id")
    connection.execute(sa.select(sa.func.setval(counter, sa.func.max(key))).where(counter.is_not(None)))
