"""Backups: made while the service runs, checked before they count, the older ones kept by a rule."""

import hashlib
import json
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from crm import schema, secret_store
from crm.backup import archive, rotation
from crm.backup.archive import Manifest
from crm.backup.sealed import BackupError
from crm.config import settings
from crm.db import one_moment, reading
from crm.errors import CrmError
from crm.models.base import utc_now
from crm.models.users import SYSTEM, Actor
from crm.policy import Action
from crm.services import trail
from crm.services.access import ensure
from crm.services.backup_checks import check

TOO_OLD = timedelta(days=2)
"""A service that records every day should not have to go back further."""

Progress = Callable[[str, int, int], None]
"""Hears what is done next, and how many of how many steps are behind."""

_STEPS = 3
"""Writing, checking, and dropping what is too old."""

_PREFIX, _ENDING, _STAMP = "crm-backup-", ".eecrm", "%Y%m%dT%H%M%SZ"
_AT_A_TIME = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was checked: its file, what it says of itself, and how the file is known.

    `differing` counts what in its records was not as their trail tells: damage from before the backup.
    """

    path: Path
    manifest: Manifest
    checked_at: datetime
    size: int
    sha256: str
    differing: int = 0

    @property
    def made_at(self) -> datetime:
        """When the records were as they are in it."""
        return self.manifest.made_at

    @property
    def differing_words(self) -> str:
        """What has to be done about records that differ; empty when none do."""
        if not self.differing:
            return ""
        return (
            f"Its records differ from what was saved last in {self.differing:,} places, so no older backup "
            "was dropped. Run python -m crm verify-audit to see where."
        )


def make(
    *,
    by: Actor = SYSTEM,
    to: Path | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Backup:
    """Make a backup beside those that are there, check it by restoring it, then drop those not kept any more.

    It waits for nobody and nobody waits for it: it reads the records as they are at one moment. One of
    records that are not as their trail tells counts too, but drops nothing: what was right lies in an older.
    `progress` hears what is done next; where it does not return, nothing of the backup is left.

    Raises:
        NotAllowedError: the person may not run backups.
        BackupError: it could not be made, or failed its check; what was there before stays.
    """
    with reading() as session:
        ensure(session, by, Action.BACKUPS_RUN)
    folder, at = to or settings().backup_dir, (now or utc_now()).astimezone(UTC).replace(microsecond=0)
    with _alone_in(folder):
        path = folder / f"{_PREFIX}{at:{_STAMP}}{_ENDING}"
        unchecked = path.with_suffix(".unchecked")
        tell = progress or _tell_nobody
        tell("Writing all records into a file", 0, _STEPS)
        _write(unchecked, at)
        try:
            tell("Restoring the file to check it", 1, _STEPS)
            proved = check(unchecked)
            tell("Putting it with the others", 2, _STEPS)
        except BackupError as problem:
            raise BackupError(
                f"The backup failed its check and does not count; nothing older was dropped. {problem} "
                f"What was written is kept as {unchecked.name}."
            ) from problem
        except CrmError:
            unchecked.unlink()
            raise
        size, differing = unchecked.stat().st_size, proved.records.count
        made = Backup(path, proved.manifest, now or utc_now(), size, _sha256(unchecked), differing)
        unchecked.replace(path)
        _note_beside(made)
        if not differing:
            _drop_old_ones(folder)
    return made


def _tell_nobody(words: str, done: int, total: int) -> None:
    """Who runs the command sees its end, and waits for it."""


@contextmanager
def _alone_in(folder: Path) -> Generator[None]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(folder / "backups.lock", timeout=0):
            yield
    except Timeout as problem:
        raise BackupError("Another backup is being made here. Wait until it is done.") from problem
    except OSError as problem:
        raise BackupError(f"The backup could not be written: {problem.strerror}.") from problem


def _write(path: Path, at: datetime) -> None:
    revision = schema.revision(settings().database_url) or ""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        try:
            with one_moment() as session:
                secret, stood = secret_store.backup_key(), trail.standing(session)
                connection = session.connection()
                archive.write(connection, file, secret, revision=revision, audit=stood, at=at)
        except DBAPIError as problem:
            raise BackupError(f"The database cannot be read as a whole: {problem.orig}") from problem
        file.flush()
        os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note_beside(made: Backup) -> None:
    """What is said of a backup without opening it: figures only, nothing about anybody."""
    said = {
        "manifest": made.manifest.as_json(),
        "checked_at": made.checked_at.isoformat(),
        "size": made.size,
        "sha256": made.sha256,
        "differing": made.differing,
    }
    note = _note_of(made.path)
    part = note.with_suffix(".part")
    part.write_text(json.dumps(said, indent=1), encoding="utf-8")
    part.replace(note)


def _note_of(path: Path) -> Path:
    return path.with_suffix(".json")


def _drop_old_ones(folder: Path) -> None:
    checked = in_folder(folder)
    kept = rotation.kept(one.made_at for one in checked)
    for one in checked:
        if one.made_at not in kept:
            one.path.unlink()
            _note_of(one.path).unlink()


def in_folder(folder: Path) -> list[Backup]:
    """The checked backups in a folder, the latest first; other files are passed over."""
    found = [_noted(path) for path in folder.glob(f"{_PREFIX}*{_ENDING}")]
    return sorted((one for one in found if one), key=lambda one: one.made_at, reverse=True)


def _noted(path: Path) -> Backup | None:
    try:
        said = json.loads(_note_of(path).read_text(encoding="utf-8"))
        checked_at = datetime.fromisoformat(said["checked_at"])
        manifest = Manifest.from_json(said["manifest"])
        return Backup(path, manifest, checked_at, said["size"], said["sha256"], said.get("differing", 0))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def listing(session: Session, *, by: Actor) -> list[Backup]:
    """The checked backups in the service's own folder, the latest first.

    Raises:
        NotAllowedError: the person may not see backups.
    """
    ensure(session, by, Action.BACKUPS_READ)
    return in_folder(settings().backup_dir)
