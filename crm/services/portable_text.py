"""A portable record as bytes: UTF-8, keys in order, always written the same way; and read with suspicion."""

import json
import re
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, NoReturn, cast

from crm.errors import UnreadableFileError

FORMAT = "supported-employment-person"
VERSION = 1
LARGEST = 5 * 1024**2
"""Largest file that is read, in bytes."""

_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")

_OTHER = "This is no portable record of a person. Choose the file ending in .json, as it was downloaded."


def as_json(value: Any) -> Any:
    """A stored value as the file holds it: dates and moments as text, values of fixed lists as their own."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value


def in_order(value: Any) -> str:
    """A value as one line, by which rows are put in order."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def as_bytes(sections: dict[str, list[dict[str, Any]]]) -> bytes:
    """The whole record; the same facts give the same bytes, whatever order they were found in."""
    rows = {name: sorted(found, key=in_order) for name, found in sections.items() if found}
    whole = {"format": FORMAT, "version": VERSION, "sections": rows}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def sections_in(content: bytes) -> dict[str, Any]:
    """The sections of an uploaded record, not looked into yet.

    Raises:
        UnreadableFileError: it is too large, no such record, or of a later version of the format.
    """
    if len(content) > LARGEST:
        raise UnreadableFileError(f"This file is larger than {LARGEST // 1024**2} MB: it cannot be read.")
    try:
        whole: Any = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
        _ensure_storable(in_order(whole))
    except (ValueError, RecursionError) as problem:
        raise UnreadableFileError(_OTHER) from problem
    if not isinstance(whole, dict):
        raise UnreadableFileError(_OTHER)
    told = cast("dict[str, Any]", whole)
    if told.get("format") != FORMAT or not isinstance(told.get("sections"), dict):
        raise UnreadableFileError(_OTHER)
    if told.get("version") != VERSION:
        raise UnreadableFileError(
            f"This record is written in version {told.get('version')!r} of the format; version {VERSION} is "
            "known here. Bring this service up to date first."
        )
    return told["sections"]


def _ensure_storable(text: str) -> None:
    """Half a surrogate pair cannot be encoded, and NUL not be stored."""
    text.encode()
    if _NUL.search(text):
        raise ValueError("it holds a character that cannot be stored")


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")
