"""The folder of the backups, and restoring: what is refused, what is put aside, what stays."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from crm import db, schema, startup
from crm.audit_chain import Anchor
from crm.backup import archive
from crm.backup.sealed import BackupError
from crm.config import settings
from crm.db import make_engine
from crm.models.employers import Employer
from crm.models.users import SYSTEM
from crm.secret_store import backup_key
from crm.services import backups, restoring, trail
from crm.services.backup_checks import check, fill
from tests import postgresql
from tests.conftest import use_address
from tests.makers import make_service
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


def employer_names(url: str) -> list[str]:
    with use_address(url), db.reading() as session:
        return list(session.exec(select(Employer.name)))


def rewritten(path: Path, change: Callable[[bytearray], object]) -> Path:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)
    return path


def test_another_key_does_not_open_a_backup(filled: str, folder: Path, monkeypatch: pytest.MonkeyPatch):
    made = backups.make(to=folder)
    monkeypatch.setenv("CRM_BACKUP_KEY", "another key")
    settings.cache_clear()
    with pytest.raises(BackupError, match="does not open this file"):
        check(made.path)


@pytest.mark.parametrize("place", [0, 50, -1])
def test_a_damaged_backup_is_refused_and_the_database_stays(filled: str, folder: Path, place: int):

    def damage(content: bytearray) -> None:
        content[place] ^= 1

    path = rewritten(backups.make(to=folder).path, damage)
    with pytest.raises(BackupError, match=r"damaged|newer version|another key"):
        restoring.restore(path)
    assert employer_names(filled) == [NAUGHTY]


def test_of_three_backups_a_day_the_last_is_kept(filled: str, folder: Path):
    for hours in (0, 1, 2):
        made = backups.make(to=folder, now=NOW + timedelta(hours=hours))
    assert backups.in_folder(folder) == [made]
    assert {path.suffix for path in folder.iterdir()} == {".eecrm", ".json", ".lock"}


def test_a_file_beside_the_backups_that_is_none_is_left_alone(filled: str, folder: Path):
    folder.mkdir()
    strange = folder / "crm-backup-of-mine.eecrm"
    strange.write_text("mine")
    strange.with_suffix(".json").write_text("{")
    backups.make(to=folder)
    assert strange.exists()


def test_only_one_backup_is_made_at_a_time(filled: str, folder: Path):
    with backups._alone_in(folder), pytest.raises(BackupError, match="Another backup"):
        backups.make(to=folder)


def test_a_backup_of_a_newer_version_is_not_used(filled: str, folder: Path, tmp_path: Path):
    path = tmp_path / "newer.eecrm"
    with db.reading() as session, path.open("wb") as file:
        stood = Anchor(0, "")
        archive.write(session.connection(), file, backup_key(), revision="zzz", audit=stood, at=NOW)
    with pytest.raises(BackupError, match="newer version"):
        check(path)


def test_a_backup_made_by_an_older_version_is_brought_up_to_date(database: str, tmp_path: Path):
    old, path = f"sqlite:///{tmp_path / 'old.db'}", tmp_path / "old.eecrm"
    schema.upgrade(old, "dc692424c6b1")
    made = make_engine(old)
    with made.connect() as connection, path.open("wb") as file:
        stood = Anchor(0, "")
        archive.write(connection, file, backup_key(), revision="dc692424c6b1", audit=stood, at=NOW)
    made.dispose()
    new = f"sqlite:///{tmp_path / 'new.db'}"
    fill(path, new)
    assert schema.differences(new) == []


def test_the_file_that_was_there_is_put_aside_and_the_anchors_go_back_with_it(filled: str, folder: Path):
    trail.note_anchor(now=NOW)
    made = backups.make(to=folder)
    with db.transaction() as session:
        make_employer(session, name="Later")
    trail.note_anchor(now=NOW + timedelta(days=2))
    db.engine().dispose()
    done = restoring.restore(made.path)
    assert done.aside is not None
    assert sorted(employer_names(f"sqlite:///{done.aside}")) == sorted([NAUGHTY, "Later"])
    with use_address(filled), db.reading() as session:
        assert trail.verify(session, by=SYSTEM).is_whole
        assert trail.standing(session) == made.manifest.audit


def test_a_file_that_a_server_holds_is_not_replaced(filled: str, folder: Path):
    made = backups.make(to=folder)
    with startup.only_server(), pytest.raises(startup.StartupError, match="running already"):
        restoring.restore(made.path)


def test_a_database_on_a_server_that_is_not_empty_is_not_touched(
    filled: str, folder: Path, postgresql_server: str
):
    taken = postgresql.copy_template(postgresql_server)
    with pytest.raises(BackupError, match="not empty"):
        restoring.restore(backups.make(to=folder).path, to=taken)
    assert schema.differences(taken) == []


def test_a_restore_on_a_server_that_fails_leaves_it_empty(filled: str, folder: Path, postgresql_server: str):
    def cut_off(content: bytearray) -> None:
        del content[-40:]

    path = rewritten(backups.make(to=folder).path, cut_off)
    empty = postgresql.make_empty(postgresql_server)
    for _ in range(2):
        with pytest.raises(BackupError, match="cut off at part 1"):
            restoring.restore(path, to=empty)


def test_a_server_that_cannot_be_reached_is_told(filled: str, folder: Path):
    path = backups.make(to=folder).path
    with pytest.raises(BackupError, match="cannot be reached"):
        restoring.restore(path, to="postgresql://nobody@localhost:1/nothing")


def test_a_backup_that_is_not_there_is_told(filled: str, tmp_path: Path):
    with pytest.raises(BackupError, match=r"gone\.eecrm cannot be opened"):
        restoring.restore(tmp_path / "gone.eecrm")
