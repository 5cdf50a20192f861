"""Zip files, opened only if their directory promises a harmless size, and counted again while unpacking."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from crm.errors import UnreadableFileError
from crm.readers import limits

_CHUNK = 1 << 16
_SMALL = 1 << 20
_READ_PROBLEMS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What one zip may hold: files, bytes in all once unpacked, bytes in one file, and growth."""

    entries: int
    total_bytes: int
    entry_bytes: int
    ratio: int = limits.PACKING_RATIO


WORKBOOK = ArchiveLimits(limits.ARCHIVE_ENTRIES, limits.UNPACKED_BYTES, limits.UNPACKED_BYTES)
ADVERTS = ArchiveLimits(limits.ADVERT_ENTRIES, limits.ADVERTS_UNPACKED_BYTES, limits.ADVERT_ENTRY_BYTES)


def open_archive(content: bytes, allowed: ArchiveLimits) -> zipfile.ZipFile:
    """Open a zip whose directory keeps to the limits.

    Raises:
        UnreadableFileError: it is damaged, encrypted, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except _READ_PROBLEMS as error:
        raise damaged() from error
    entries = archive.infolist()
    if len(entries) > allowed.entries:
        raise UnreadableFileError(
            f"This file holds {len(entries):,} files inside; at most {allowed.entries:,} are read. "
            "Please split it."
        )
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > allowed.total_bytes or (total > _SMALL and total > allowed.ratio * max(packed, 1)):
        raise too_much()
    return archive


def chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """Unpack one file piece by piece, stopping as soon as more than `most` bytes have come out.

    Raises:
        UnreadableFileError: it is damaged, encrypted, or unpacks to too much.
    """
    unpacked = 0
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                unpacked += len(piece)
                if unpacked > most:
                    raise too_much()
                yield piece
    except _READ_PROBLEMS as error:
        raise damaged() from error


def damaged() -> UnreadableFileError:
    """The answer to a file that is broken or locked."""
    return UnreadableFileError(
        "This file is damaged or protected by a password, so it could not be opened. "
        "Open it yourself, save a fresh copy without a password and upload that."
    )


def too_much() -> UnreadableFileError:
    """The answer to a file that would unpack to more than is safe."""
    return UnreadableFileError(
        "This file would unpack to far more than its size, so it was not opened. "
        "Save only the sheet that you need as CSV and upload that."
    )
