"""Columns that are encrypted at rest, and records that hold them together."""

import json
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Field, SQLModel

from crm import locks


class Locked(sa.types.TypeDecorator[Any]):
    """A text, a date or a value of a fixed list, locked for its own column; nothing stays nothing."""

    impl = sa.String
    cache_ok = True

    def __init__(self, column: str, kind: type[str] | type[date] = str) -> None:
        super().__init__()
        self.column = column
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        """Lock a value on its way into the database."""
        text = text_of(value)
        return None if text is None else locks.lock(text, self.column)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Open a value on its way out.

        Raises:
            SecretsError: it cannot be opened, or was locked for another column.
        """
        if value is None:
            return None
        text = locks.unlock(value, self.column)
        return date.fromisoformat(text) if issubclass(self.kind, date) else self.kind(text)


def text_of(value: Any) -> str | None:
    """A value as the text that is locked."""
    if value is None:
        return None
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value)


class Sealed(SQLModel):
    """Part of a record of one person: a value moved from one person to another is refused when it is read."""

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    seal: str = ""


def sealed_text(values: dict[str, str | None]) -> str:
    """What the seal of a record is made of: the texts of its locked columns."""
    return json.dumps(values, sort_keys=True)


def sealed_place(table: str, seeker_id: int) -> str:
    """Whose record of which table the seal is for."""
    return f"{table} of {seeker_id}"


def _sealed(row: Sealed) -> tuple[str, str]:
    table: Any = sa.inspect(type(row)).local_table
    named = [column.name for column in table.columns if isinstance(column.type, Locked)]
    values = {name: text_of(getattr(row, name)) for name in named}
    return sealed_text(values), sealed_place(table.name, row.seeker_id)


def _seal(_mapper: object, _connection: object, row: Sealed) -> None:
    row.seal = locks.stamp(*_sealed(row))


def _ensure_sealed(row: Sealed, *_about: object) -> None:
    locks.ensure_stamped(row.seal, *_sealed(row))


event.listen(Sealed, "before_insert", _seal, propagate=True)
event.listen(Sealed, "before_update", _seal, propagate=True)
event.listen(Sealed, "load", _ensure_sealed, propagate=True)
event.listen(Sealed, "refresh", _ensure_sealed, propagate=True)
