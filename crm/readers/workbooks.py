"""Workbooks (XLSX, XLSM, XLS, ODS), read as text. Uploads are read so in a limited process (`apart`)."""

from io import BytesIO
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from crm.errors import UnreadableFileError
from crm.readers import limits
from crm.readers.archives import WORKBOOK, chunks, damaged, open_archive, too_much
from crm.readers.cells import SheetText, cell_text

_DECLARATIONS = tuple(
    word.encode(codec) for word in ("<!DOCTYPE", "<!ENTITY") for codec in ("ascii", "utf-16-le", "utf-16-be")
)
_WORKBOOK_PARTS = {"[Content_Types].xml", "content.xml", "mimetype"}
_ABOVE_HEADER = 60
_LONGEST = max(map(len, _DECLARATIONS))
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCKED = "This workbook is protected by a password. Save a copy without the password and upload that."


def read_workbook(content: bytes, wanted: str | None = None) -> SheetText:
    """Read one sheet: the wanted one, or the first visible one that holds anything.

    Raises:
        UnreadableFileError: the workbook is damaged, locked, too large or empty.
    """
    if content.startswith(b"PK"):
        _check_parts(content)
    elif _ENCRYPTED in content:
        raise UnreadableFileError(_LOCKED)
    try:
        return _read(content, wanted)
    except PasswordError as error:
        raise UnreadableFileError(_LOCKED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged() from error
    except BaseException as error:
        # The library is compiled; where it gives up on a file altogether, that comes as no kind of Exception.
        if type(error).__name__ == "PanicException":
            raise damaged() from error
        raise


def _check_parts(content: bytes) -> None:
    """Unpack everything once, counting, and refuse XML that declares entities."""
    archive = open_archive(content, WORKBOOK)
    if not _WORKBOOK_PARTS.intersection(archive.namelist()):
        raise UnreadableFileError(
            "This is a zip file, not a workbook. Unpack it and upload the table that is inside."
        )
    left = limits.UNPACKED_BYTES
    for entry in archive.infolist():
        left -= _check_part(archive, entry.filename, left)


def _check_part(archive: ZipFile, name: str, left: int) -> int:
    tail, size = b"", 0
    for piece in chunks(archive, archive.getinfo(name), left):
        size += len(piece)
        window = tail + piece
        if name.endswith((".xml", ".rels")) and any(word in window for word in _DECLARATIONS):
            raise UnreadableFileError(
                "This workbook contains XML declarations that no spreadsheet program writes, "
                "so it was not opened. Save a fresh copy from your spreadsheet program and upload that."
            )
        tail = piece[-_LONGEST:]
    return size


def _read(content: bytes, wanted: str | None) -> SheetText:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if wanted is not None and wanted not in names:
        raise UnreadableFileError(f"There is no sheet called “{wanted}” in this workbook.")
    for name in [wanted] if wanted is not None else names:
        rows = _rows(workbook.get_sheet_by_name(name))
        if any(map(any, rows)) or wanted is not None:
            return SheetText(sheet=name, sheets=names, rows=rows)
    raise UnreadableFileError("This workbook is empty: none of its sheets holds anything.")


def _rows(sheet: CalamineSheet) -> list[list[str]]:
    start, end = sheet.start, sheet.end
    if start is None or end is None:
        return []
    if end[1] >= limits.COLUMNS and sheet.width > limits.COLUMNS:
        raise UnreadableFileError(
            f"This sheet is {sheet.width:,} columns wide; at most {limits.COLUMNS} are read. "
            "Please leave out columns that are not needed."
        )
    rows: list[list[str]] = []
    characters = 0
    for cells in sheet.iter_rows():
        row = [""] * start[1] + [cell_text(cell) for cell in cells]
        characters += sum(map(len, row))
        if characters > limits.CHILD_TEXT_CHARACTERS:
            raise too_much()
        rows.append(row)
        if len(rows) > limits.ROWS + _ABOVE_HEADER and any(row):
            raise UnreadableFileError(
                f"This sheet has more than {limits.ROWS:,} rows. Please split it and upload the parts."
            )
    return rows
