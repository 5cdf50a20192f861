"""The rows of a kind of record as they lie in the database: damage in a cell is told of that cell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import NullType

from crm.errors import SecretsError
from crm.models.base import Record
from crm.models.locked import Locked

_AT_A_TIME = 500

_DOUBLE = 701
"""PostgreSQL's number for the only type that our columns with a fraction have; no other type asks for it."""


class _Unreadable:
    """Stands for what a cell holds that its column never wrote."""


UNREADABLE = _Unreadable()


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it lies in the database."""

    id: int
    values: Mapping[str, Any]


def rows(connection: sa.Connection, kind: type[Record]) -> Iterator[Row]:
    """Every record of a kind by its id; only some are held at a time."""
    mapped: Any = kind
    table: sa.Table = mapped.__table__
    readers = [(column.name, _reader(column, connection.dialect)) for column in table.columns]
    raw = [sa.type_coerce(column, NullType()).label(column.name) for column in table.columns]
    for found in streamed(connection, sa.select(*raw).order_by(table.c.id)):
        yield Row(found.id, {name: read(cell) for (name, read), cell in zip(readers, found, strict=True)})


def streamed(connection: sa.Connection, query: sa.Executable) -> Iterator[Any]:
    """The rows that a query finds, some at a time."""
    yield from connection.execute(query, execution_options={"yield_per": _AT_A_TIME})


def _reader(column: sa.Column[Any], dialect: sa.Dialect) -> Callable[[Any], Any]:
    """What turns a cell into its value; one that we would write in another way was not written by us."""
    kind = column.type.dialect_impl(dialect)
    read, write = kind.result_processor(dialect, _DOUBLE), kind.bind_processor(dialect)
    is_written_alike = dialect.name == "sqlite" and write is not None and not isinstance(column.type, Locked)

    def reader(cell: Any) -> Any:
        try:
            value = cell if read is None else read(cell)
            if is_written_alike and write is not None and write(value) != cell:
                return UNREADABLE
        except (LookupError, TypeError, ValueError, AttributeError, SecretsError):
            return UNREADABLE
        return value

    return reader
