"""A backup is proved by restoring it: into a database of its own, read again and compared, trail and all."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from crm import schema, secret_store
from crm.backup.archive import NEWER, Manifest, Opened, parts_of
from crm.backup.sealed import BackupError
from crm.config import settings
from crm.db import make_engine, one_moment
from crm.services import record_checks, trail
from crm.services.record_checks import Comparison


@dataclass(frozen=True, slots=True)
class Proved:
    """A backup that holds what was backed up, and whether its records are as their trail tells."""

    manifest: Manifest
    records: Comparison


def check(path: Path) -> Proved:
    """Restore a backup into a place that is thrown away again, and say what is in it.

    Raises:
        BackupError: it cannot be used, or does not hold what it says.
    """
    with tempfile.TemporaryDirectory(prefix="crm-check-", dir=_private_place()) as folder:
        return fill(path, f"sqlite:///{Path(folder) / 'crm.db'}")


def _private_place() -> Path | None:
    """Beside the database, where its records lie in the clear anyway; else the system's own place."""
    address = sa.make_url(settings().database_url)
    folder = Path(address.database or "").parent
    return folder if address.get_backend_name() == "sqlite" and folder.is_dir() else None


def fill(path: Path, url: str) -> Proved:
    """Store a backup in an empty database, prove that it holds what was backed up, and bring it up to date.

    Raises:
        BackupError: the backup cannot be used, or what was stored is not what was backed up.
    """
    made = make_engine(url)
    try:
        manifest = _store(path, made, url)
        schema.upgrade(url)
        with one_moment(made) as session:
            _ensure_trail_is_whole(session, manifest)
            records = record_checks.compare_copy(session)
    except DBAPIError as problem:
        raise BackupError(f"What is in the backup cannot be stored again: {problem.orig}") from problem
    finally:
        made.dispose()
    return Proved(manifest, records)


def _store(path: Path, made: sa.Engine, url: str) -> Manifest:
    with _open(path) as file:
        opened = Opened(file, secret_store.backup_key())
        if not schema.is_known(opened.revision):
            raise BackupError(NEWER)
        schema.upgrade(url, opened.revision)
        with made.execution_options(is_write=True).begin() as connection:
            manifest = opened.store(connection)
    with made.connect() as connection:
        if parts_of(connection) != manifest.parts:
            raise BackupError("The rows that were restored are not those that were backed up.")
        is_sqlite = connection.dialect.name == "sqlite"
        said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() if is_sqlite else "ok"
    if said != "ok":
        raise BackupError(f"The restored database is not sound: {said}")
    return manifest


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as problem:
        raise BackupError(f"{path.name} cannot be opened: {problem.strerror}.") from problem


def _ensure_trail_is_whole(session: Session, manifest: Manifest) -> None:
    verdict = trail.verify_copy(session, manifest.audit)
    if not verdict.is_whole or (verdict.count, verdict.head) != (manifest.audit.count, manifest.audit.head):
        raise BackupError(
            "The audit trail in the backup does not fit its seals. Either the trail was tampered with before "
            "the backup, or the audit key here is not that of the service it was made of."
        )
