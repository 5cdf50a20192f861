"""An audit row for every change, written in the change's own transaction by the session itself.

No service can forget it: a session that changes a record without somebody answering for it
(`crm.services.access.ensure`) is refused before anything reaches the database.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
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
    changed = _changed_fields(row)
    action = "archive" if "archived_why" in changed and row.archived_at else action
    values = {name: getattr(row, name) for name in changed}
    return _line(_actor(session), row.updated_at, action, (type(row).__name__, row.key), values, key)


def _line(
    actor: Actor, at: datetime, action: str, record: tuple[str, int], values: Mapping[str, Any], key: bytes
) -> dict[str, Any]:
    return {
        "at": at,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "action": action,
        "record_kind": record[0],
        "record_id": record[1],
        "fields": ",".join(values),
        "digests": json.dumps({name: _digest(key, value) for name, value in values.items()}),
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


def add_many(session: Session, table: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Store many new records at once, stamped and with an entry each as if one by one.

    Each row holds every field of its table but the upkeep ones. Gives the ids in the order of the rows.
    """
    if not rows:
        return []
    actor, now, key = _actor(session), utc_now(), audit_key()
    who_and_when = {"created_by": actor.id, "updated_by": actor.id, "created_at": now, "updated_at": now}
    kind: Any = table
    adding = sa.insert(kind).returning(kind.id, sort_by_parameter_order=True)
    connection = session.connection()
    ids = list(connection.execute(adding, [{**row, **who_and_when, "version": 1} for row in rows]).scalars())
    said = ({name: row[name] for name in sorted(row) if row[name] is not None} for row in rows)
    entries = [
        _line(actor, now, "add", (table.__name__, record_id), values, key)
        for record_id, values in zip(ids, said, strict=True)
    ]
    connection.execute(sa.insert(AuditEntry), entries)
    return ids


def watch() -> None:
    """Have every session of this process stamp its records and write its entries."""
    event.listen(Session, "before_flush", _stamp)
    event.listen(Session, "after_flush", _write_entries)
