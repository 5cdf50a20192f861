"""Files that people open in a spreadsheet program: nothing that somebody typed may run there as a formula."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO, TextIOWrapper
from typing import IO, Any

from xlsxwriter import Workbook

Cell = str | int | float | date | None
Rows = Iterable[Sequence[Cell]]

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767
_ONLY_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "d mmm yyyy",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file says of itself: who took it away and when, of which list, narrowed by what."""

    who: str
    when: str
    title: str
    narrowed_by: str

    @property
    def line(self) -> str:
        """Who and when."""
        return f"{self.who}, {self.when}"


def safe_cell(value: object) -> str:
    """A value as text that is never taken for a formula (OWASP, CSV injection); None is empty."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def typed_cell(text: str) -> str:
    """What was typed before `safe_cell` put its mark before it."""
    is_marked = text.startswith("'") and text[1:].startswith(_STARTS_A_FORMULA)
    return text[1:] if is_marked else text


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file in UTF-8 with the mark by which spreadsheet programs know it."""
    written = StringIO(newline="")
    _write_lines(written, columns, rows)
    return written.getvalue().encode("utf-8-sig", "replace")


def write_csv(file: IO[bytes], columns: Sequence[str], rows: Rows, mark: Mark) -> int:
    """Write a CSV file whose last column says on each line who took it away; gives how many rows."""
    text = TextIOWrapper(file, "utf-8-sig", "replace", newline="")
    marked = ([*row, mark.line] for row in rows)
    count = _write_lines(text, [*columns, "Taken away by"], marked)
    text.flush()
    text.detach()
    return count


def _write_lines(file: IO[str], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow([safe_cell(name) for name in columns])
    count = 0
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        count += 1
    return count


def write_xlsx(file: IO[bytes], columns: Sequence[str], rows: Rows, mark: Mark) -> int:
    """Write a workbook: the list, and a sheet that says who took it away; gives how many rows."""
    book: Any = Workbook(file, _ONLY_TEXT)
    sheet = book.add_worksheet(mark.title)
    sheet.freeze_panes(1, 0)
    sheet.set_footer(f"&L{mark.line.replace('&', '&&')[:200]}&R&P / &N")
    bold, count = book.add_format({"bold": True}), 0
    for place, name in enumerate(columns):
        sheet.set_column(place, place, max(12, len(name) + 2))
        sheet.write_string(0, place, name, bold)
    for count, row in enumerate(rows, start=1):
        _write_row(sheet, count, row)
    about = book.add_worksheet("About this file")
    told = ("Taken away by", mark.who), ("When", mark.when), ("Narrowed by", mark.narrowed_by)
    for number, line in enumerate([*told, ("Rows", count)]):
        _write_row(about, number, line)
    book.close()
    return count


def write_template(
    file: IO[bytes], columns: Sequence[str], about_columns: Sequence[str], about: Rows
) -> None:
    """Write a workbook with an empty list, and a second sheet that says what its columns hold."""
    book: Any = Workbook(file, _ONLY_TEXT)
    bold = book.add_format({"bold": True})
    sheets = ("List", columns, ()), ("What each column holds", about_columns, about)
    for title, header, rows in sheets:
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(header):
            sheet.set_column(place, place, max(16, len(name) + 2))
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(rows, start=1):
            _write_row(sheet, number, row)
    book.close()


def _write_row(sheet: Any, number: int, row: Sequence[Cell]) -> None:
    """Each value as what it is: text stays text, whatever it begins with."""
    for place, value in enumerate(row):
        if isinstance(value, str):
            sheet.write_string(number, place, value[:_LONGEST_CELL])
        elif isinstance(value, date):
            sheet.write_datetime(number, place, value)
        elif value is not None:
            sheet.write_number(number, place, value)
