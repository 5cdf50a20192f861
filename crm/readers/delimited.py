"""Delimited text (CSV, TSV and relatives) to rows: finds the delimiter, keeps every row number."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from crm.errors import UnreadableFileError
from crm.readers import limits

_DELIMITERS = ",\t;|"
_NAMES = {",": "comma", "\t": "tab", ";": "semicolon", "|": "vertical bar"}
_SAMPLE_CHARACTERS = 60_000
_SAMPLE_ROWS = 60
_DECLARED = re.compile(r'\A"?sep=([,;|\t])"?\r?\n', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """One record: its row number as a spreadsheet shows it (from 1), its cells, or why it is unreadable."""

    number: int
    cells: tuple[str, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """The records of one file and the plain name of their delimiter (None for a single column)."""

    rows: list[NumberedRow]
    delimiter: str | None


def read_delimited(text: str) -> DelimitedText:
    """Split text into records; a record that breaks the rules of CSV is kept with its problem.

    Raises:
        UnreadableFileError: there are more rows than may be imported.
    """
    first = 1
    declared = _DECLARED.match(text)
    if declared:
        text, first = text[declared.end() :], 2
    delimiter = declared[1] if declared else _sniff(text[:_SAMPLE_CHARACTERS])
    rows = _records(text, delimiter or ",", first)
    return DelimitedText(rows, _NAMES[delimiter] if delimiter else None)


def _sniff(sample: str) -> str | None:
    """The delimiter that splits most records into the same number of cells; None where none splits."""
    scores = {delimiter: _score(sample, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0, 0) else None


def _score(sample: str, delimiter: str) -> tuple[float, int]:
    try:
        records = list(islice(_reader(sample, delimiter), _SAMPLE_ROWS))
    except csv.Error:
        return (0, 0)
    widths = Counter(len(record) for record in records if any(record))
    widths.pop(1, None)
    if not widths:
        return (0, 0)
    width, alike = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (alike / len(records), width)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    spaced = re.search(rf'(?m)^[^"\n]*{re.escape(delimiter)} +"', text[:_SAMPLE_CHARACTERS]) is not None
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=spaced)


def _records(text: str, delimiter: str, first: int) -> list[NumberedRow]:
    rows: list[NumberedRow] = []
    reader = _reader(text, delimiter)
    number = first - 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return rows
        except csv.Error:
            rows.append(NumberedRow(number, (), _UNCLOSED))
            continue
        if number > limits.ROWS + _SAMPLE_ROWS:
            raise UnreadableFileError(
                f"This file has more than {limits.ROWS:,} rows. Please split it and upload the parts."
            )
        rows.append(NumberedRow(number, tuple(cells)))


_UNCLOSED = (
    "A quotation mark is opened and not closed near this row, so its cells could not be told apart. "
    "Close or remove the quotation mark."
)
