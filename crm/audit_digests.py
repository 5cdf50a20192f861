"""The keyed digest of a value: made when it is saved, and again when its record is compared with the trail.

So it is made of what the database will give back, as JSON: 16 in a column of hours is 16.0, a moment is told
in UTC, and the names that the code has for the values of a list do not matter.
"""

import hmac
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, cast

import sqlalchemy as sa

from crm.models.consents import SharedFact


def digest(key: bytes, value: Any) -> str:
    """The digest of a value that only this key makes."""
    return _of_text(key, _AS_JSON.encode(value))


def fits(key: bytes, value: Any, kept: str) -> bool:
    """Is this the value that the digest was made of?"""
    return digest(key, value) == kept or any(_of_text(key, text) == kept for text in _as_before(value))


def settled(column: sa.Column[Any], value: Any) -> Any:
    """A value as its column will give it back."""
    if value is None:
        return None
    match column.type:
        case sa.Float():
            return float(value)
        case sa.Boolean():
            return bool(value)
        case sa.Integer():
            return int(value)
        case _:
            return value


def _of_text(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()[:32]


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case frozenset() | set():
            return sorted(map(str, cast("frozenset[Any]", value)))
        case _:
            return repr(value)


_AS_JSON = json.JSONEncoder(sort_keys=True, default=_plain)


def _as_before(value: Any) -> Iterator[str]:
    """What digests were made of before they were made of JSON; trails hold them for ever."""
    yield repr(value)
    if isinstance(value, Enum):
        yield repr(value.value)
    if isinstance(value, float) and value.is_integer():
        yield repr(int(value))
    if isinstance(value, list):
        held = cast("list[Any]", value)
        if all(isinstance(one, str) and one in set(SharedFact) for one in held):
            yield repr([SharedFact(one) for one in held])
