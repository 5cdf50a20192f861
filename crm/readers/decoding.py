"""Bytes to text: UTF-8, then UTF-16 or UTF-32 by its mark, then Windows-1252; the answer says which."""

import codecs
import re
from dataclasses import dataclass

from crm.errors import UnreadableFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAMPLE_BYTES = 4096
_MOSTLY = 0.4
_ESCAPED = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text and the plain name of the encoding that it was read with."""

    text: str
    encoding: str


def decode(content: bytes) -> DecodedText:
    """Read bytes as text, in the first encoding that fits.

    Raises:
        UnreadableFileError: the bytes are not text in any encoding that we read.
    """
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            return _strictly(content, codec, name)
    if unmarked := _unmarked_utf16(content):
        return _strictly(content, unmarked, "UTF-16")
    try:
        return DecodedText(content.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _not_quite_utf8(content)


def _not_quite_utf8(content: bytes) -> DecodedText:
    """Windows-1252, unless the file is plainly UTF-8 with a few broken letters.

    Broken letters become lone surrogates, so that only the rows that hold them are refused.
    """
    text = content.decode("utf-8", "surrogateescape")
    broken = len(_ESCAPED.findall(text))
    if len(_BEYOND_ASCII.findall(text)) > 2 * broken:
        return DecodedText(text, "UTF-8 with broken letters")
    return _strictly(content, "cp1252", "Windows-1252")


def _strictly(content: bytes, codec: str, name: str) -> DecodedText:
    try:
        return DecodedText(content.decode(codec), name)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"The letters in this file could not be read (as {name}, at byte {error.start + 1:,}). "
            "Open it in your spreadsheet program, save it as “CSV UTF-8” and upload it again."
        ) from error


def _unmarked_utf16(content: bytes) -> str | None:
    """Western text in UTF-16 has a zero in every second byte; nothing else that is text does."""
    sample = content[:_SAMPLE_BYTES]
    pairs = len(sample) // 2
    if not pairs:
        return None
    if sample[1::2].count(0) > pairs * _MOSTLY and not sample[0::2].count(0):
        return "utf-16-le"
    if sample[0::2].count(0) > pairs * _MOSTLY and not sample[1::2].count(0):
        return "utf-16-be"
    return None
