"""An uploaded table, whatever program wrote it: CSV, TSV, XLSX, XLS or ODS to one kind of Table.

What the file *is* decides how it is read, never its name. Every row after the header is either in `rows`
or, with its reason, in `refused`; nothing is lost in silence, and what was done to the file is in `notes`.
"""

import re
from dataclasses import dataclass

from crm.errors import UnreadableFileError
from crm.readers import limits
from crm.readers.decoding import decode
from crm.readers.delimited import NumberedRow, read_delimited
from crm.readers.layout import RefusedRow, Row, lay_out
from crm.readers.workbooks import read_workbook

__all__ = ["RefusedRow", "Row", "Table", "read_table"]

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old Excel workbooks, and workbooks with a password, begin."""
_OLD_EXCEL = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_NOT_TABLES = (
    ((b"%PDF",), "a PDF document"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "a picture"),
    ((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh"), "a packed file: unpack it first"),
    ((b"{\\rtf",), "a text document"),
)

_JSON = re.compile(r"[\[{]\s*[\"\[{\n]")


@dataclass(frozen=True, slots=True)
class Table:
    """A header, the rows that can be used, those that cannot, and how the file was read.

    `encoding` and `delimiter` are plain names for a text file, else None; `sheet` is the sheet that was read
    and `sheets` all that could be, for a workbook. `row_count` = accepted + refused rows, always.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    refused: tuple[RefusedRow, ...]
    notes: tuple[str, ...]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()

    @property
    def row_count(self) -> int:
        """Rows after the header that hold anything: the accepted and the refused."""
        return len(self.rows) + len(self.refused)


def read_table(content: bytes, name: str, *, sheet: str | None = None) -> Table:
    """Read a table; `name` is the file's name, for messages only. Uploads are read so by `apart.read_table`.

    Raises:
        UnreadableFileError: the file is empty, not a table, damaged, locked, or larger than may be imported.
    """
    if not content.strip():
        raise UnreadableFileError(f"“{name}” is empty.")
    ensure_not_too_large(content, name)
    if content.startswith((b"PK\x03\x04", OLE, *_OLD_EXCEL)):
        return _from_workbook(content, sheet)
    for marks, what in _NOT_TABLES:
        if content.startswith(marks):
            raise _not_a_table(name, what)
    return _from_text(content, name)


def ensure_not_too_large(content: bytes, name: str) -> None:
    """Let a reader go on with a table that is not larger than may be imported.

    Raises:
        UnreadableFileError: it is.
    """
    if len(content) > limits.UPLOAD_BYTES:
        megabytes = limits.UPLOAD_BYTES // 1024**2
        raise UnreadableFileError(f"“{name}” is larger than {megabytes} MB. Please split it.")


def _from_workbook(content: bytes, wanted: str | None) -> Table:
    read = read_workbook(content, wanted)
    numbered = [NumberedRow(number, tuple(cells)) for number, cells in enumerate(read["rows"], start=1)]
    laid = lay_out(numbered)
    notes = laid.notes
    if len(read["sheets"]) > 1 and wanted is None:
        notes = (f"The sheet “{read['sheet']}” was read, one of {len(read['sheets'])}.", *notes)
    return Table(
        laid.header, laid.rows, laid.refused, notes, sheet=read["sheet"], sheets=tuple(read["sheets"])
    )


def _from_text(content: bytes, name: str) -> Table:
    decoded = decode(content)
    start = decoded.text[:1000].lstrip().lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise _not_a_table(name, "a web page or an XML file")
    if _JSON.match(start):
        raise _not_a_table(name, "a JSON file (adverts in JSON are read by the import of vacancies)")
    if not decoded.text.strip():
        raise UnreadableFileError(f"“{name}” is empty.")
    read = read_delimited(decoded.text)
    laid = lay_out(read.rows)
    return Table(laid.header, laid.rows, laid.refused, laid.notes, decoded.encoding, read.delimiter)


def _not_a_table(name: str, what: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"“{name}” is not a table but {what}. "
        "Save it from your spreadsheet program as CSV or XLSX and upload that."
    )
