"""Reading one JSON object: every question names its field, so that an error can name it too."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NoReturn, TypeVar, cast

from matching.errors import RecordError

Part = TypeVar("Part")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?|(24):(00)", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=4096)
def _minutes(clock: str) -> int | None:
    found = _CLOCK.fullmatch(clock)
    if found is None:
        return None
    hours, minutes = (part for part in found.groups() if part is not None)
    return int(hours) * 60 + int(minutes)


class Fields:
    """The fields of one object; null and absent both mean not recorded.

    Keys that nobody asks for are added to `unknown`, without their position in lists.

    Args:
        value: The decoded object.
        known: The keys that are asked for.
        unknown: Where other keys are noted.
        inside: The object that holds this one, None for the record itself, and where it stands in it.
    """

    __slots__ = ("_inside", "_unknown", "_values")

    def __init__(
        self,
        value: object,
        known: frozenset[str],
        unknown: set[str],
        inside: "tuple[Fields, str, int | None] | None" = None,
    ) -> None:
        self._inside = inside
        self._unknown = unknown
        if not isinstance(value, dict):
            raise RecordError(self._where() or "the record", 'must be an object, such as {"name": "value"}')
        self._values = cast("dict[str, object]", value)
        if not self._values.keys() <= known:
            unused = self._values.keys() - known
            unknown.update(re.sub(r"\[\d+\]", "", self.path(key)) for key in unused)

    def _where(self) -> str:
        if self._inside is None:
            return ""
        outer, key, position = self._inside
        return outer.path(key, position)

    def path(self, key: str, position: int | None = None) -> str:
        """Return where a field, or one item of it, stands in the whole record; worked out only to say it."""
        where = self._where()
        name = f"{where}.{key}" if where else key
        return name if position is None else f"{name}[{position}]"

    def _raise(self, key: str, reason: str, position: int | None = None) -> NoReturn:
        raise RecordError(self.path(key, position), reason)

    def text(self, key: str) -> str | None:
        """Return a text, None when it is missing or blank."""
        value = self._values.get(key)
        return None if value is None else self._checked_text(value, key) or None

    def required_text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self._values.get(key)
        text = "" if value is None else self._checked_text(value, key)
        return text or self._raise(key, "is missing: every record of this kind needs it")

    def _checked_text(self, value: object, key: str, position: int | None = None) -> str:
        if not isinstance(value, str):
            self._raise(key, "must be text in quotation marks", position)
        if not value.isascii() and _SURROGATE.search(value):
            self._raise(key, "holds half of a character and cannot be written again: type it anew", position)
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts without blank ones; missing is empty."""
        texts = (self._checked_text(item, key, at) for at, item in enumerate(self._items(key)))
        return tuple(text for text in texts if text)

    def number(self, key: str, *, low: float = 0.0, high: float) -> float | None:
        """Return a finite number from `low` to `high`."""
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        return self._raise(key, f"must be a number from {low:g} to {high:g}, without quotation marks")

    def whole(self, key: str, *, low: int = 0, high: int) -> int | None:
        """Return a whole number from `low` to `high`."""
        number = self.number(key, low=low, high=high)
        if number is None:
            return None
        if not number.is_integer():
            self._raise(key, f"must be a whole number from {low} to {high}")
        return int(number)

    def flag(self, key: str) -> bool | None:
        """Return true or false."""
        value = self._values.get(key)
        if value is not None and not isinstance(value, bool):
            self._raise(key, "must be true or false, without quotation marks")
        return value if isinstance(value, bool) else None

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        """Return one word of a fixed list."""
        value = self.text(key)
        if value is not None and value not in choices:
            self._raise(key, "must be one of " + ", ".join(choices))
        return value

    def day(self, key: str) -> date | None:
        """Return a date written as 2026-11-03."""
        value = self.text(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value[:10] if value[10:11] == "T" else value)
        except ValueError as error:
            raise RecordError(self.path(key), "must be a date such as 2026-11-03") from error

    def clock(self, key: str) -> int:
        """Return a time of day as minutes since midnight."""
        minutes = _minutes(self.required_text(key))
        return self._raise(key, 'must be a time such as "09:30"') if minutes is None else minutes

    def levels(self, key: str) -> dict[str, int]:
        """Return an object of levels 0 to 4 by name; null levels are left out."""
        value = self._values.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._raise(key, 'must be an object of levels, such as {"reading": 2}')
        entries = cast("dict[str, object]", value)
        inner = Fields(entries, frozenset(entries), self._unknown, (self, key, None))
        levels = {self._checked_text(name, key): inner.whole(name, high=4) for name in sorted(entries)}
        return {name: level for name, level in levels.items() if level is not None}

    def _items(self, key: str) -> list[object]:
        value = self._values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self._raise(key, "must be a list in square brackets")
        return cast("list[object]", value)

    def is_recorded(self, key: str) -> bool:
        """Return whether the field is there, even if empty."""
        return self._values.get(key) is not None

    def parts(self, key: str, read: Callable[["Fields"], Part], known: frozenset[str]) -> tuple[Part, ...]:
        """Return a list of objects, each read by `read`; missing is empty."""
        items = self._items(key)
        return tuple(
            [read(Fields(item, known, self._unknown, (self, key, at))) for at, item in enumerate(items)]
        )

    def part(self, key: str, read: Callable[["Fields"], Part], known: frozenset[str]) -> Part | None:
        """Return one object read by `read`, None when it is missing."""
        value = self._values.get(key)
        return None if value is None else read(Fields(value, known, self._unknown, (self, key, None)))
