"""Putting a backup in the place of a database: for whoever runs the machine, while nothing is served."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from crm import schema, startup
from crm.backup import rows
from crm.backup.sealed import BackupError
from crm.config import settings
from crm.db import make_engine, write_lock
from crm.models.base import utc_now
from crm.services import trail
from crm.services.backup_checks import Proved, fill

_BESIDE = ("", "-wal", "-shm")
"""The files that make up a SQLite database while it is in use."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the file lies that was there before, if there was one."""

    proved: Proved
    aside: Path | None


def restore(path: Path, *, to: str | None = None, now: datetime | None = None) -> Restored:
    """Restore a backup as the service's own database, or as another one, whichever engine it was made on.

    Nothing is replaced before the restored database has been checked. A SQLite file that was there is put
    aside; a PostgreSQL database has to be empty.

    Raises:
        BackupError: the backup cannot be used, or the database is not empty.
        StartupError: the service is running on the file.
    """
    url = to or settings().database_url
    stamp = f".before-{now or utc_now():%Y%m%dT%H%M%SZ}"
    if sa.make_url(url).get_backend_name() == "postgresql":
        restored = Restored(_into_empty(path, url), aside=None)
    else:
        restored = _as_file(path, url, stamp)
    if url == settings().database_url:
        trail.go_back_to(restored.proved.manifest.audit, aside=stamp)
    return restored


def _into_empty(path: Path, url: str) -> Proved:
    made = make_engine(url)
    try:
        with made.connect() as connection:
            is_empty = not rows.tables(connection)
    except DBAPIError as problem:
        raise BackupError(f"The database cannot be reached: {problem.orig}") from problem
    finally:
        made.dispose()
    if not is_empty:
        raise BackupError(
            "The database is not empty, and nothing in it was touched. Make a new, empty one, restore "
            "into that, and set DATABASE_URL to it."
        )
    try:
        return fill(path, url)
    except BackupError:
        schema.downgrade(url, "base")
        raise


def _as_file(path: Path, url: str, stamp: str) -> Restored:
    target = Path(sa.make_url(url).database or "crm.db")
    new = target.with_name(f"{target.name}.restoring")
    with startup.only_server(url):
        try:
            _remove(new)
            proved = fill(path, f"sqlite:///{new}")
            aside = _switch(new, target, stamp)
        finally:
            _remove(new)
    return Restored(proved, aside)


def _remove(new: Path) -> None:
    for ending in (*_BESIDE, ".lock"):
        Path(f"{new}{ending}").unlink(missing_ok=True)


def _switch(new: Path, target: Path, stamp: str) -> Path | None:
    """Put the new file in the place of the old one, whose parts go aside together."""
    made = make_engine(f"sqlite:///{target}")
    with write_lock(made):
        was_there = target.exists()
        for ending in _BESIDE:
            if Path(f"{target}{ending}").exists():
                Path(f"{target}{ending}").rename(f"{target}{stamp}{ending}")
        new.replace(target)
        _keep_names(target.parent)
    return target.with_name(f"{target.name}{stamp}") if was_there else None


def _keep_names(folder: Path) -> None:
    """Have the new names on the disk before anybody relies on them."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
