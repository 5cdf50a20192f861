"""What kind of file something is, told by what is in it: its name is never believed."""

import re
import unicodedata
from enum import StrEnum

from crm.errors import UnreadableFileError
from crm.readers import limits


class FileType(StrEnum):
    """The kinds of file that are kept as documents."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    TEXT = "text"


_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.PNG: "image/png",
    FileType.JPEG: "image/jpeg",
    FileType.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileType.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileType.ODT: "application/vnd.oasis.opendocument.text",
    FileType.TEXT: "text/plain; charset=utf-8",
}
"""What a browser is told about a file of each kind."""

_ENDINGS = {FileType.JPEG: ("jpg", "jpeg"), FileType.TEXT: ("txt",)}
_SIGNS = {b"%PDF-": FileType.PDF, b"\x89PNG\r\n\x1a\n": FileType.PNG, b"\xff\xd8\xff": FileType.JPEG}
_ZIP = b"PK\x03\x04"
_PROGRAM = "a program for"
_REFUSED_SIGNS = {
    b"MZ": f"{_PROGRAM} Windows",
    b"\x7fELF": f"{_PROGRAM} Linux",
    b"\xcf\xfa\xed\xfe": f"{_PROGRAM} the Mac",
    b"\xce\xfa\xed\xfe": f"{_PROGRAM} the Mac",
    b"\xca\xfe\xba\xbe": f"{_PROGRAM} the Mac or for Java",
    b"#!": "a script, which a computer runs",
    b"L\x00\x00\x00\x01\x14\x02\x00": "a Windows shortcut, which can start a program",
    b"\xd0\xcf\x11\xe0": "an Office file of the old kind, or one locked by a password",
    b"{\\rtf": "a Rich Text file",
    b"Rar!": "a packed folder (RAR)",
    b"7z\xbc\xaf": "a packed folder (7z)",
    b"\x1f\x8b": "a packed file (gzip)",
    b"GIF8": "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"RIFF": "a WebP picture, a sound or a film",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
}
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_DRAWING = re.compile(r"<(?:\w+:)?svg\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|script|iframe)\b", re.IGNORECASE)
_LONGEST_NAME = 150


def ensure_fits(content: bytes, name: str) -> None:
    """Let a file go on that is no larger than one document may be, and not empty.

    Raises:
        UnreadableFileError: it is.
    """
    if not content:
        raise UnreadableFileError(f"“{name}” is empty. Choose the file again.")
    if len(content) > limits.UPLOAD_BYTES:
        raise UnreadableFileError(
            f"“{name}” is {len(content) / 1024**2:,.1f} MB; a document can be "
            f"{limits.UPLOAD_BYTES // 1024**2} MB at most. Save it smaller, or in parts."
        )


def simple_type(content: bytes, name: str) -> FileType | None:
    """The kind of a file as its first bytes and its text say; None for a zip, which has to be looked into.

    Raises:
        UnreadableFileError: it is of a kind that is not kept; the words name the kind.
    """
    if content.startswith(_ZIP):
        return None
    for sign, kind in _SIGNS.items():
        if content.startswith(sign):
            return kind
    for sign, what in _REFUSED_SIGNS.items():
        if content.startswith(sign):
            raise not_kept(name, what)
    if content[4:8] == b"ftyp":
        raise not_kept(name, "a picture of a telephone (HEIC) or a film")
    _ensure_plain_text(content, name)
    return FileType.TEXT


def _ensure_plain_text(content: bytes, name: str) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_kept(name, "a file of a kind that is not known here") from error
    if _NOT_TEXT.search(text):
        raise not_kept(name, "a file of a kind that is not known here")
    if text.lstrip().startswith("<") and _DRAWING.search(text):
        raise not_kept(name, "an SVG drawing, which can hold a program")
    if _PAGE.search(text):
        raise not_kept(name, "a web page (HTML), which can hold a program")
    if text.lstrip().startswith("<?xml"):
        raise not_kept(name, "an XML file")


def not_kept(name: str, what: str) -> UnreadableFileError:
    """The answer to a file of a kind that is not kept."""
    return UnreadableFileError(
        f"“{name}” is {what}, so it was not attached. Attach a PDF, a PNG or JPEG picture, a Word (DOCX), "
        "Excel (XLSX) or OpenDocument (ODT) file without macros, or plain text."
    )


def tidy_name(name: str) -> str:
    """The last part of a file's name, in one line, without signs that are not seen."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if sign.isspace() else sign for sign in last if _is_seen(sign))
    return " ".join(seen.split()).strip(". ") or "document"


def _is_seen(sign: str) -> bool:
    return sign.isspace() or not unicodedata.category(sign).startswith("C")


def fitting_name(name: str, kind: FileType) -> str:
    """A tidy name that ends as files of its kind do, whatever it ended with before."""
    tidy, endings = tidy_name(name), _ENDINGS.get(kind, (kind.value,))
    stem, dot, ending = tidy.rpartition(".")
    if not (stem and dot and ending.lower() in endings):
        stem, ending = tidy, endings[0]
    return f"{stem[:_LONGEST_NAME]}.{ending}"
