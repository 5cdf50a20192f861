"""Before anything is served: secrets made, the file sound, the schema up to date."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from crm import schema, secret_store
from crm.config import settings
from crm.errors import CrmError


class StartupError(CrmError):
    """The service cannot be started as things are."""


def prepare() -> None:
    """Make this installation ready to serve. It can be called any number of times, by several processes.

    Raises:
        StartupError: the database file is damaged.
        SchemaError: the database was made by a newer version.
    """
    secret_store.audit_key()
    url = settings().database_url
    ensure_sound(url)
    schema.upgrade(url)


def ensure_sound(url: str) -> None:
    """Refuse a SQLite file that fails its own quick check; other databases check themselves.

    Raises:
        StartupError: the file is damaged, or is no database.
    """
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database or not Path(address.database).exists():
        return
    made = sa.create_engine(url)
    try:
        with made.connect() as connection:
            answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    except DatabaseError as problem:
        answer = str(problem.orig)
    finally:
        made.dispose()
    if answer != "ok":
        raise StartupError(
            f"The database file {Path(address.database).name} is damaged ({answer}). "
            "Nothing was changed. Put it aside and restore the last backup."
        )
