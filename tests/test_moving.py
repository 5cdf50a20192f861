"""Moving all records from a SQLite file to PostgreSQL, and the refusals."""

from collections.abc import Generator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel
from typer.testing import CliRunner

from crm import startup
from crm.cli import app
from crm.config import settings
from crm.db import engine, make_engine, reading, transaction
from crm.models.users import SYSTEM
from crm.moving import MovingError, move_to
from crm.services import employers, trail
from crm.startup import StartupError
from tests import postgresql
from tests.conftest import use_address
from tests.demonstrated import demonstrated
from tests.makers_employers import make_employer


@pytest.fixture
def empty(postgresql_server: str) -> Generator[str]:
    address = postgresql.copy_template(postgresql_server)
    yield address
    postgresql.drop(postgresql_server, address)


def counts(made: sa.Engine) -> dict[str, int]:
    with made.connect() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in SQLModel.metadata.sorted_tables
        }


def test_every_row_arrives_the_trail_holds_and_work_goes_on(
    template_database: Path, tmp_path: Path, empty: str
):
    with demonstrated(template_database, tmp_path):
        before = counts(engine())
        result = CliRunner().invoke(app, ["move-to", empty])
        assert result.output.startswith(f"{sum(before.values()):,} rows were copied.")
        assert counts(engine()) == before
    with use_address(empty):
        assert counts(engine()) == before
        with reading() as session:
            assert trail.verify(session, by=SYSTEM).is_whole
        with transaction() as session:
            key = make_employer(session, "The next one").key
        with reading() as session:
            assert employers.find(session, key, by=SYSTEM).name == "The next one"


def test_a_database_with_records_is_left_alone(database: str, empty: str):
    with transaction() as session:
        make_employer(session)
    move_to(empty)
    made = make_engine(empty)
    held = counts(made)
    with pytest.raises(MovingError, match="records in that database already"):
        move_to(empty)
    assert counts(made) == held
    made.dispose()


def test_nothing_is_moved_to_where_it_is(database: str):
    with pytest.raises(MovingError, match="uses already"):
        move_to(settings().database_url)


def test_nothing_is_moved_while_the_service_runs(database: str, tmp_path: Path):
    with startup.only_server(), pytest.raises(StartupError, match="running already"):
        move_to(f"sqlite:///{tmp_path / 'other.db'}")
