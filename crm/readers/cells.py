"""Workbook cells as the text that a person would type."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypedDict

CellValue = int | float | str | bool | time | date | datetime | timedelta | None

_WHOLE = 1e15


class SheetText(TypedDict):
    """One sheet as text: its name, the names of all sheets, and its rows from the first row of the sheet."""

    sheet: str
    sheets: list[str]
    rows: list[list[str]]


def cell_text(value: CellValue) -> str:
    """Show a cell as typed: 2026-11-03, 09:30, 37:30 for a duration, 3 rather than 3.0, TRUE or FALSE.

    Numbers keep the 15 digits that spreadsheets keep.
    """
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return _number(value)
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case time():
            return _clock(value)
        case timedelta():
            return _duration(value)
        case _:
            return str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    short = f"{value:.15g}"
    return f"{Decimal(short):f}" if "e" in short else short


def _moment(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    return f"{value.date().isoformat()} {_clock(value.time())}"


def _clock(value: time) -> str:
    return value.isoformat("seconds" if value.second else "minutes")


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(abs(value.total_seconds())), 60)
    sign = "-" if value < timedelta() else ""
    shown = f"{sign}{minutes // 60}:{minutes % 60:02d}"
    return f"{shown}:{seconds:02d}" if seconds else shown
