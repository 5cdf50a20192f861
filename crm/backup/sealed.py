"""A file that only its key opens: AES-256-GCM in parts of 64 KiB, whose order and end are part of the proof.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015), as age uses it: each file has a key of
its own, the nonce of a part is its number and whether it is the last. So a part that is changed, moved, left
out or put in does not open, and neither does the last one of a file that was cut off.
"""

import hmac
import os
from io import BufferedReader, RawIOBase
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from typing_extensions import Buffer

from crm.errors import CrmError

PRODUCT, FORMAT = b"EECRM backup ", b"1\n"
PART = 64 * 1024
_SALT, _CHECK, _TAG = 16, 16, 16
HEAD = len(PRODUCT + FORMAT) + _SALT + _CHECK
_DAMAGED = "The backup is damaged or cut off at part {}. Nothing in it is used; take another one."


class BackupError(CrmError):
    """A backup cannot be made, or cannot be used as it is."""


def _keys(secret: bytes, salt: bytes) -> tuple[AESGCM, bytes]:
    """The key of one file, and a sign by which a wrong secret is told from a damaged file."""
    made = HKDF(algorithm=SHA256(), length=32 + _CHECK, salt=salt, info=PRODUCT + FORMAT).derive(secret)
    return AESGCM(made[:32]), made[32:]


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11) + (b"\1" if is_last else b"\0")


class SealedWriter(RawIOBase):
    """Writes what it is given to a file, sealed. The file can be opened again only after `close`."""

    def __init__(self, file: BinaryIO, secret: bytes) -> None:
        salt = os.urandom(_SALT)
        self._cipher, check = _keys(secret, salt)
        self._head = PRODUCT + FORMAT + salt + check
        self._file, self._number, self._waiting = file, 1, bytearray()
        file.write(self._head)

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, content: Buffer, /) -> int:
        """Take more in; a part is sealed once it is known that another one follows."""
        self._waiting += content
        while len(self._waiting) > PART:
            self._seal(bytes(self._waiting[:PART]), is_last=False)
            del self._waiting[:PART]
        return memoryview(content).nbytes

    def close(self) -> None:
        """Seal what is left as the last part."""
        if not self.closed:
            self._seal(bytes(self._waiting), is_last=True)
        super().close()

    def _seal(self, content: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, content, self._head))
        self._number += 1


class SealedReader(RawIOBase):
    """Reads a sealed file from its beginning; what it gives has been proved, part by part.

    Raises:
        BackupError: it is no backup, of a newer version, locked with another key, or damaged.
    """

    def __init__(self, file: BinaryIO, secret: bytes) -> None:
        self._head = file.read(HEAD)
        _ensure_ours(self._head)
        salt, check = self._head[-_CHECK - _SALT : -_CHECK], self._head[-_CHECK:]
        self._cipher, wanted = _keys(secret, salt)
        if not hmac.compare_digest(check, wanted):
            raise BackupError(
                "The backup key of this installation does not open this file: it was locked with "
                "another key, or its first bytes are damaged."
            )
        self._file, self._number, self._plain = file, 1, b""
        self._following = file.read(PART + _TAG)

    def readable(self) -> bool:
        """It can be read from."""
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        """Open the next part when the one before has been given out."""
        if not self._plain and self._following is not None:
            self._open()
        room = memoryview(buffer).cast("B")
        given = self._plain[: len(room)]
        room[: len(given)] = given
        self._plain = self._plain[len(given) :]
        return len(given)

    def _open(self) -> None:
        sealed: bytes = self._following or b""
        following = self._file.read(PART + _TAG)
        try:
            self._plain = self._cipher.decrypt(
                _nonce(self._number, is_last=not following), sealed, self._head
            )
        except InvalidTag as problem:
            raise BackupError(_DAMAGED.format(self._number)) from problem
        self._number += 1
        self._following = following or None


def _ensure_ours(head: bytes) -> None:
    if not head.startswith(PRODUCT):
        raise BackupError("This file is not a backup of this product, or its first bytes are damaged.")
    if not head.startswith(PRODUCT + FORMAT):
        raise BackupError(
            "This backup was made by a newer version of this product, or its first bytes are damaged. "
            "Use that version."
        )
    if len(head) < HEAD:
        raise BackupError(
            "The backup is damaged or cut off at part 1. Nothing in it is used; take another one."
        )


def buffered(file: BinaryIO, secret: bytes) -> BufferedReader:
    """A sealed file as one that can be read in pieces of any size."""
    return BufferedReader(SealedReader(file, secret), PART)
