"""The one way to the database: `reading()` to draw, `transaction()` to save."""

import shutil
import threading
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import monotonic

import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from crm import audit, measures, postgresql, search_index
from crm.config import settings
from crm.errors import StorageError

_SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "mmap_size=0",
)
_NO_ROOM = ("disk is full", "disk I/O error")
"""What SQLite says when a file cannot grow; the second one where it could not even be opened."""

_FULL = (
    "The disk that holds the records is full, so nothing was saved. What you typed is kept. "
    "Tell whoever looks after this service: they have to make room."
)

_ASK_AGAIN = 0.005
"""Seconds until who waits for a turn asks again; at the library's 0.05 some processes waited for seconds."""

search_index.watch()
audit.watch()


def make_engine(url: str) -> sa.Engine:
    """An engine with the durability settings that were measured not to lose a saved row (docs/adr/0002).

    Its errors do not tell the values of the statement, which may be anybody's.
    """
    address = sa.make_url(url)
    if address.get_backend_name() == "postgresql":
        return postgresql.make_engine(address)
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    made = sa.create_engine(address, hide_parameters=True)
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """Set what SQLite forgets between connections, and take BEGIN out of the driver's hands."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """A writer takes the lock at once: upgrading a read later fails without waiting."""
    is_write = connection.get_execution_options().get("is_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


@cache
def engine() -> sa.Engine:
    """The engine of this process."""
    return make_engine(settings().database_url)


@cache
def _turns(_path: str) -> threading.RLock:
    """What the threads of this process take turns with; those that write to another file need not wait."""
    return threading.RLock()


@cache
def _file_lock(path: str) -> FileLock:
    return FileLock(f"{path}.lock", poll_interval=_ASK_AGAIN)


@contextmanager
def write_lock(bound: sa.Engine) -> Generator[None]:
    """Hold off every other writer on a SQLite file, in this process and in every other."""
    path = bound.url.database
    if bound.dialect.name != "sqlite" or not path:
        yield
        return
    asked = monotonic()
    with _turns(path), _file_lock(path):
        measures.WRITE_WAIT.add(monotonic() - asked)
        yield


@contextmanager
def reading() -> Generator[Session]:
    """A session to draw a screen from; it never takes the write lock, and nothing is saved."""
    with Session(engine(), autoflush=False, expire_on_commit=False) as session:
        yield session


@contextmanager
def one_moment(bound: sa.Engine | None = None) -> Generator[Session]:
    """A session that sees everything as it is at its first question, however long it reads."""
    bound = bound or engine()
    is_sqlite = bound.dialect.name == "sqlite"
    if not is_sqlite:
        bound = bound.execution_options(isolation_level="REPEATABLE READ")
    with Session(bound, autoflush=False) as session:
        for limit in () if is_sqlite else postgresql.LONGER_LIMITS:
            session.connection().exec_driver_sql(limit)
        yield session


@contextmanager
def transaction() -> Generator[Session]:
    """Everything in it is saved, with its audit rows, or nothing is.

    Raises:
        StorageError: the disk is full, or nearly.
    """
    bound = engine()
    _ensure_room(bound)
    try:
        with (
            write_lock(bound),
            Session(bound.execution_options(is_write=True), expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
    except OperationalError as problem:
        if str(problem.orig).endswith(_NO_ROOM):
            raise StorageError(_FULL) from problem
        raise


def _ensure_room(bound: sa.Engine) -> None:
    path = bound.url.database
    if bound.dialect.name != "sqlite" or not path:
        return
    if shutil.disk_usage(Path(path).parent).free < settings().least_free_mb * 1_000_000:
        raise StorageError(_FULL)
