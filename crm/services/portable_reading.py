"""An uploaded portable record, row by row: everything in it is known and checked, or the file is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, cast

import sqlalchemy as sa
from pydantic import ValidationError

from crm.errors import UnreadableFileError
from crm.models.base import UtcDateTime, folded
from crm.models.locked import Locked
from crm.services.portable_plan import SECTIONS, SEEKER, Section, carried_columns, keys_of
from crm.services.portable_text import in_order, sections_in

_ORIGIN = ("recorded_in", "recorded_at", "changed_in", "changed_at")
_ARCHIVED = ("archived_at", "archived_why")


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """One row: its section, the values of the record that it becomes, what it says, where it comes from."""

    section: Section
    values: dict[str, Any]
    says: dict[str, Any]
    origin: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A whole record of one person, as it came in."""

    person: IncomingRow
    rows: tuple[IncomingRow, ...]

    @property
    def name_key(self) -> str:
        """The name as it is compared."""
        return folded(self.person.values["preferred_name"])

    def of(self, section: Section) -> list[IncomingRow]:
        """The rows of one section."""
        return [row for row in self.rows if row.section is section]


def read(content: bytes) -> Incoming:
    """Read an uploaded record.

    Raises:
        UnreadableFileError: it is none, or something in it is not as it should be; it says where.
    """
    told = sections_in(content)
    known = {section.name: section for section in SECTIONS}
    for name in told.keys() - known.keys():
        raise UnreadableFileError(f"This record has a part that is not known here: {name[:60]}.")
    found = [row for name, section in known.items() for row in _rows(section, told.get(name, []))]
    people = [row for row in found if row.section is SEEKER]
    if len(people) != 1:
        raise UnreadableFileError(
            "A portable record is about one person; this file is about none or several."
        )
    return Incoming(people[0], tuple(row for row in found if row.section is not SEEKER))


def _rows(section: Section, told: Any) -> Iterator[IncomingRow]:
    if not isinstance(told, list):
        raise UnreadableFileError(f"The part “{section.name}” of this record is no list of rows.")
    read_rows: list[IncomingRow] = []
    for number, row in enumerate(cast("list[Any]", told), start=1):
        try:
            read_rows.append(_row(section, row))
        except ValidationError as problem:
            first = problem.errors(include_url=False, include_input=False)[0]
            reason = f"{'.'.join(map(str, first['loc']))} {first['msg'].removeprefix('Value error, ')}"
            raise _unreadable(section, number, reason) from problem
        except (ValueError, TypeError, KeyError, AttributeError) as problem:
            raise _unreadable(section, number, str(problem)) from problem
    yield from sorted(read_rows, key=_when_recorded)


def _when_recorded(row: IncomingRow) -> tuple[str, str]:
    return row.origin["recorded_at"], in_order([row.says, row.origin])


def _unreadable(section: Section, number: int, reason: str) -> UnreadableFileError:
    return UnreadableFileError(f"Nothing was taken in. {section.name}, row {number}: {reason[:200]}")


def _row(section: Section, row: dict[str, Any]) -> IncomingRow:
    if row.keys() != {"says", "origin"}:
        raise ValueError("a row has “says” and “origin”, and nothing else")
    says, origin = dict(row["says"]), dict(row["origin"])
    unknown = says.keys() - keys_of(section)
    if unknown:
        raise ValueError(f"“{min(unknown)[:60]}” is not known here")
    for key in (key for named in section.named.values() for key in named.keys if key in says):
        _checked(key, says[key], str)
    _ensure_origin(origin)
    values = _values(section, says) if section.becomes_record else {}
    return IncomingRow(section, values, says, origin)


def _ensure_origin(origin: dict[str, Any]) -> None:
    if not set(_ORIGIN) <= origin.keys() <= {*_ORIGIN, *_ARCHIVED}:
        raise ValueError("its origin does not say where and when it was recorded and changed")
    if not all(isinstance(value, str) for value in origin.values()):
        raise ValueError("its origin is not text")
    for name in ("recorded_at", "changed_at", "archived_at"):
        if name in origin:
            moment(origin[name])


def moment(text: str) -> datetime:
    """A moment of an origin.

    Raises:
        ValueError: it is none, or has no time zone.
    """
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"“{text[:40]}” has no time zone")
    return found.astimezone(UTC)


def _values(section: Section, says: dict[str, Any]) -> dict[str, Any]:
    """The columns of the record that a row becomes, of the right kinds, and as its form would allow them."""
    table: Any = section.table
    columns = {name: table.__table__.columns[name] for name in carried_columns(section)}
    values = {name: _value(columns[name], says[name]) for name in columns if name in says}
    missing = [name for name, column in columns.items() if _is_needed(table, column) and name not in values]
    if missing:
        raise ValueError(f"“{missing[0]}” is missing")
    if section.input is None:
        return values
    fields = section.input.model_fields.keys()
    checked = section.input.model_validate({name: value for name, value in values.items() if name in fields})
    return values | {name: value for name, value in checked.model_dump().items() if name in columns}


def _is_needed(table: Any, column: Any) -> bool:
    return not column.nullable and table.model_fields[column.name].is_required()


def _value(column: Any, raw: Any) -> Any:
    """A value of the file as the column holds it.

    Raises:
        ValueError: it is of another kind.
    """
    kind = column.type
    wanted: type[Any] | None = None
    if isinstance(kind, Locked):
        wanted = kind.kind
    elif isinstance(kind, sa.Enum):
        wanted = kind.enum_class
    elif not isinstance(kind, sa.JSON):
        wanted = datetime if isinstance(kind, UtcDateTime) else kind.python_type
    if wanted is None:
        return raw
    if wanted in _READERS:
        return _READERS[wanted](_checked(column.name, raw, str))
    if issubclass(wanted, StrEnum):
        return wanted(raw)
    kinds = (int, float) if wanted is float else (wanted,)
    found = _checked(column.name, raw, *kinds)
    return float(found) if wanted is float else found


_READERS: dict[type[Any], Any] = {date: date.fromisoformat, time: time.fromisoformat, datetime: moment}


def _checked(name: str, raw: Any, *kinds: type[Any]) -> Any:
    if not isinstance(raw, kinds) or (isinstance(raw, bool) and bool not in kinds):
        raise ValueError(f"“{name}” is of another kind than it should be")
    return raw
