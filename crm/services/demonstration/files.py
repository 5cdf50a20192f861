"""How the demonstration's tables in data/demonstration/ are written: see the README there."""

import csv
import re
from datetime import date, timedelta
from typing import Any

from crm.config import DATA
from crm.models.week import DAYS, Slot

FOLDER = DATA / "demonstration"
_SHORT = {title[:3]: index for index, title in enumerate(DAYS)}
_TIMES = re.compile(r"^(\w{3})(?:-(\w{3}))? (\d\d:\d\d)-(\d\d:\d\d)$")
_SKILL = re.compile(r"^(?P<name>.+?) (?P<level>[0-4])(?P<rest>.*)$")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def filled(row: dict[str, str], *left_out: str) -> dict[str, Any]:
    """The cells of a row that have something in them: an empty cell was not recorded."""
    return {name: text for name, text in row.items() if text and name not in left_out}


def on(today: date, days: str) -> date | None:
    """The day that lies so many days after today, before it when negative; None for an empty cell."""
    return today + timedelta(days=int(days)) if days else None


def parts(text: str) -> list[str]:
    """What a cell lists, parted by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


def week(text: str) -> list[Slot]:
    """Times such as `Mon-Thu 06:00-13:00; Sat 09:00-13:00`; `Thu-Mon` goes over the weekend."""
    slots: list[Slot] = []
    for part in parts(text):
        found = _TIMES.match(part)
        if not found:
            raise ValueError(f"These are not times of a week: {part}")
        first, last, start, end = found.groups()
        for day in _days(_SHORT[first], _SHORT[last or first]):
            slots.append({"day": day, "start": start, "end": end})
    return slots


def _days(first: int, last: int) -> list[int]:
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def levels(text: str) -> dict[str, int]:
    """Scales such as `standing 3, pace 2`."""
    pairs = [part.rsplit(" ", 1) for part in text.split(", ") if part]
    return {key: int(level) for key, level in pairs}


def rated(text: str) -> tuple[str, int, str]:
    """A phrase, its level and what follows, from `pack goods 2!` or `use a till 0 self`.

    Raises:
        ValueError: there is no level from 0 to 4.
    """
    found = _SKILL.match(text)
    if not found:
        raise ValueError(f"This has no level: {text}")
    return found["name"], int(found["level"]), found["rest"].strip()
