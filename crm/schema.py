"""The schema of the database: brought up to date, taken back, compared with the tables of the code."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlmodel import SQLModel

from crm import schema_shape
from crm.db import make_engine, write_lock
from crm.errors import CrmError
from crm.models import tables

_FOLDER = Path(__file__).resolve().parent / "migrations"
MODULES = tables.MODULES


class SchemaError(CrmError):
    """The database cannot be used by this version of the product."""


def upgrade(url: str, target: str = "head") -> None:
    """Bring the database up to date; nothing happens when it is. Two processes at once do it once.

    Raises:
        SchemaError: the database was made by a newer version, or a step would break its references.
    """
    if target == "head" and revision(url) == _head() and _is_noted(url):
        return
    with _changing(url) as connection:
        _ensure_known(_revision(connection))
        command.upgrade(_config(connection), target)


def downgrade(url: str, target: str) -> None:
    """Take the database back to an earlier step, `base` being an empty one."""
    with _changing(url) as connection:
        command.downgrade(_config(connection), target)


def add_step(url: str, message: str) -> Path:
    """Write the migration that takes the database at `url` to the tables of the code.

    Raises:
        SchemaError: there is nothing to change.
    """
    if not differences(url):
        raise SchemaError("The schema matches the tables already, so there is no step to write.")
    with _changing(url) as connection:
        script: Any = command.revision(_config(connection), message=message, autogenerate=True)
    return Path(script.path)


def revision(url: str) -> str | None:
    """The step that the database stands at; None for an empty one.

    Raises:
        SchemaError: the database was made by a newer version of the product.
    """
    with _open(url) as connection:
        found = _revision(connection)
    _ensure_known(found)
    return found


def differences(url: str) -> list[Any]:
    """What differs between the database and the tables of the code; empty when nothing does."""
    with _open(url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, SQLModel.metadata))


def _is_noted(url: str) -> bool:
    with _open(url) as connection:
        return schema_shape.is_noted(connection)


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@cache
def _steps() -> ScriptDirectory:
    """The steps of this version, read once."""
    return ScriptDirectory.from_config(_config())


def _head() -> str | None:
    return _steps().get_current_head()


def _revision(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def is_known(step: str) -> bool:
    """Does this version of the product know this step of the schema?"""
    return step in {known.revision for known in _steps().walk_revisions()}


def _ensure_known(found: str | None) -> None:
    if found is not None and not is_known(found):
        raise SchemaError(
            "The database was made by a newer version of this product. "
            "Start that version, or restore a backup made with this one."
        )


@contextmanager
def _open(url: str) -> Generator[sa.Connection]:
    """A connection that SQLite does not hold references against, as a table is rebuilt by replacing it."""
    made = make_engine(url)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _suspend_references)
    try:
        with made.connect() as connection:
            yield connection
    finally:
        made.dispose()


@contextmanager
def _changing(url: str) -> Generator[sa.Connection]:
    with _open(url) as connection, write_lock(connection.engine):
        connection = connection.execution_options(is_write=True)
        with connection.begin():
            yield connection
            _ensure_references_hold(connection)
            schema_shape.note(connection)


def _suspend_references(connection: DBAPIConnection, _record: object) -> None:
    connection.cursor().execute("PRAGMA foreign_keys=OFF")


def _ensure_references_hold(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise SchemaError("A step of the schema would break references between records; nothing was changed.")
