"""Files that people open in a spreadsheet program: nothing that somebody typed may run there as a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """A value as text that is never taken for a formula (OWASP, CSV injection); None is empty."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file in UTF-8 with the mark by which spreadsheet programs know it."""
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([safe_cell(name) for name in columns])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return written.getvalue().encode("utf-8-sig", "replace")
