"""Anchors of the trail, noted away from the database."""

import json
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm import audit_chain, config, db
from crm.errors import NotAllowedError
from crm.models.employers import EmployerInput
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import employers, trail
from tests.makers import make_actor
from tests.makers_audit import let_entries_be_changed

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture
def anchors_file(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    monkeypatch.setenv("CRM_ANCHORS_FILE", str(tmp_path / "elsewhere" / "anchors.jsonl"))
    config.settings.cache_clear()
    yield tmp_path / "elsewhere" / "anchors.jsonl"
    config.settings.cache_clear()


def add_employer(name: str = "Fernside") -> None:
    with db.transaction() as session:
        employers.add(session, EmployerInput(name=name), by=SYSTEM)


def verdict() -> audit_chain.Verdict:
    with db.reading() as session:
        return trail.verify(session, by=SYSTEM)


def test_an_anchor_says_how_long_the_trail_is_and_its_last_seal(anchors_file: Path):
    add_employer()
    anchor = trail.note_anchor(now=NOON)
    (line,) = anchors_file.read_text().splitlines()
    assert json.loads(line) == {"at": "2026-11-03T12:00:00+00:00", "count": 1, "head": verdict().head}
    assert trail.anchors() == [anchor]


def test_an_anchor_is_noted_once_a_day(anchors_file: Path):
    add_employer()
    trail.note_anchor(now=NOON)
    assert trail.note_anchor(now=NOON + timedelta(hours=21)) is None
    assert trail.note_anchor(now=NOON + timedelta(hours=24)) is not None


def test_an_empty_trail_has_no_anchor(anchors_file: Path):
    assert trail.note_anchor(now=NOON) is None
    assert not anchors_file.exists()


def test_a_trail_cut_short_is_found_by_its_anchor(anchors_file: Path):
    add_employer()
    add_employer("Harbour")
    trail.note_anchor(now=NOON)
    with db.engine().begin() as connection:
        let_entries_be_changed(connection)
        connection.exec_driver_sql("DELETE FROM audit_entry WHERE id = 2")
    assert (verdict().missing, verdict().is_whole) == (1, False)


def test_a_line_of_anchors_that_was_cut_off_is_passed_over(anchors_file: Path):
    add_employer()
    trail.note_anchor(now=NOON)
    with anchors_file.open("a") as file:
        file.write('{"at": "2026-')
    assert verdict().is_whole


def test_a_day_after_a_line_that_was_cut_off_is_noted_on_a_line_of_its_own(anchors_file: Path):
    add_employer()
    anchors_file.parent.mkdir(parents=True)
    anchors_file.write_text('{"at": "2026-')
    anchor = trail.note_anchor(now=NOON)
    assert trail.anchors() == [anchor]


def test_who_may_not_read_the_trail_may_not_verify_it(database: str):
    with db.reading() as session, pytest.raises(NotAllowedError):
        trail.verify(session, by=make_actor(Role.ENGAGEMENT_OFFICER))
