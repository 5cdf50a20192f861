"""Backups: made while people work, proved by restoring them, on either engine and from one to the other."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from crm import db, schema
from crm.backup import archive
from crm.backup.sealed import BackupError
from crm.errors import NotAllowedError
from crm.models.employers import Employer, EmployerInput
from crm.models.matches import MatchRun
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import backups, demonstration, employers, restoring, runs_again, trail
from crm.services.backup_checks import check
from tests import postgresql
from tests.conftest import use_address
from tests.makers import make_actor, make_service, make_user
from tests.makers_audit import let_entries_be_changed
from tests.makers_employers import make_employer

pytestmark = pytest.mark.usefixtures("quick_schema")
NOW = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
NAUGHTY = "Ünï “quoted” \\ 'x' \x1f 田中さん 🙂 \n\t +44 20"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def filled(database: str) -> str:
    """A service with an employer whose name is not easy to keep."""
    with db.transaction() as session:
        make_service(session)
        make_employer(session, name=NAUGHTY, insurance_until=date(2027, 2, 1))
    return database


@pytest.fixture
def elsewhere(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """An empty database on the other engine."""
    if engine == "postgresql":
        return f"sqlite:///{tmp_path / 'moved' / 'crm.db'}"
    return postgresql.make_empty(request.getfixturevalue("postgresql_server"))


def employer_names(url: str) -> list[str]:
    with use_address(url), db.reading() as session:
        return list(session.exec(select(Employer.name)))


def test_a_whole_service_moves_from_one_engine_to_the_other_with_its_trail(
    database: str, folder: Path, elsewhere: str
):
    with db.transaction() as session:
        make_service(session)
        make_user(session, Role.ADMINISTRATOR)
        demonstration.load(session, by=SYSTEM, today=date(2026, 11, 22))
    made = backups.make(to=folder)
    restoring.restore(made.path, to=elsewhere)
    with use_address(elsewhere):
        with db.reading() as session:
            found = trail.verify_copy(session, made.manifest.audit)
            assert archive.parts_of(session.connection()) == made.manifest.parts
            last = session.exec(select(MatchRun).order_by(col(MatchRun.id).desc()).limit(1)).one()
            assert runs_again.again(session, last.key, by=SYSTEM).is_same
        assert (found.is_whole, found.count) == (True, made.manifest.audit.count)
        assert schema.differences(elsewhere) == []
        with db.transaction() as session:
            assert make_employer(session).key > 1


def test_text_comes_back_as_it_was_typed(filled: str, folder: Path, elsewhere: str):
    restoring.restore(backups.make(to=folder).path, to=elsewhere)
    assert employer_names(elsewhere) == [NAUGHTY]


def test_a_backup_says_what_is_in_it(filled: str, folder: Path):
    made = backups.make(to=folder, now=NOW)
    assert made.made_at == NOW
    assert {part.name: part.rows for part in made.manifest.parts}["employer"] == 1
    with db.reading() as session:
        assert made.manifest.audit == trail.standing(session)
    assert backups.in_folder(folder) == [made]


def test_nothing_in_a_backup_or_beside_it_can_be_read_without_the_key(filled: str, folder: Path):
    backups.make(to=folder)
    for path in folder.iterdir():
        assert b"quoted" not in path.read_bytes()
        assert b"Northside" not in path.read_bytes()


def test_backups_made_while_two_people_write_hold_one_moment_each(filled: str, folder: Path):
    is_over, written = Event(), [0, 0]

    def write(writer: int) -> None:
        while not is_over.is_set():
            with db.transaction() as session:
                employers.add(session, EmployerInput(name=f"Employer {writer}"), by=SYSTEM)
            written[writer] += 1

    writers = [Thread(target=write, args=(writer,)) for writer in range(2)]
    for writer in writers:
        writer.start()
    try:
        made = [backups.make(to=folder, now=NOW + timedelta(days=day)) for day in range(2)]
    finally:
        is_over.set()
        for writer in writers:
            writer.join()
    assert made[0].manifest.rows < made[1].manifest.rows
    assert min(written) > 1


def test_a_backup_that_fails_its_check_does_not_count_and_nothing_older_is_dropped(filled: str, folder: Path):
    good = backups.make(to=folder, now=NOW)
    with db.engine().begin() as connection:
        let_entries_be_changed(connection)
        connection.execute(sa.text("UPDATE audit_entry SET actor_name = 'X' WHERE id = 1"))
    with pytest.raises(BackupError, match=r"failed its check .* does not fit its seals"):
        backups.make(to=folder, now=NOW + timedelta(days=1))
    assert [one.path for one in backups.in_folder(folder)] == [good.path]
    assert len(list(folder.glob("*.unchecked"))) == 1


def test_a_backup_of_damaged_records_says_so_and_drops_nothing_older(filled: str, folder: Path):
    older = [backups.make(to=folder, now=NOW + timedelta(minutes=number)).path for number in range(2)]
    assert [one.path for one in backups.in_folder(folder)] == older[1:]
    with db.engine().execution_options(is_write=True).begin() as connection:
        connection.execute(sa.text("UPDATE employer SET sector = 'Food'"))
    made = backups.make(to=folder, now=NOW + timedelta(minutes=2))
    assert (made.differing, made.differing_words.split(" in 1 ")[0]) == (
        1,
        "Its records differ from what was saved last",
    )
    assert [one.path for one in backups.in_folder(folder)] == [made.path, older[1]]
    assert check(made.path).records.words == "Employer 1: “sector” is not what was saved last."


def test_somebody_who_may_not_makes_no_backup_and_sees_none(filled: str, folder: Path):
    with pytest.raises(NotAllowedError):
        backups.make(by=make_actor(Role.MANAGER), to=folder)
    with db.reading() as session, pytest.raises(NotAllowedError):
        backups.listing(session, by=make_actor(Role.JOB_COACH))
