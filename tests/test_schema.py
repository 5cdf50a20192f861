"""The schema: its steps lead to the tables of the code, there and back."""

import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
import sqlalchemy as sa

from crm import schema
from crm.config import ROOT
from crm.schema import SchemaError


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'crm.db'}"


def test_the_steps_lead_to_the_tables_of_the_code(url: str):
    schema.upgrade(url)
    assert schema.differences(url) == []


@pytest.fixture
def unwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """A folder of migrations in which no step has been written yet; steps are read once, so anew for it."""
    folder = tmp_path / "migrations"
    shutil.copytree(ROOT / "crm" / "migrations", folder, ignore=shutil.ignore_patterns("versions"))
    (folder / "versions").mkdir()
    monkeypatch.setattr(schema, "_FOLDER", folder)
    schema._steps.cache_clear()
    yield folder
    schema._steps.cache_clear()


def test_a_step_that_is_written_leads_to_the_tables_of_the_code(url: str, unwritten: Path):
    written = schema.add_step(url, "all at once")
    assert written.parent == unwritten / "versions"
    schema.upgrade(url)
    assert schema.differences(url) == []


def test_there_is_no_step_to_write_when_nothing_differs(url: str, unwritten: Path):
    schema.add_step(url, "all at once")
    schema.upgrade(url)
    with pytest.raises(SchemaError, match="no step to write"):
        schema.add_step(url, "nothing")


def test_every_step_can_be_taken_back(url: str):
    schema.upgrade(url)
    schema.downgrade(url, "base")
    made = sa.create_engine(url)
    assert sa.inspect(made).get_table_names() == ["alembic_version"]
    made.dispose()
    schema.upgrade(url)
    assert schema.differences(url) == []


def test_a_database_of_a_newer_version_is_refused(url: str):
    schema.upgrade(url)
    made = sa.create_engine(url)
    with made.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'of-tomorrow'")
    made.dispose()
    with pytest.raises(SchemaError, match="made by a newer version of this product"):
        schema.upgrade(url)


def test_a_step_that_would_break_references_changes_nothing(url: str):
    schema.upgrade(url)
    made = sa.create_engine(url)
    with made.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO user_session (token_digest, user_id, created_at, seen_at) "
            "VALUES ('x', 999, '2026-11-03', '2026-11-03')"
        )
    with pytest.raises(SchemaError, match="would break references"):
        schema.upgrade(url, "heads")
    made.dispose()


def test_two_processes_that_start_at_once_make_one_database(url: str):
    command = [sys.executable, "-c", f"from crm import schema; schema.upgrade({url!r})"]
    processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert schema.differences(url) == []


def test_a_service_that_was_there_already_gets_the_first_version_of_its_weights(url: str):
    schema.upgrade(url, "5d0c93e1b7aa")
    made = sa.create_engine(url)
    with made.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO service (version, created_at, updated_at, name, seeker_word, seeker_words, "
            "is_demonstration, weight_skills, weight_hours, weight_natural_supports, weight_preference) "
            "VALUES (1, '2026-11-03', '2026-11-03', 'Northside', 'client', 'clients', 0, 30, 35, 20, 15)"
        )
    schema.upgrade(url)
    with made.begin() as connection:
        kept = connection.exec_driver_sql("SELECT number, weight_skills, weight_hours FROM weights_version")
        assert kept.all() == [(1, 30, 35)]
    made.dispose()
