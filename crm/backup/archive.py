"""What is in a backup: one line for the beginning, every table line by line, and last the manifest.

Other kinds of part can follow later, as the documents that people hand in: a line `{"part": …}` begins one,
and a version that does not know its kind refuses the file rather than leave it out. Documents that are kept
in a table come along as they are (`crm.backup.rows` knows bytes).
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from gzip import BadGzipFile, GzipFile
from typing import Any, BinaryIO

import sqlalchemy as sa

from crm.audit_chain import Anchor
from crm.backup import rows
from crm.backup.sealed import BackupError, SealedWriter, buffered

_LEVEL = 3
NEWER = "This backup was made by a newer version of this product. Restore it with that version."


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the backup: how many rows, and the SHA-256 of its lines."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: when, at which step of the schema, its tables, how the trail stood."""

    made_at: datetime
    revision: str
    engine: str
    parts: tuple[Part, ...]
    audit: Anchor

    @property
    def rows(self) -> int:
        """All rows in it."""
        return sum(part.rows for part in self.parts)

    def as_json(self) -> dict[str, Any]:
        """The manifest as it is kept in and beside the file."""
        return asdict(self) | {"made_at": self.made_at.isoformat()}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Manifest":
        """The manifest that was kept."""
        return cls(
            made_at=datetime.fromisoformat(kept["made_at"]),
            revision=kept["revision"],
            engine=kept["engine"],
            parts=tuple(Part(**part) for part in kept["parts"]),
            audit=Anchor(**kept["audit"]),
        )


def parts_of(connection: sa.Connection, write: Callable[[bytes], object] = len) -> tuple[Part, ...]:
    """Go through every table, handing each line on, and say what there was."""
    return tuple(_part(connection, table, write) for table in rows.tables(connection))


def _part(connection: sa.Connection, table: sa.Table, write: Callable[[bytes], object]) -> Part:
    write(_line({"part": "table", "name": table.name, "columns": rows.columns(table)}))
    digest, count = hashlib.sha256(), 0
    for line in rows.lines(connection, table):
        digest.update(line)
        write(line)
        count += 1
    return Part(table.name, count, digest.hexdigest())


def write(
    connection: sa.Connection, file: BinaryIO, secret: bytes, *, revision: str, audit: Anchor, at: datetime
) -> Manifest:
    """Write everything that the connection's transaction sees into a sealed file."""
    engine = connection.dialect.name
    with SealedWriter(file, secret) as sealed, GzipFile("", "wb", _LEVEL, sealed, mtime=0) as packed:
        packed.write(_line({"begins": revision}))
        parts = parts_of(connection, packed.write)
        manifest = Manifest(at, revision, engine, parts, audit)
        packed.write(_line({"manifest": manifest.as_json()}))
    return manifest


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


class Opened:
    """A backup that is being read, once, from its beginning to its end.

    Attributes:
        revision: The step of the schema that it was made at.

    Raises:
        BackupError: the file cannot be used; damage may show only while it is read.
    """

    def __init__(self, file: BinaryIO, secret: bytes) -> None:
        self._lines = unpacked(file, secret)
        self.revision: str = next(self._lines)["begins"]

    def store(self, connection: sa.Connection) -> Manifest:
        """Store all rows in a database that is empty and stands at the same step.

        Raises:
            BackupError: the file is damaged, or has a part that this version does not know.
        """
        known = {table.name: table for table in rows.tables(connection)}
        said: Any = next(self._lines)
        while "manifest" not in said:
            if said.get("part") != "table" or said["name"] not in known:
                raise BackupError(
                    "This backup was made by a newer version of this product. Use that version."
                )
            reading = _Rows(self._lines)
            rows.store(connection, known[said["name"]], said["columns"], iter(reading))
            said = reading.after
        for _ in self._lines:
            raise BackupError("The backup goes on after its end. Nothing in it is used; take another one.")
        return Manifest.from_json(said["manifest"])


class _Rows:
    """The rows up to the next line that is none; that line is kept as `after`."""

    def __init__(self, lines: Iterator[Any]) -> None:
        self._lines = lines
        self.after: dict[str, Any] = {}

    def __iter__(self) -> Iterator[list[Any]]:
        for line in self._lines:
            if isinstance(line, dict):
                self.after = line
                return
            yield line


def unpacked(file: BinaryIO, secret: bytes) -> Iterator[Any]:
    """Every line, once it has been proved, unlocked and unpacked."""
    with GzipFile(fileobj=buffered(file, secret)) as packed:
        try:
            yield from map(json.loads, packed)
        except (BadGzipFile, EOFError, ValueError) as problem:
            raise BackupError("The backup cannot be unpacked. Take another one.") from problem
