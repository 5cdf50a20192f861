"""Dates in the many forms that boards write, read the UK way (day first) where both readings are possible."""

import re
from datetime import UTC, date, datetime

from crm.readers.adverts import TEXT, Figure
from crm.readers.numbers import tidy
from crm.readers.values import text_of

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t\d{4,6}z?)?")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/]*(?:of\s+)?{_MONTH},?[\s\-/]*(\d{{4}}|\d{{2}})(?!\d)"
)
_MONTH_DAY = re.compile(rf"{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_YEARS = range(1990, 2101)
_CLOSING = re.compile(
    r"\b(?:closing date|closes(?: on)?|applications close|apply by|deadline)\b([^\n]{6,60})"
)


def read_date(value: object) -> date | None:
    """The date that a value gives, in its own time zone; None for anything that is no whole date."""
    text = text_of(value)
    return None if text is None else date_in(text)


def date_in(text: str) -> date | None:
    """The first date in a piece of text; 03/04/2026 is 3 April, 04/13/2026 can only be 13 April."""
    text = text[:60].lower()
    if found := _YEAR_FIRST.search(text):
        return _date(found[1], found[2], found[3])
    if found := _DAY_MONTH.search(text):
        return _date(found[3], str(_MONTHS[found[2]]), found[1])
    if found := _MONTH_DAY.search(text):
        return _date(found[3], str(_MONTHS[found[1]]), found[2])
    if found := _NUMBERS.search(text):
        return _date(found[3], found[2], found[1]) or _date(found[3], found[1], found[2])
    if found := _COMPACT.fullmatch(text):
        return _date(*found.groups())
    return _from_epoch(text)


def _date(year: str, month: str, day: str) -> date | None:
    whole_year = int(year) + (2000 if len(year) == 2 else 0)
    if whole_year not in _YEARS:
        return None
    try:
        return date(whole_year, int(month), int(day))
    except ValueError:
        return None


def _from_epoch(text: str) -> date | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text) / (1000 if len(text.split(".")[0]) == 13 else 1)
    moment = datetime.fromtimestamp(seconds, tz=UTC)
    return moment.date() if moment.year in _YEARS else None


def dated(path: str, value: object) -> Figure[date] | None:
    """A date property with where it came from."""
    found = read_date(value)
    return None if found is None else Figure(found, f"field:{path}", text_of(value) or "")


def closing_in(text: str) -> Figure[date] | None:
    """A closing date that only the text of the advert gives."""
    tidied = tidy(text)
    if not any(word in tidied for word in ("clos", "deadline", "apply by")):
        return None
    for found in _CLOSING.finditer(tidied):
        closing = date_in(found[1])
        if closing is not None:
            return Figure(closing, TEXT, " ".join(found[0].split()))
    return None
