"""An audit row for every change, written in the change's own transaction by the session itself.

No service can forget it: a session that changes a record without somebody answering for it
(`crm.services.access.ensure`) is refused before anything reaches the database.
"""

import hashlib
import hmac
import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session

from crm.models.audit import AuditEntry
from crm.models.base import Record, utc_now
from crm.models.users import Actor
from crm.secret_store import audit_key

_UPKEEP = frozenset(
    {"id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "archived_by"}
)


def answer_for(session: Session, actor: Actor) -> None:
    """Say who answers for what this session changes."""
    session.info["actor"] = actor


def _actor(session: Session) -> Actor:
    actor = session.info.get("actor")
    if not isinstance(actor, Actor):
        raise RuntimeError("A record was changed before anybody was asked whether they may.")
    return actor


def _stamp(session: Any, _context: UOWTransaction, _instances: object) -> None:
    """Before saving: who and when, and the next version of what was changed."""
    now = utc_now()
    for row in session.deleted:
        if isinstance(row, Record):
            raise RuntimeError(f"A {type(row).__name__} is archived, never deleted.")
    for row in session.new:
        if isinstance(row, Record):
            row.created_by = row.updated_by = _actor(session).id
            row.created_at = row.updated_at = now
    for row in session.dirty:
        if isinstance(row, Record) and session.is_modified(row):
            row.version += 1
            row.updated_by, row.updated_at = _actor(session).id, now


def _write_entries(session: Any, _context: UOWTransaction) -> None:
    """After saving, when new records have their ids: one entry a record."""
    key = audit_key()
    rows = [_entry(session, row, "add", key) for row in session.new if isinstance(row, Record)]
    rows += [
        _entry(session, row, "change", key)
        for row in session.dirty
        if isinstance(row, Record) and session.is_modified(row)
    ]
    if rows:
        session.connection().execute(sa.insert(AuditEntry), rows)


def _entry(session: Session, row: Record, action: str, key: bytes) -> dict[str, Any]:
    actor = _actor(session)
    changed = _changed_fields(row)
    return {
        "at": row.updated_at,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "action": "archive" if "archived_why" in changed and row.archived_at else action,
        "record_kind": type(row).__name__,
        "record_id": row.key,
        "fields": ",".join(changed),
        "digests": json.dumps({name: _digest(key, getattr(row, name)) for name in changed}),
    }


def _changed_fields(row: Record) -> list[str]:
    """The names of the fields that this save sets or changes, without the upkeep ones."""
    state: Any = sa.inspect(row)
    return sorted(
        attribute.key
        for attribute in state.mapper.column_attrs
        if attribute.key not in _UPKEEP
        and state.attrs[attribute.key].history.has_changes()
        and not (state.attrs[attribute.key].history.deleted == () and getattr(row, attribute.key) is None)
    )


def _digest(key: bytes, value: object) -> str:
    return hmac.new(key, repr(value).encode(), hashlib.sha256).hexdigest()[:32]


def watch() -> None:
    """Have every session of this process stamp its records and write its entries."""
    event.listen(Session, "before_flush", _stamp)
    event.listen(Session, "after_flush", _write_entries)
