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


def refuse_forbidden(record: object) -> None:
    """Look through a record at every depth, in any case and spelling of separators.

    Raises:
        RecordError: the record carries a key that matching may never read.
    """
    waiting: list[tuple[str, object]] = [("", record)]
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, dict):
            for key, inner in cast("dict[str, object]", value).items():
                name = f"{where}.{key}" if where else key
                if _folded(key) in _FOLDED:
                    raise RecordError(name, "may not be used in matching: remove it from the record")
                if type(inner) in _NESTED:
                    waiting.append((name, inner))
        elif isinstance(value, list):
            for position, item in enumerate(cast("list[object]", value)):
                if type(item) in _NESTED:
                    waiting.append((f"{where}[{position}]", item))
