"""Secrets made at first start, kept outside data/ and outside every backup; the environment wins."""

import os
import secrets
from pathlib import Path

from crm.config import settings


def audit_key() -> bytes:
    """The key of the digests in the audit trail, from CRM_AUDIT_KEY or from the secrets folder."""
    given = settings().audit_key
    return given.encode() if given else _kept("audit.key")


def values_key() -> bytes:
    """The key that locks the keys of the trail's values, from CRM_VALUES_KEY or the secrets folder."""
    given = settings().values_key
    return given.encode() if given else _kept("values.key")


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
    """Write 32 random bytes that only the service's own user can read; another process may be first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(32).encode())
