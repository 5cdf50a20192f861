"""Reading one JSON object: every question names its field, so that an error can name it too."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar, cast

from matching.errors import RecordError

Part = TypeVar("Part")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?|(24):(00)", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Fields:
    """The fields of one object, at `where` in its record; null and absent both mean not recorded.

    Keys that nobody asks for are added to `unknown`, without their position in lists.
    """

    def __init__(self, value: object, where: str, unknown: set[str], known: Iterable[str]) -> None:
        if not isinstance(value, dict):
            raise RecordError(where or "the record", 'must be an object, such as {"name": "value"}')
        self._values = cast("dict[str, object]", value)
        self._where = where
        self._unknown = unknown
        unused = self._values.keys() - set(known)
        unknown.update(re.sub(r"\[\d+\]", "", self.path(key)) for key in unused)

    def path(self, key: str) -> str:
        """Return where a field stands in the whole record."""
        return f"{self._where}.{key}" if self._where else key

    def _raise(self, key: str, reason: str) -> None:
        raise RecordError(self.path(key), reason)

    def text(self, key: str) -> str | None:
        """Return a text, None when it is missing or blank."""
        value = self._values.get(key)
        if value is None:
            return None
        return self._checked_text(value, self.path(key)) or None

    def required_text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self.text(key)
        if value is None:
            raise RecordError(self.path(key), "is missing: every record of this kind needs it")
        return value

    @staticmethod
    def _checked_text(value: object, where: str) -> str:
        if not isinstance(value, str):
            raise RecordError(where, "must be text in quotation marks")
        if _SURROGATE.search(value):
            raise RecordError(where, "holds half of a character and cannot be written again: type it anew")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts without blank ones; missing is empty."""
        texts = (self._checked_text(item, where) for where, item in self._items(key))
        return tuple(text for text in texts if text)

    def number(self, key: str, *, low: float = 0.0, high: float) -> float | None:
        """Return a finite number from `low` to `high`."""
        value = self._values.get(key)
        if value is None:
            return None
        return self._checked_number(value, self.path(key), low, high)

    @staticmethod
    def _checked_number(value: object, where: str, low: float, high: float) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        raise RecordError(where, f"must be a number from {low:g} to {high:g}, without quotation marks")

    def whole(self, key: str, *, low: int = 0, high: int) -> int | None:
        """Return a whole number from `low` to `high`."""
        value = self._values.get(key)
        return None if value is None else self._checked_whole(value, self.path(key), low, high)

    def _checked_whole(self, value: object, where: str, low: int, high: int) -> int:
        number = self._checked_number(value, where, low, high)
        if not number.is_integer():
            raise RecordError(where, f"must be a whole number from {low} to {high}")
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
        found = _CLOCK.fullmatch(self.required_text(key))
        if found is None:
            raise RecordError(self.path(key), 'must be a time such as "09:30"')
        hours, minutes = (part for part in found.groups() if part is not None)
        return int(hours) * 60 + int(minutes)

    def levels(self, key: str) -> dict[str, int]:
        """Return an object of levels 0 to 4 by name; null levels are left out."""
        value = self._values.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise RecordError(self.path(key), 'must be an object of levels, such as {"reading": 2}')
        entries = cast("dict[str, object]", value)
        return {
            self._checked_text(name, self.path(key)): self._checked_whole(
                level, f"{self.path(key)}.{name}", 0, 4
            )
            for name, level in sorted(entries.items())
            if level is not None
        }

    def _items(self, key: str) -> list[tuple[str, object]]:
        value = self._values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise RecordError(self.path(key), "must be a list in square brackets")
        items = cast("list[object]", value)
        return [(f"{self.path(key)}[{position}]", item) for position, item in enumerate(items)]

    def is_recorded(self, key: str) -> bool:
        """Return whether the field is there, even if empty."""
        return self._values.get(key) is not None

    def parts(self, key: str, read: Callable[["Fields"], Part], known: Iterable[str]) -> tuple[Part, ...]:
        """Return a list of objects, each read by `read`; missing is empty."""
        return tuple(read(Fields(item, where, self._unknown, known)) for where, item in self._items(key))

    def part(self, key: str, read: Callable[["Fields"], Part], known: Iterable[str]) -> Part | None:
        """Return one object read by `read`, None when it is missing."""
        value = self._values.get(key)
        return None if value is None else read(Fields(value, self.path(key), self._unknown, known))
