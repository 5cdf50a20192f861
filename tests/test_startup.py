"""What has to hold before anything is served."""

import stat
from pathlib import Path

import pytest

from crm import db, schema, secret_store, startup
from crm.config import settings
from crm.errors import SecretsError
from crm.models.users import SYSTEM
from crm.services import seekers
from crm.startup import (
    StartupError,
    address_of_uvicorn,
    ensure_address_is_safe,
    ensure_sound,
    only_server,
    prepare,
)
from tests.makers_people import make_seeker


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_settings: None) -> Path:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'data' / 'crm.db'}")
    monkeypatch.setenv("CRM_SECRETS_DIR", str(tmp_path / "secrets"))
    return tmp_path


def test_the_first_start_makes_the_database_and_the_secrets(empty: Path):
    prepare()
    assert schema.differences(settings().database_url) == []
    key = empty / "secrets" / "audit.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_bytes()) == 64


def test_starting_again_changes_nothing(empty: Path):
    prepare()
    before = ((empty / "data" / "crm.db").read_bytes(), (empty / "secrets" / "audit.key").read_bytes())
    prepare()
    assert (
        (empty / "data" / "crm.db").read_bytes(),
        (empty / "secrets" / "audit.key").read_bytes(),
    ) == before


def test_secrets_of_another_service_are_told_at_the_start_and_none_are_made(
    empty: Path, monkeypatch: pytest.MonkeyPatch
):
    prepare()
    for folder in ("lost", "of-another-service"):
        monkeypatch.setenv("CRM_SECRETS_DIR", str(empty / folder))
        settings.cache_clear()
        if folder != "lost":
            secret_store.audit_key()
            secret_store.values_keys()
        with pytest.raises(SecretsError, match="do not fit the database") as refusal:
            prepare()
        assert str(refusal.value).count(".") == 1
    assert not (empty / "lost").exists()
    monkeypatch.setenv("CRM_SECRETS_DIR", str(empty / "secrets"))
    settings.cache_clear()
    prepare()


def test_a_database_from_before_the_check_is_refused_with_the_wrong_secrets(
    empty: Path, monkeypatch: pytest.MonkeyPatch
):
    prepare()
    url = settings().database_url
    with db.transaction() as session:
        seeker = make_seeker(session)
        seekers.archive(session, seeker.key, why="Moved", version=seeker.version, by=SYSTEM)
    schema.downgrade(url, "cba388ce46e1")
    monkeypatch.setenv("CRM_SECRETS_DIR", str(empty / "of-another-service"))
    settings.cache_clear()
    with pytest.raises(SecretsError, match="do not fit the database"):
        prepare()
    monkeypatch.setenv("CRM_SECRETS_DIR", str(empty / "secrets"))
    settings.cache_clear()
    prepare()
    assert schema.differences(url) == []


@pytest.mark.parametrize(
    "content", [b"this is a letter, not a database" * 200, b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes):
    path = tmp_path / "crm.db"
    path.write_bytes(content)
    with pytest.raises(StartupError, match=r"The database file crm\.db is damaged"):
        ensure_sound(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_other_databases_look_after_themselves():
    ensure_sound("postgresql://localhost/crm")


def test_a_second_server_on_the_same_file_is_refused_until_the_first_has_stopped(empty: Path):
    with only_server(), pytest.raises(StartupError, match="running already"), only_server():
        pass
    with only_server():
        pass


def test_servers_share_a_database_server(monkeypatch: pytest.MonkeyPatch, fresh_settings: None):
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/crm")
    with only_server(), only_server():
        assert not startup.settings().database_url.startswith("sqlite")


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_alone_may_use_plain_http(address: str, fresh_settings: None):
    ensure_address_is_safe(address)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "192.0.2.1", "crm.example.org"])
def test_other_machines_may_not(address: str | None, fresh_settings: None, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(StartupError, match="without encryption"):
        ensure_address_is_safe(address)
    monkeypatch.setenv("PUBLIC_URL", "https://crm.example.org")
    settings.cache_clear()
    ensure_address_is_safe(address)


@pytest.mark.parametrize(
    ("words", "environment", "address"),
    [
        ("app:app", {}, "127.0.0.1"),
        ("app:app --host 0.0.0.0 --port 80", {}, "0.0.0.0"),
        ("app:app --host=192.0.2.1", {}, "192.0.2.1"),
        ("app:app --port 80", {"UVICORN_HOST": "0.0.0.0"}, "0.0.0.0"),
        ("app:app --host", {}, ""),
    ],
)
def test_where_uvicorn_listens_is_read_from_how_it_was_started(
    words: str, environment: dict[str, str], address: str
):
    assert address_of_uvicorn(words.split(), environment) == address
