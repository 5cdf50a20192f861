"""Secrets made at first start, kept outside data/ and outside every backup; the environment wins."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from crm.config import settings
from crm.errors import SecretsError


def audit_key() -> bytes:
    """The key of the digests in the audit trail, from CRM_AUDIT_KEY or from the secrets folder."""
    given = settings().audit_key
    return given.encode() if given else _kept("audit.key")


def values_keys() -> list[bytes]:
    """The keys of all that is kept locked, the newest first: it locks, the older ones still open.

    From CRM_VALUES_KEY, parted by commas, or from the secrets folder, where the first is made.
    """
    given = settings().values_key
    if given:
        return [key.strip().encode() for key in given.split(",")]
    if not _values_files():
        _make(settings().secrets_dir / f"{_VALUES}.key")
    return [path.read_bytes() for path in reversed(_values_files())]


def add_values_key() -> None:
    """Make a new key, which locks from now on.

    Raises:
        SecretsError: the keys come from the environment, where only an operator can put one.
    """
    if settings().values_key:
        raise SecretsError(
            "The keys come from CRM_VALUES_KEY. Put a new one before the others there, parted by a comma, "
            "and run this again."
        )
    kept = _values_files()
    number = _number(kept[-1]) + 1 if kept else 1
    _make(settings().secrets_dir / f"{_VALUES}-{number}.key")


def are_made() -> bool:
    """Are there any secrets yet, or will the next call make them?"""
    chosen = settings()
    is_audit_key = bool(chosen.audit_key) or (chosen.secrets_dir / "audit.key").exists()
    return is_audit_key and bool(chosen.values_key or _values_files())


_VALUES = "values"


def _values_files() -> list[Path]:
    """`values.key`, `values-2.key` and so on: the files of the keys, the newest last."""
    return sorted(settings().secrets_dir.glob(f"{_VALUES}*.key"), key=_number)


def _number(path: Path) -> int:
    number = path.stem.removeprefix(_VALUES).removeprefix("-")
    return int(number) if number.isdigit() else 1


def metrics_token() -> bytes:
    """What a machine that reads /metrics shows, from CRM_METRICS_TOKEN or from the secrets folder."""
    given = settings().metrics_token
    return given.encode() if given else _kept("metrics.token")


def backup_key() -> bytes:
    """The key that locks the backups, from CRM_BACKUP_KEY or from the secrets folder."""
    given = settings().backup_key
    return given.encode() if given else _kept("backup.key")


def _kept(name: str) -> bytes:
    """Read a secret from its file, making both at the first call."""
    path = settings().secrets_dir / name
    if not path.exists():
        _make(path)
    return path.read_bytes()


def _make(path: Path) -> None:
    """Write 32 random bytes that only the service's own user can read; another process may be first.

    The file has its name only once it is whole, so that nobody ever locks with half a key.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(32).encode())
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(unfinished, path)
    unfinished.unlink()
