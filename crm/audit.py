"""An audit row for every change, written in the change's own transaction by the session itself.

No service can forget it: a session that changes a record without somebody answering for it
(`crm.services.access.ensure`) is refused before anything reaches the database.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session, col

from crm import audit_values
from crm.audit_chain import START, seal
from crm.audit_digests import digest, settled
from crm.models.audit import AuditEntry
from crm.models.base import Record, utc_now
from crm.models.users import Actor
from crm.secret_store import audit_key

EVERYBODY = audit_values.EVERYBODY
"""Whom values are about that are about no person."""

_UPKEEP = frozenset(
    {
        *("id", "version", "created_at", "created_by", "updated_at", "updated_by"),
        *("archived_at", "archived_by", "seal"),
    }
)


ARCHIVING = frozenset({"archived_at", "archived_by"})
"""Upkeep that no other part of an entry tells: it has digests, and is not named among the fields."""

CHANGES = ("add", "change", "archive")
"""The actions that the session itself notes of records, one for each version; the rest is said by `note`."""

_SECRET = frozenset({"password_hash"})
"""Fields whose values are kept nowhere but in their record."""
_CHAIN = 20_261_103
"""The number of the lock that PostgreSQL's writers take turns with."""

_ENTRY_ID: Any = AuditEntry.id


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry to be written: its columns, whom its values are about, and each value before and after."""

    line: dict[str, Any]
    about: tuple[str, int] = audit_values.EVERYBODY
    values: dict[str, tuple[Any, Any]] = field(default_factory=dict[str, tuple[Any, Any]])


def note(
    session: Session,
    actor: Actor,
    action: str,
    record: tuple[str, int],
    said: Mapping[str, Any] | None = None,
    *,
    about: tuple[str, int] = EVERYBODY,
) -> None:
    """Have an entry written for what changes no record: a sign-in, a wrong password, a refusal.

    It is written with the transaction and sealed like every other; `said` is encrypted for whom it is about.

    Raises:
        ValueError: the action is one by which the entries of changes are known.
    """
    if action in CHANGES:
        raise ValueError(f"“{action}” stands for a change of a record, which writes its entry by itself.")
    values = dict(said or {})
    line = _line(actor, utc_now(), action, record, values, audit_key())
    _waiting(session).append(Noted(line, about, {name: (None, value) for name, value in values.items()}))


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


def _note_changes(session: Any, _context: UOWTransaction) -> None:
    """After saving, when new records have their ids: one entry a record, written just before the commit."""
    key = audit_key()
    noted = [_entry(session, row, "add", key) for row in session.new if isinstance(row, Record)]
    noted += [
        _entry(session, row, "change", key)
        for row in session.dirty
        if isinstance(row, Record) and session.is_modified(row)
    ]
    _waiting(session).extend(noted)


def _waiting(session: Session) -> list[Noted]:
    """The entries of this transaction that are not written yet."""
    return session.info.setdefault("audit", [])


def _written(session: Session) -> list[Noted]:
    """The entries of this transaction that were written before its end, as looks are."""
    return session.info.setdefault("audit_written", [])


def _forget(session: Session) -> None:
    """What is rolled back did not happen."""
    _waiting(session).clear()
    _written(session).clear()


def _let_go(session: Session) -> None:
    """What is committed is no change of the next transaction."""
    _written(session).clear()


def write_entries(session: Session) -> None:
    """Write what the transaction changed, each entry sealed to the one before it; before every commit."""
    session.flush()
    noted = _waiting(session)
    if not noted or session.in_nested_transaction():
        return
    connection = session.connection()
    take_turn(connection)
    last = sa.select(col(AuditEntry.seal)).order_by(sa.desc(_ENTRY_ID)).limit(1)
    before, key = connection.execute(last).scalar() or START, audit_key()
    for one in noted:
        before = one.line["seal"] = seal(key, before, one.line)
    ids = _insert(session, [one.line for one in noted])
    values = [(entry_id, one) for entry_id, one in zip(ids, noted, strict=True) if one.values]
    audit_values.keep(session, [(entry_id, one.about, one.values) for entry_id, one in values])
    _written(session).extend(noted)
    noted.clear()


def take_turn(connection: sa.Connection) -> None:
    """On PostgreSQL wait until no other transaction is at its end; SQLite has one writer at a time anyway.

    Seals follow each other: one transaction at a time writes its own, up to its commit.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CHAIN)))


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that a transaction has added or changed: the fields, and where known what they held before."""

    kind: str
    record_id: int
    is_new: bool
    fields: frozenset[str]
    before: Mapping[str, Any]


def changed_records(session: Session) -> list[Changed]:
    """What this transaction has added or changed and not committed."""
    return [
        Changed(
            one.line["record_kind"],
            one.line["record_id"],
            one.line["action"] == "add",
            frozenset(one.line["fields"].split(",")),
            {name: before for name, (before, _) in one.values.items()},
        )
        for one in (*_written(session), *_waiting(session))
        if one.line["action"] in CHANGES
    ]


def _insert(session: Session, lines: list[dict[str, Any]]) -> list[int]:
    adding = sa.insert(AuditEntry).returning(_ENTRY_ID, sort_by_parameter_order=True)
    return list(session.connection().execute(adding, lines).scalars())


def _entry(session: Session, row: Record, action: str, key: bytes) -> Noted:
    record, fields = (type(row).__name__, row.key), _fields_of(row)
    if action == "add":
        return Noted(_line(_actor(session), row.updated_at, action, record, _held(row, fields), key))
    values, upkeep = _changed(row, fields), _changed(row, ARCHIVING)
    if "archived_why" in values and row.archived_at:
        action = "archive"
    line = _line(_actor(session), row.updated_at, action, record, values, key, upkeep)
    before_and_after = {name: (_before(row, name), values[name]) for name in values if name not in _SECRET}
    return Noted(line, audit_values.about(row), before_and_after)


def _before(row: Record, name: str) -> Any:
    state: Any = sa.inspect(row)
    return next(iter(state.attrs[name].history.deleted), None)


def _line(
    actor: Actor,
    at: datetime,
    action: str,
    record: tuple[str, int],
    values: Mapping[str, Any],
    key: bytes,
    upkeep: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    held = {**values, **upkeep}
    return {
        "at": at,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "action": action,
        "record_kind": record[0],
        "record_id": record[1],
        "fields": ",".join(values),
        "digests": json.dumps({name: digest(key, value) for name, value in held.items()}),
    }


def _fields_of(row: Record) -> frozenset[str]:
    """The names of a record's own fields."""
    state: Any = sa.inspect(row)
    return frozenset(attribute.key for attribute in state.mapper.column_attrs) - _UPKEEP


def _held(row: Record, names: Iterable[str]) -> dict[str, Any]:
    """What the named fields hold, in order, as the database will give it back; what is empty is left out."""
    state: Any = sa.inspect(row)
    columns = state.mapper.columns
    values = {name: settled(columns[name], getattr(row, name)) for name in sorted(names)}
    return {name: value for name, value in values.items() if value is not None}


def _changed(row: Record, names: Iterable[str]) -> dict[str, Any]:
    """The same of those that this save changes; what holds nothing any more is told too."""
    state: Any = sa.inspect(row)
    columns = state.mapper.columns
    return {
        name: settled(columns[name], getattr(row, name))
        for name in sorted(names)
        if state.attrs[name].history.has_changes()
        and not (state.attrs[name].history.deleted == () and getattr(row, name) is None)
    }


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
    columns = kind.__table__.columns
    said = (
        {name: settled(columns[name], row[name]) for name in sorted(row) if row[name] is not None}
        for row in rows
    )
    _waiting(session).extend(
        Noted(_line(actor, now, "add", (table.__name__, record_id), values, key))
        for record_id, values in zip(ids, said, strict=True)
    )
    return ids


def watch() -> None:
    """Have every session of this process stamp its records and write its entries."""
    event.listen(Session, "before_flush", _stamp)
    event.listen(Session, "after_flush", _note_changes)
    event.listen(Session, "before_commit", write_entries)
    event.listen(Session, "after_commit", _let_go)
    event.listen(Session, "after_rollback", _forget)
