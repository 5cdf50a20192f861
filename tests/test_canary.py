"""What is special about a person lies nowhere in plain text: not in the database, its journal, or the log."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from crm import db, schema
from crm.models.seekers import JobSeeker
from crm.models.users import User
from crm.policy import Role
from tests.makers import make_service, make_user
from tests.makers_people import make_seeker
from tests.pages.opening import choose, open_page, press, shown, type_into

CANARY = "Zanzibar syndrome of the left knee"
BEFORE = "cba388ce46e1"
"""The step before facts were locked."""


def plain_places(folder: Path, text: str) -> list[str]:
    """The files of the database that hold the text as it is."""
    return [path.name for path in folder.glob("crm.db*") if text.encode() in path.read_bytes()]


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def amara(coach: User) -> JobSeeker:
    with db.transaction() as session:
        return make_seeker(session, coach_id=coach.key)


def test_a_diagnosis_that_is_typed_saved_changed_and_seen_is_nowhere_in_plain_text(
    coach: User, amara: JobSeeker, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    for suffix in ("", " and back"):
        app = open_page(coach, "seekers/restricted.py", seeker=amara.key)
        choose(app, "Why do you need to see them?", "other")
        type_into(app, "In a few words", CANARY)
        app = press(app, "Open for 15 minutes")
        next(box for box in app.text_area if box.label == "Health").set_value(CANARY + suffix)
        app.run()
        assert plain_places(tmp_path, CANARY) == []
        press(app, "Save restricted facts")
    again = open_page(coach, "seekers/restricted.py", seeker=amara.key)
    choose(again, "Why do you need to see them?", "review_due")
    again = press(again, "Open for 15 minutes")
    assert next(box for box in again.text_area if box.label == "Health").value == f"{CANARY} and back"
    assert CANARY in shown(open_page(coach, "seekers/record.py", id=amara.key))
    assert plain_places(tmp_path, CANARY) == []
    assert plain_places(tmp_path, "Amara Nwosu") != []
    assert CANARY not in "".join(capfd.readouterr())


def test_facts_stored_before_they_were_locked_are_locked_by_the_step_and_opened_on_the_way_back(
    tmp_path: Path,
):
    url = f"sqlite:///{tmp_path / 'crm.db'}"
    schema.upgrade(url, BEFORE)
    made = sa.create_engine(url)
    with made.begin() as connection:
        for statement in (
            "INSERT INTO user (id, version, created_at, updated_at, name, email, role_names)"
            " VALUES (1, 1, '2026-11-03', '2026-11-03', 'Rosa', 'r@example.org', '')",
            "INSERT INTO job_seeker (id, version, created_at, updated_at, preferred_name, name_key, status,"
            " module, wants_more)"
            " VALUES (5, 1, '2026-11-03', '2026-11-03', 'A', 'a', 'active', 'work_entry', 'unknown')",
            "INSERT INTO restricted_facts (id, version, created_at, updated_at, seeker_id, date_of_birth,"
            f" health, why_under_16) VALUES (7, 2, '2026-11-03', '2026-11-03', 5, '1990-03-04', '{CANARY}',"
            " 'health')",
            "INSERT INTO form_draft (user_id, form, record_key, values_json, saved_at)"
            f" VALUES (1, 'restricted', '7', '{{\"health\": \"{CANARY}\"}}', '2026-11-03')",
        ):
            connection.exec_driver_sql(statement)
    made.dispose()
    assert plain_places(tmp_path, CANARY) != []
    schema.upgrade(url)
    assert plain_places(tmp_path, CANARY) == []
    schema.downgrade(url, BEFORE)
    with made.connect() as connection:
        facts = connection.exec_driver_sql(
            "SELECT id, seeker_id, date_of_birth, health, disability, why_under_16 FROM restricted_facts"
        ).all()
        drafts = connection.exec_driver_sql("SELECT values_json FROM form_draft").scalars().all()
    made.dispose()
    assert [tuple(row) for row in facts] == [(7, 5, "1990-03-04", CANARY, None, "health")]
    assert drafts == [f'{{"health": "{CANARY}"}}']
