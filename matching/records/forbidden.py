"""Facts that matching may never read: a record that carries one is refused, wherever the key stands."""

import unicodedata
from functools import lru_cache
from typing import cast

from matching.errors import RecordError

FORBIDDEN_KEYS = (
    "disability",
    "diagnosis",
    "health",
    "age",
    "date_of_birth",
    "sex",
    "gender",
    "ethnicity",
    "religion",
    "benefits",
    "under16_reason",
    "unemployed_since",
    "conviction",
)


@lru_cache(maxsize=4096)
def _folded(key: str) -> str:
    """Return the key's letters and digits alone: Date-of-Birth and dateOfBirth are the same key."""
    return "".join(c for c in unicodedata.normalize("NFKC", key).casefold() if c.isalnum())


_FOLDED = {_folded(key) for key in FORBIDDEN_KEYS}
_NESTED = (dict, list)


@lru_cache(maxsize=4096)
def _forbidden(keys: tuple[str, ...]) -> str | None:
    """Return the first key that may never be read; objects of one kind ask with the same keys."""
    return next((key for key in keys if _folded(key) in _FOLDED), None)


def refuse_forbidden(record: object) -> None:
    """Look through a record at every depth, in any case and spelling of separators.

    Raises:
        RecordError: the record carries a key that matching may never read.
    """
    waiting = [record]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            entries = cast("dict[str, object]", value)
            key = _forbidden(tuple(entries))
            if key is not None:
                name = f"{_place(record, entries)}.{key}".removeprefix(".")
                raise RecordError(name, "may not be used in matching: remove it from the record")
            waiting += [inner for inner in entries.values() if isinstance(inner, _NESTED)]
        elif isinstance(value, list):
            waiting += [item for item in cast("list[object]", value) if isinstance(item, _NESTED)]


def _place(record: object, wanted: object) -> str:
    """Return where an object stands in a record, worked out only when it has to be said."""
    waiting: list[tuple[str, object]] = [("", record)]
    while True:  # It is there: that is where its key was found.
        where, value = waiting.pop()
        if value is wanted:
            return where
        if isinstance(value, dict):
            entries = cast("dict[str, object]", value)
            waiting += [(f"{where}.{key}", inner) for key, inner in entries.items()]
        elif isinstance(value, list):
            waiting += [(f"{where}[{at}]", item) for at, item in enumerate(cast("list[object]", value))]
