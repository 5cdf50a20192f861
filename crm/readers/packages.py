"""Which office file a zip is, told by its parts; one that holds programs is refused."""

import re
import zipfile

from crm.readers.archives import WORKBOOK, chunks, open_archive
from crm.readers.file_types import FileType, not_kept

_MAIN_PARTS = {"word/document.xml": FileType.DOCX, "xl/workbook.xml": FileType.XLSX}
_CONTENTS = "[Content_Types].xml"
_MOST = 4 * 1024 * 1024
_ODT = b"application/vnd.oasis.opendocument.text"
_PROGRAMS = re.compile(r"vbaproject|vbadata|activex/|macrosheets/|^basic/|^scripts/", re.IGNORECASE)
_MACROS = "an Office file with macros, which are programs"


def package_type(content: bytes, name: str) -> FileType:
    """The kind of office file that a zip is.

    Raises:
        UnreadableFileError: it is damaged or locked, holds macros, or is another kind of zip.
    """
    archive = open_archive(content, WORKBOOK)
    names = archive.namelist()
    if any(_PROGRAMS.search(one.replace("\\", "/")) for one in names):
        raise not_kept(name, _MACROS)
    if _CONTENTS in names:
        return _office(archive, names, name)
    if "mimetype" in names and "content.xml" in names and _part(archive, "mimetype").strip() == _ODT:
        return FileType.ODT
    raise not_kept(name, "a packed folder (ZIP) or an Office file of another kind")


def _office(archive: zipfile.ZipFile, names: list[str], name: str) -> FileType:
    said = _part(archive, _CONTENTS).lower()
    if b"macroenabled" in said or b"vbaproject" in said:
        raise not_kept(name, _MACROS)
    for part, kind in _MAIN_PARTS.items():
        if part in names:
            _part(archive, part, most=WORKBOOK.entry_bytes)
            return kind
    raise not_kept(name, "an Office file of another kind")


def _part(archive: zipfile.ZipFile, part: str, most: int = _MOST) -> bytes:
    return b"".join(chunks(archive, archive.getinfo(part), most))
