"""The demonstration service as a database of its own, filled once and looked at by several tests."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from crm import db
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services import demonstration
from tests.conftest import use_database
from tests.makers import make_service, make_user

TODAY = date(2026, 11, 22)


def lowest_ids(made: sa.Engine) -> dict[str, int]:
    """The lowest id of each table that has any, by table."""
    with made.connect() as connection:
        inspector = sa.inspect(connection)
        tables = [
            table
            for table in inspector.get_table_names()
            if any(column["name"] == "id" for column in inspector.get_columns(table))
        ]
        lowest = {
            table: connection.execute(sa.text(f'SELECT min(id) FROM "{table}"')).scalar() for table in tables
        }
    return {table: int(found) for table, found in lowest.items() if isinstance(found, int)}


@contextmanager
def demonstrated(template_database: Path, folder: Path, *, on: date = TODAY) -> Generator[dict[Role, User]]:
    """The filled database in use as the service's own, with one colleague a role who was there before."""
    with use_database(template_database, folder / "crm.db"):
        with db.transaction() as session:
            make_service(session)
            colleagues = {role: make_user(session, role, name=f"Real {role.value}") for role in Role}
            demonstration.load(session, by=SYSTEM, today=on)
        yield colleagues
