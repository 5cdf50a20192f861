"""All records from this service's database to another, empty one: from one SQLite file to PostgreSQL."""

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm import schema, startup
from crm.config import settings
from crm.db import engine, make_engine, write_lock
from crm.errors import CrmError

_AT_ONCE = 1_000


class MovingError(CrmError):
    """The records cannot be moved as things are; both databases are as they were."""


def move_to(address: str) -> int:
    """Copy every row, whole or not at all; gives how many there were. What is moved from stays as it is.

    Raises:
        MovingError: the target is this database, or holds records already.
        StartupError: the service is running.
    """
    if sa.make_url(address) == sa.make_url(settings().database_url):
        raise MovingError("This is the database that the service uses already.")
    with startup.only_server(), write_lock(engine()):
        schema.upgrade(address)
        target = make_engine(address).execution_options(is_write=True)
        try:
            with engine().connect() as here, target.begin() as there:
                _ensure_empty(there)
                return sum(_copy(table, here, there) for table in SQLModel.metadata.sorted_tables)
        finally:
            target.dispose()


def _ensure_empty(there: sa.Connection) -> None:
    for table in SQLModel.metadata.sorted_tables:
        if there.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise MovingError("There are records in that database already. Choose an empty one.")


def _copy(table: sa.Table, here: sa.Connection, there: sa.Connection) -> int:
    copied = 0
    rows = here.execution_options(yield_per=_AT_ONCE).execute(sa.select(table).order_by(*table.primary_key))
    for some in rows.mappings().partitions():
        there.execute(sa.insert(table), [dict(row) for row in some])
        copied += len(some)
    if there.dialect.name == "postgresql":
        _go_on_counting(table, there)
    return copied


def _go_on_counting(table: sa.Table, there: sa.Connection) -> None:
    """Have the next row get the id after the last one; PostgreSQL has not seen these being given out."""
    number = table.autoincrement_column
    if number is None:
        return
    series = sa.func.pg_get_serial_sequence(f'"{table.name}"', number.name)
    last = sa.select(sa.func.max(number)).scalar_subquery()
    there.execute(sa.select(sa.func.setval(series, last)).where(sa.exists(sa.select(number))))
