"""What fields held before and after a change, kept beside the trail and encrypted for each person.

The trail itself holds digests only. When somebody is erased, their key is: the values cannot be read any
more, and the chain of the trail still holds.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from sqlmodel import Session, col, select

from crm import locks
from crm.errors import SecretsError
from crm.models.audit import AuditKey, AuditValues
from crm.models.base import Record
from crm.models.employers import EmployerPerson
from crm.models.seekers import JobSeeker
from crm.models.users import User

About = tuple[str, int]
"""Whom values are about: the kind of record and its id."""

EVERYBODY: About = ("Service", 0)
"""For values that are about no person: an employer's, a vacancy's."""

_AT_A_TIME = 500
_PEOPLE = (JobSeeker, User, EmployerPerson)


def about(row: Record) -> About:
    """Whom a record is about: the person themselves, the job seeker it belongs to, or nobody."""
    if isinstance(row, _PEOPLE):
        return type(row).__name__, row.key
    seeker_id = getattr(row, "seeker_id", None)
    return (JobSeeker.__name__, seeker_id) if seeker_id is not None else EVERYBODY


def keep(session: Session, changes: Iterable[tuple[int, About, Mapping[str, tuple[Any, Any]]]]) -> None:
    """Store values before and after, by entry, each encrypted with the key of whom they are about."""
    keys: dict[About, tuple[int, Fernet]] = {}
    rows: list[dict[str, Any]] = []
    for entry_id, whom, values in changes:
        if whom not in keys:
            keys[whom] = _key_of(session, whom)
        key_id, cipher = keys[whom]
        text = json.dumps(values, default=str)
        rows.append(
            {"entry_id": entry_id, "key_id": key_id, "encrypted": cipher.encrypt(text.encode()).decode()}
        )
    if rows:
        session.connection().execute(sa.insert(AuditValues), rows)


def read(session: Session, entry_ids: Iterable[int]) -> dict[int, dict[str, tuple[Any, Any]]]:
    """Each entry's values before and after, by field; an entry whose key is gone is left out."""
    query = (
        select(AuditValues, AuditKey)
        .join(AuditKey, col(AuditKey.id) == col(AuditValues.key_id))
        .where(col(AuditValues.entry_id).in_(list(entry_ids)))
    )
    found: dict[int, dict[str, tuple[Any, Any]]] = {}
    for values, key in session.exec(query):
        if not key.encrypted:
            continue
        text = _unlocked(key).decrypt(values.encrypted.encode())
        found[values.entry_id] = {name: (pair[0], pair[1]) for name, pair in json.loads(text).items()}
    return found


def closed(session: Session) -> Iterator[int]:
    """The entries whose values do not open although their key is there, by id; read some at a time."""
    keys = session.exec(select(AuditKey)).all()
    ciphers = {key.key: _cipher(key) for key in keys}
    erased = {key.key for key in keys if not key.encrypted}
    query = sa.select(col(AuditValues.entry_id), col(AuditValues.key_id), col(AuditValues.encrypted))
    found = session.connection().execute(
        query.order_by(col(AuditValues.entry_id)), execution_options={"yield_per": _AT_A_TIME}
    )
    for entry_id, key_id, encrypted in found:
        if key_id not in erased and not _opens(ciphers.get(key_id), encrypted):
            yield entry_id


def _cipher(key: AuditKey) -> Fernet | None:
    try:
        return _unlocked(key)
    except (SecretsError, ValueError):
        return None


def _opens(cipher: Fernet | None, encrypted: str) -> bool:
    try:
        return cipher is not None and bool(cipher.decrypt(encrypted.encode()))
    except InvalidToken:
        return False


def _key_of(session: Session, whom: About) -> tuple[int, Fernet]:
    kind, about_id = whom
    wanted = select(AuditKey).where(AuditKey.about_kind == kind, AuditKey.about_id == about_id)
    if session.exec(wanted).first() is None:
        encrypted = locks.lock(Fernet.generate_key().decode(), key_place(kind, about_id))
        session.add(AuditKey(about_kind=kind, about_id=about_id, encrypted=encrypted))
        session.flush()
    key = session.exec(wanted).one()
    return key.key, _unlocked(key)


def key_place(kind: str, about_id: int) -> str:
    """Where the key of somebody's values is locked for."""
    return f"audit_key of {kind} {about_id}"


def _unlocked(key: AuditKey) -> Fernet:
    return Fernet(locks.unlock(key.encrypted, key_place(key.about_kind, key.about_id)))
