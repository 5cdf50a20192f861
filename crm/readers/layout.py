"""From raw rows to a header and usable rows: titles, blank and repeated names, ragged and unusable rows."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from crm.errors import UnreadableFileError
from crm.readers import limits
from crm.readers.delimited import NumberedRow

_TITLE_ROWS = 30
_TABLE_WIDTH = 3
_SHOWN = 5
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One accepted row: its number in the file as a spreadsheet shows it, and a cell for each header name."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that cannot be used: where it is, the column if one is to blame, why, and what it holds."""

    number: int
    column: str | None
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The parts of a table, with notes on what was done to make it one."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    refused: tuple[RefusedRow, ...]
    notes: tuple[str, ...]


def lay_out(raw: Sequence[NumberedRow]) -> LaidOut:
    """Find the header, give every row one cell a column, and set unusable rows aside with their reason.

    Raises:
        UnreadableFileError: nothing is filled in, or there are too many rows or columns.
    """
    filled = [row for row in raw if row.problem or any(cell.strip() for cell in row.cells)]
    if all(row.problem for row in filled):
        raise UnreadableFileError("This file holds no rows that can be read.")
    top = _header_position(filled)
    body = filled[top + 1 :]
    if len(body) > limits.ROWS:
        raise UnreadableFileError(
            f"This file has {len(body):,} rows; at most {limits.ROWS:,} are read at a time. Please split it."
        )
    names = _trimmed(filled[top].cells)
    width = max([len(names), *(len(_trimmed(row.cells)) for row in body)])
    if width > limits.COLUMNS:
        raise UnreadableFileError(
            f"This file is {width:,} columns wide; at most {limits.COLUMNS} are read. "
            "Please leave out columns that are not needed."
        )
    header, notes = _usable_names(names, width)
    rows, refused = _sorted_out(body, header)
    blank = len(raw) - len(filled)
    notes = [*_about_titles(filled[:top]), *notes, *_about_shape(body, len(names), blank)]
    return LaidOut(header, tuple(rows), tuple(refused), tuple(notes))


def _header_position(filled: Sequence[NumberedRow]) -> int:
    """Titles above a table fill few cells: the header is the first row that fills half of what is usual."""
    start = filled[:_TITLE_ROWS]
    usual = median(sum(1 for cell in row.cells if cell.strip()) for row in start)
    if usual < _TABLE_WIDTH:
        return 0
    for position, row in enumerate(start):
        if sum(1 for cell in row.cells if cell.strip()) >= usual / 2:
            return position
    return 0


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    """The cells up to the last one that is filled."""
    last = len(cells)
    while last and not cells[last - 1].strip():
        last -= 1
    return cells[:last]


def _usable_names(names: Sequence[str], width: int) -> tuple[tuple[str, ...], list[str]]:
    """A different, non-empty name for every column, and what was changed to get there."""
    given = [" ".join(_cleaned(name).split()) for name in names] + [""] * (width - len(names))
    blank = [position for position, name in enumerate(given, start=1) if not name]
    notes = [f"Without a name, so called by position: {_numbers('column', blank)}."] if blank else []
    seen: Counter[str] = Counter()
    usable: list[str] = []
    for position, name in enumerate(given, start=1):
        name = name or f"Column {position}"
        seen[name] += 1
        if name in usable:
            renamed = _unused(name, seen, {*given, *usable})
            notes.append(f"The name “{name}” occurs again in column {position}; there it is “{renamed}”.")
            name = renamed
        usable.append(name)
    return tuple(usable), notes


def _unused(name: str, seen: Counter[str], taken: set[str]) -> str:
    while (candidate := f"{name} ({seen[name]})") in taken:
        seen[name] += 1
    return candidate


def _cleaned(text: str) -> str:
    return _SURROGATE.sub("�", text).replace("\0", "")


def _sorted_out(body: Sequence[NumberedRow], header: tuple[str, ...]) -> tuple[list[Row], list[RefusedRow]]:
    rows: list[Row] = []
    refused: list[RefusedRow] = []
    for row in body:
        cells = (*row.cells[: len(header)], *("",) * (len(header) - len(row.cells)))
        problem = (None, row.problem) if row.problem else _problem(cells, header)
        if problem:
            refused.append(RefusedRow(row.number, problem[0], problem[1], row.cells))
        else:
            rows.append(Row(row.number, cells))
    return rows, refused


def _problem(cells: tuple[str, ...], header: tuple[str, ...]) -> tuple[str, str] | None:
    for column, cell in zip(header, cells, strict=True):
        if "\0" in cell:
            return column, "The cell holds a NUL character, which no text may hold. Type the cell again."
        if len(cell) > limits.CELL_CHARACTERS:
            return column, (
                f"The cell holds {len(cell):,} characters; at most {limits.CELL_CHARACTERS:,} are read. "
                "A quotation mark that is never closed may have swallowed the rows after it."
            )
        if not cell.isascii() and _SURROGATE.search(cell):
            return column, "The cell holds half of a character (a lone surrogate). Type the cell again."
    return None


def _about_titles(titles: Sequence[NumberedRow]) -> list[str]:
    said = [(row.number, _cleaned(" ".join(_trimmed(row.cells))).strip()) for row in titles]
    return [f"Row {number} above the header was left out as a title: “{text}”." for number, text in said]


def _about_shape(body: Sequence[NumberedRow], width: int, blank: int) -> list[str]:
    notes: list[str] = []
    short = [row.number for row in body if not row.problem and len(row.cells) < width]
    long = [row.number for row in body if len(_trimmed(row.cells)) > width]
    if short:
        notes.append(f"Fewer cells than the header, the rest taken as empty: {_numbers('row', short)}.")
    if long:
        notes.append(f"More cells than the header, kept in added columns: {_numbers('row', long)}.")
    if blank:
        notes.append("1 empty row was left out." if blank == 1 else f"{blank:,} empty rows were left out.")
    return notes


def _numbers(noun: str, numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"{noun} {numbers[0]:,}"
    shown = ", ".join(f"{number:,}" for number in numbers[:_SHOWN])
    more = len(numbers) - _SHOWN
    return f"{noun}s {shown} and {more:,} more" if more > 0 else f"{noun}s {shown}"
