"""Hours worked out from days and clock times ("Mon-Fri 9am-1pm") or from shifts ("3 x 5 hours")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crm.readers.numbers import NUMBER, near, shown, spoken_number

_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|"
    r"sun(?:day)?)s?\b\.?"
)
_DAYS = (
    rf"(?:\b{_DAY}(?:\s*(?:-|to|through|thru|until|, and|,|&|and|/|\+)\s*{_DAY}){{0,6}}|\bm-f\b|"
    r"\bweekdays\b|\bweekends\b)"
)
_WEEKLY = r"days?\s+(?:per|a|each|/)\s*week"
_HOURS = r"[ -]*(?:hours?|hrs?)"
_A_DAY = r"\s*(?:per|a|each|/)\s*day\b"
_CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?\s?(?:am\b|pm\b|a\.m\.?|p\.m\.?|noon|hrs\b|h\b)?|"
    r"[0-2]\d[0-5]\d(?:\s?hrs)?\b|noon|midday|midnight)"
)


def _times(suffix: str) -> str:
    return (
        rf"(?<![\d£$€.:])(?P<start{suffix}>{_CLOCK})\s*(?:-|to|until|till|through)\s*"
        rf"(?P<end{suffix}>{_CLOCK})(?![\d:]|\.\d)"
    )


_SHIFT = re.compile(
    rf"(?P<days>{_DAYS})(?P<gap>[^.\n\d]{{0,25}}?){_times('')}|"
    rf"{_times('2')}(?P<gap2>[^.\n\d]{{0,20}}?)(?P<days2>{_DAYS})"
)
_CUE = re.compile(r"[mtwfs](?:on|ue|ed|hu|ri|at|un|eekday|eekend|-f)(?:nes|rs|s|ur)?(?:day)?s?\b")
_NOT_A_SHIFT = re.compile(
    r"open|opening|operat|lines|phone|call us|contact us|between|reception|\bany\b|rota|various|variable|"
    r"shifts? (?:available|from|cover)|either|flexib|window|closed"
)
_COUNTED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<count>{NUMBER})\s*(?:x|shifts of|days of|sessions of)\s*"
        rf"(?P<hours>{NUMBER})[ -]*(?:hours?|hrs?|h)\b",
        rf"(?P<count>{NUMBER})\s+(?P<hours>{NUMBER}){_HOURS}\s+(?:shifts|days|sessions)\s+(?:per|a|each)\s+week",
        rf"(?P<hours>{NUMBER}){_HOURS}(?: shifts?)?, ?(?P<count>{NUMBER})\s+{_WEEKLY}",
        rf"(?P<hours>{NUMBER}){_HOURS}{_A_DAY}[^.\n\d]{{0,25}}?(?:(?P<count>{NUMBER})\s+{_WEEKLY}|(?P<days>{_DAYS}))",
        rf"(?P<count>{NUMBER})\s+{_WEEKLY}[^.\n\d]{{0,20}}?(?P<hours>{NUMBER}){_HOURS}{_A_DAY}",
    )
)
_WEEK_HOURS = 60
_SHIFT_HOURS = 13


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Hours a week (least and most where the text gives alternatives), with the sum and its words."""

    low: float
    high: float
    quote: str


def from_shifts(text: str) -> WorkedOut | None:
    """Hours from a number of shifts or from hours a day and days a week, in tidied text."""
    for pattern in _COUNTED:
        for found in pattern.finditer(text):
            groups = found.groupdict()
            hours = spoken_number(groups["hours"])
            count = (
                spoken_number(groups["count"]) if groups["count"] else float(len(_days_in(groups["days"])))
            )
            if 0 < hours <= _SHIFT_HOURS and 0 < count <= 7 and hours * count <= _WEEK_HOURS:
                total = hours * count
                return WorkedOut(
                    total, total, f"{shown(count)} × {shown(hours)} = {shown(total)}: “{found[0]}”"
                )
    return None


def from_times(text: str) -> WorkedOut | None:
    """Hours from named days and clock times, no break taken off, in tidied text.

    Different days add up; the same days again are alternatives and give a range.
    """
    parts = list(_shift_parts(near(text, _CUE)))
    if not parts:
        return None
    days = [day for part in parts for day in part.days]
    totals = [len(part.days) * part.hours for part in parts]
    if len(days) == len(set(days)):
        low = high = sum(totals)
        quotes = parts
    else:
        low, high = min(totals), max(totals)
        quotes = [parts[totals.index(low)]] + ([parts[totals.index(high)]] if high > low else [])
    if not 0 < low <= high <= _WEEK_HOURS:
        return None
    sums = "; ".join(f"{len(part.days)} × {shown(part.hours)}: “{part.quote}”" for part in quotes)
    return WorkedOut(low, high, f"{sums}, no break taken off")


@dataclass(frozen=True, slots=True)
class _Part:
    days: tuple[str, ...]
    hours: float
    quote: str


def _shift_parts(text: str) -> Iterator[_Part]:
    for found in _SHIFT.finditer(text):
        before = text[max(0, found.start() - 45) : found.start()].rpartition("\n")[2]
        groups = found.groupdict()
        gap = groups["gap"] or groups["gap2"] or ""
        if _NOT_A_SHIFT.search(before + gap):
            continue
        start, end = groups["start"] or groups["start2"], groups["end"] or groups["end2"]
        hours = _length(start, end, is_close=len(gap.strip(" :,(-")) == 0)
        days = _days_in(groups["days"] or groups["days2"])
        if hours is not None and days:
            yield _Part(days, hours, found[0])


def _days_in(text: str) -> tuple[str, ...]:
    if "weekday" in text or text.strip(" .") == "m-f":
        return _NAMES[:5]
    if "weekend" in text:
        return _NAMES[5:]
    found = [match[0] for match in re.finditer("|".join(_NAMES), text)]
    is_span = re.search(r"-|\bto\b|through|thru|until", text) is not None
    if is_span and len(found) == 2:
        first, last = (_NAMES.index(name) for name in found)
        return tuple(_NAMES[(first + step) % 7] for step in range((last - first) % 7 + 1))
    return tuple(dict.fromkeys(found))


def _length(start: str, end: str, *, is_close: bool) -> float | None:
    """Hours from one clock time to another; bare figures count only right beside the days."""
    if not is_close and re.fullmatch(r"\d{1,2}\s?", start) and re.fullmatch(r"\d{1,2}\s?", end):
        return None
    begins, ends = _clock(start), _clock(end)
    if begins is None or ends is None:
        return None
    if not re.search(r"[ap]\.?m", start) and "p" in end and begins + 12 < ends:
        begins += 12 if begins < 7 else 0
    if ends <= begins:
        is_bare = not re.search(r"[ap]\.?m|noon|mid", end) and ends <= 12 and begins <= 12
        ends += 12 if is_bare else 24
    length = ends - begins
    return length if 0 < length <= _SHIFT_HOURS else None


def _clock(text: str) -> float | None:
    if "midnight" in text:
        return 24.0
    if text.startswith(("noon", "midday")):
        return 12.0
    digits = re.findall(r"\d+", text)
    first = digits[0]
    hour, minute = (
        (int(first[:2]), int(first[2:])) if len(first) == 4 else (int(first), int((*digits, "0")[1]))
    )
    if hour > 24 or minute > 59:
        return None
    if re.search(r"p\.?m", text) and hour < 12:
        hour += 12
    if re.search(r"a\.?m", text) and hour == 12:
        hour = 0
    return hour + minute / 60
