"""`python -m crm`, as an operator uses it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crm import db, schema
from crm.cli import app
from crm.config import settings
from crm.db import reading
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import setup, users
from tests.makers import PASSWORD


def run(*arguments: str, typed: str = f"{PASSWORD}\n") -> Result:
    return CliRunner().invoke(app, arguments, input=typed)


def test_init_sets_the_service_up(database: str):
    result = run("init", "--admin", "mo@example.org", "--service-name", "Northside", "--password-stdin")
    assert result.output == "“Northside” is set up; mo@example.org can sign in as its administrator.\n"
    with reading() as session:
        assert setup.is_done(session)
        assert Role.ADMINISTRATOR in users.one(session, "mo@example.org", by=SYSTEM).roles


def test_a_password_that_is_not_read_from_standard_input_is_asked_for_twice(database: str):
    result = run("init", "--admin", "mo@example.org", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0
    assert PASSWORD not in result.output


@pytest.mark.parametrize(
    ("admin", "password", "sentence"),
    [
        ("mo", PASSWORD, "email: This is not an e-mail address"),
        ("mo@example.org", "short", "The password has to be at least 12 characters long."),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(database: str, admin: str, password: str, sentence: str):
    result = run("init", "--admin", admin, "--password-stdin", typed=f"{password}\n")
    assert (result.exit_code, result.output.startswith(sentence)) == (1, True)
    assert "Traceback" not in result.output


def test_colleagues_are_added_with_their_roles(database: str):
    result = run(
        *("users", "add", "jo@example.org", "--name", "Jo Marsh", "--password-stdin"),
        *("--role", "job_coach", "--role", "manager"),
    )
    assert result.output == "Jo Marsh can sign in as job coach and manager.\n"
    with reading() as session:
        assert users.one(session, "jo@example.org", by=SYSTEM).roles == {Role.JOB_COACH, Role.MANAGER}


def test_migrate_says_that_all_is_well(database: str):
    assert run("migrate").output == "The database is up to date.\n"


def test_a_trail_as_it_was_written_is_told_to_be_whole(database: str):
    run("init", "--admin", "mo@example.org", "--password-stdin")
    result = run("verify-audit")
    assert result.exit_code == 0
    assert result.output.startswith("The audit trail is whole: ")


def test_records_that_are_as_they_were_saved_are_told_to_be(database: str):
    run("init", "--admin", "mo@example.org", "--password-stdin")
    assert run("verify-audit").output.endswith("All 3 records are as they were saved last.\n")


def test_a_record_changed_behind_the_trail_is_named_and_fails_the_command(database: str):
    run("init", "--admin", "mo@example.org", "--password-stdin")
    with db.engine().begin() as connection:
        connection.exec_driver_sql("UPDATE service SET name = 'Southside'")
    result = run("verify-audit")
    assert result.exit_code == 1
    assert "NOT all as they were saved last: Service 1: “name” is not what was saved last." in result.output


def test_a_trail_that_was_tampered_with_is_told_and_fails_the_command(database: str):
    run("init", "--admin", "mo@example.org", "--password-stdin")
    run("verify-audit")
    with db.engine().begin() as connection:
        for statement in (
            "DROP TRIGGER audit_entry_no_update",
            "DROP TRIGGER audit_entry_no_delete",
            "UPDATE audit_entry SET actor_name = 'X' WHERE id = 1",
            "DELETE FROM audit_entry WHERE id > 1",
        ):
            connection.exec_driver_sql(statement)
    result = run("verify-audit")
    assert result.exit_code == 1
    assert "NOT whole: from entry 1 on it does not fit its seals" in result.output
    assert "missing at the end" in result.output


def test_entries_from_before_the_seals_are_told_apart(database: str):
    with db.engine().begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO audit_entry (at, actor_name, action, record_kind, record_id, fields, digests)"
            " VALUES ('2026-11-01 09:00:00.000000', 'Mo', 'add', 'User', 1, '', '{}')"
        )
    assert "1 more are older than the seals" in run("verify-audit").output


def test_keys_are_changed_and_what_is_locked_again_is_counted(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CRM_SECRETS_DIR", str(tmp_path / "secrets"))
    settings.cache_clear()
    run("init", "--admin", "mo@example.org", "--password-stdin")
    result = run("rotate-keys")
    assert result.output.startswith("A new key was made; locked again: 0 people’s restricted facts, ")
    assert "keys of the trail. Keep the older keys as long as you keep backups" in result.output
    assert run("verify-audit").exit_code == 0
    settings.cache_clear()


def test_a_schema_step_is_only_written_when_something_differs(database: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(schema, "differences", lambda _url: [])
    result = run("schema-step", "nothing")
    assert result.exit_code == 1
    assert result.output.endswith("so there is no step to write.\n")


def test_a_backup_is_made_verified_and_restored(database: str, tmp_path: Path):
    run("init", "--admin", "mo@example.org", "--password-stdin")
    made = run("backup", "--to", str(tmp_path / "kept"))
    assert made.exit_code == 0, made.output
    assert "was made and checked: " in made.output
    file = str(next((tmp_path / "kept").glob("*.eecrm")))
    verified = run("verify-backup", file)
    assert verified.output.startswith("The backup is whole: ")
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    assert run("restore", file, "--to", elsewhere).output.startswith("Restored and checked: ")
    db.engine().dispose()
    restored = run("restore", file)
    assert "The database that was there before is kept as crm.db.before-" in restored.output
    assert run("verify-audit").exit_code == 0


def test_a_backup_that_is_damaged_is_told_and_fails_the_command(database: str, tmp_path: Path):
    run("backup", "--to", str(tmp_path))
    file = next(tmp_path.glob("*.eecrm"))
    file.write_bytes(file.read_bytes()[:-1])
    result = run("verify-backup", str(file))
    assert result.exit_code == 1
    assert result.output == (
        "The backup is damaged or cut off at part 1. Nothing in it is used; take another one.\n"
    )


def test_a_folder_that_cannot_be_written_is_told(database: str, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    result = run("backup", "--to", str(tmp_path / "file"))
    assert result.exit_code == 1
    assert result.output.startswith("The backup could not be written: ")
