"""Days as people say them in notes: last Tuesday, 3/11, in two weeks, on 12 January."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "a,an,one",
            "two,a couple of",
            "three,a few",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
        ),
        start=1,
    )
    for word in words.split(",")
}
_DAY = "|".join(_DAYS)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NUMBER = r"\d{1,3}|a couple of|a few|one|two|three|four|five|six|seven|eight|nine|ten|an?"
_WRITTEN = re.compile(
    rf"(?<![\d/.-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>20\d\d))?\b"
    rf"|\b(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year2>20\d\d))?"
    r"|(?<![\d/.£:-])(?P<day3>\d{1,2})(?:/(?P<month3>\d{1,2})(?:/(?P<year3>20\d\d|\d\d))?"
    r"|\.(?P<month4>\d{1,2})\.(?P<year4>20\d\d|\d\d))(?![\d/]|\.\d|\s*(?:an )?h(?:ou)?r)"
)
_PAST = re.compile(
    r"\b(?P<today>today|this (?:morning|afternoon|lunchtime)|just now)\b"
    r"|\b(?P<yesterday>yesterday|last night)\b"
    rf"|\b(?P<number>{_NUMBER}) (?P<unit>day|week)s? ago\b"
    rf"|\b(?P<said>last|on|this) (?P<weekday>{_DAY})\b"
)
_COMING = re.compile(
    r"\b(?P<tomorrow>tomorrow)\b|\b(?:in|within) (?:about )?(?:a )?(?P<fortnight>fortnight)(?:['’]s time)?\b"
    rf"|\b(?:in|within) (?:about )?(?P<number>{_NUMBER}) (?P<unit>day|week|month)s?(?:['’]? time)?\b"
    rf"|\bnext (?P<next>week|month)\b|\b(?P<said>next|on|this|by) (?P<weekday>{_DAY})\b"
)


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day and the words that say it."""

    day: date
    words: str


def past_day(text: str, today: date) -> SaidDay | None:
    """The first day in a text that is today or lies before it; a day without year is its latest."""
    low = text.lower()
    written = (_as_past(found, today) for found in _WRITTEN.finditer(low))
    found = [one for one in written if one is not None]
    said = next((one for match in _PAST.finditer(low) if (one := _said_past(match, today))), None)
    first = found[:1] + ([said] if said else [])
    return min(first, key=lambda one: low.find(one.words), default=None)


def coming_day(text: str, today: date) -> SaidDay | None:
    """The first day in a text that is today or lies after it; a day without year is its next."""
    low = text.lower()
    written = (_as_coming(found, today) for found in _WRITTEN.finditer(low))
    found = [one for one in written if one is not None]
    said = next((one for match in _COMING.finditer(low) if (one := _said_coming(match, today))), None)
    first = found[:1] + ([said] if said else [])
    return min(first, key=lambda one: low.find(one.words), default=None)


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day.

    >>> months_on(date(2026, 12, 31), 2)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _as_past(found: re.Match[str], today: date) -> SaidDay | None:
    day = _written(found, [today.year, today.year - 1], lambda one: one <= today)
    return SaidDay(day, found[0]) if day else None


def _as_coming(found: re.Match[str], today: date) -> SaidDay | None:
    day = _written(found, [today.year, today.year + 1], lambda one: one >= today)
    return SaidDay(day, found[0]) if day else None


def _written(found: re.Match[str], years: list[int], fits: Callable[[date], bool]) -> date | None:
    """A written day in the year that it names, or in the first of these in which it fits."""
    number = found["day"] or found["day2"] or found["day3"]
    named = found["month"] or found["month2"]
    month = _MONTHS.index(named[:3]) + 1 if named else int(found["month3"] or found["month4"])
    year = found["year"] or found["year2"] or found["year3"] or found["year4"]
    tried = [int(year) + (2000 if len(year) == 2 else 0)] if year else years
    days = (_date(one, month, int(number)) for one in tried)
    return next((day for day in days if day is not None and fits(day)), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _said_past(found: re.Match[str], today: date) -> SaidDay | None:
    if found["weekday"]:
        back = (today.weekday() - _DAYS.index(found["weekday"])) % 7
        return SaidDay(today - timedelta(days=back or (7 if found["said"] == "last" else 0)), found[0])
    if found["unit"]:
        days = _count(found["number"]) * (7 if found["unit"] == "week" else 1)
        return SaidDay(today - timedelta(days=days), found[0])
    return SaidDay(today - timedelta(days=1 if found["yesterday"] else 0), found[0])


def _said_coming(found: re.Match[str], today: date) -> SaidDay | None:
    if found["weekday"]:
        ahead = (_DAYS.index(found["weekday"]) - today.weekday()) % 7 or 7
        return SaidDay(today + timedelta(days=ahead), found[0])
    if found["unit"]:
        number = _count(found["number"])
        if found["unit"] == "month":
            return SaidDay(months_on(today, number), found[0])
        return SaidDay(today + timedelta(days=number * (7 if found["unit"] == "week" else 1)), found[0])
    if found["next"] == "month":
        return SaidDay(months_on(today, 1), found[0])
    days = 1 if found["tomorrow"] else 14 if found["fortnight"] else 7
    return SaidDay(today + timedelta(days=days), found[0])


def _count(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() else _NUMBERS.get(said, 1)
