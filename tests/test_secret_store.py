"""Secrets are made once, for the service's own user alone, and never in the project's folder."""

import stat
import sys
from pathlib import Path

import pytest

from crm import config, secret_store
from crm.errors import SecretsError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_settings: None) -> Path:
    monkeypatch.setenv("CRM_SECRETS_DIR", str(tmp_path / "made" / "here"))
    config.settings.cache_clear()
    return tmp_path / "made" / "here"


def test_a_secret_is_made_at_the_first_call_and_stays(folder: Path):
    first = secret_store.audit_key()
    assert len(first) == 64
    assert secret_store.audit_key() == first == (folder / "audit.key").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions another way")
def test_only_the_service_s_own_user_can_read_a_secret(folder: Path):
    secret_store.audit_key()
    assert stat.S_IMODE((folder / "audit.key").stat().st_mode) == 0o600


def test_the_environment_wins(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRM_AUDIT_KEY", "from the environment")
    config.settings.cache_clear()
    assert secret_store.audit_key() == b"from the environment"
    assert not folder.exists()


def test_a_new_key_comes_before_the_older_ones_which_are_kept(folder: Path):
    (first,) = secret_store.values_keys()
    secret_store.add_values_key()
    secret_store.add_values_key()
    assert [path.name for path in sorted(folder.iterdir())] == ["values-2.key", "values-3.key", "values.key"]
    keys = secret_store.values_keys()
    assert (len(set(keys)), keys[-1]) == (3, first)
    (folder / "values.key").unlink()
    assert secret_store.values_keys() == keys[:2]


def test_several_keys_come_from_the_environment_the_newest_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CRM_VALUES_KEY", "new, old")
    config.settings.cache_clear()
    assert secret_store.values_keys() == [b"new", b"old"]
    with pytest.raises(SecretsError, match="Put a new one before the others there"):
        secret_store.add_values_key()


def test_two_processes_that_make_a_secret_at_once_use_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch):
    first = secret_store.audit_key()
    secret_store._make(folder / "audit.key")
    assert secret_store.audit_key() == first
    assert [path.name for path in folder.iterdir()] == ["audit.key"]


def test_by_default_secrets_lie_outside_the_project(monkeypatch: pytest.MonkeyPatch, fresh_settings: None):
    monkeypatch.delenv("CRM_SECRETS_DIR")
    config.settings.cache_clear()
    assert config.ROOT not in config.settings().secrets_dir.parents
