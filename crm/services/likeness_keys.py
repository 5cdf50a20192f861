"""The keys of records that may be recorded twice: renewed in the transaction that saves the record.

What is saved is remembered, and its keys are renewed once: just before the commit, or when likes are asked
for.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session, col

from crm.likeness.keys import keys_of
from crm.models.base import Record
from crm.models.duplicates import LikenessDue, LikenessKey, LikenessKind
from crm.models.employers import Employer, EmployerPerson, EmployerSite
from crm.services.likeness_parties import parties
from crm.services.listing import parts

_WAITING = "likeness-keys"
_AT_ONCE = 200


def note_saved(session: Session, table: type[Record], rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Remember that these were saved: their ids, and what was saved of each."""
    for record_id, saved in rows:
        if table is Employer:
            _remember(session, LikenessKind.EMPLOYER, record_id)
        elif table in (EmployerSite, EmployerPerson):
            _remember(session, LikenessKind.EMPLOYER, saved["employer_id"])
        if table is EmployerPerson:
            _remember(session, LikenessKind.PERSON, record_id)


def note_changed(session: Session, row: Record) -> None:
    """Remember that this record was saved."""
    note_saved(session, type(row), [(row.key, {"employer_id": getattr(row, "employer_id", None)})])


def _remember(session: Session, kind: LikenessKind, record_id: int) -> None:
    waiting: dict[LikenessKind, set[int]] = session.info.setdefault(_WAITING, {})
    waiting.setdefault(kind, set()).add(record_id)


def settle(session: Session) -> None:
    """Renew the keys of what this transaction has saved so far."""
    waiting: dict[LikenessKind, set[int]] = session.info.pop(_WAITING, {})
    for kind, ids in waiting.items():
        session.flush()
        for some in parts(sorted(ids), _AT_ONCE):
            renew(session, kind, some)


def _forget(session: Session) -> None:
    """What is rolled back was not saved."""
    session.info.pop(_WAITING, None)


event.listen(Session, "before_commit", settle)
event.listen(Session, "after_rollback", _forget)


def renew(session: Session, kind: LikenessKind, ids: Sequence[int]) -> None:
    """Write the keys of records anew where they differ, and have the likes of those employers looked for.

    A record that nothing can be read off has one key that it shares with nobody: it has been looked at.
    """
    wanted = {key: set(keys_of(one)) or {f"-:{key}"} for key, one in parties(session, kind, ids).items()}
    stored = _stored(session, kind, ids)
    changed = [key for key in ids if wanted.get(key, set()) != stored.get(key, set())]
    if not changed:
        return
    connection = session.connection()
    connection.execute(
        sa.delete(LikenessKey).where(
            col(LikenessKey.record_kind) == kind, col(LikenessKey.record_id).in_(changed)
        )
    )
    rows = [
        {"record_kind": kind, "record_id": record_id, "key": key}
        for record_id in changed
        for key in sorted(wanted.get(record_id, ()))
    ]
    if rows:
        connection.execute(sa.insert(LikenessKey), rows)
    if kind is LikenessKind.EMPLOYER:
        make_due(session, changed)


def _stored(session: Session, kind: LikenessKind, ids: Sequence[int]) -> dict[int, set[str]]:
    query = sa.select(col(LikenessKey.record_id), col(LikenessKey.key)).where(
        col(LikenessKey.record_kind) == kind, col(LikenessKey.record_id).in_(ids)
    )
    found: dict[int, set[str]] = {}
    for record_id, key in session.connection().execute(query):
        found.setdefault(record_id, set()).add(key)
    return found


def make_due(session: Session, ids: Sequence[int]) -> None:
    """Have the likes of these employers looked for."""
    connection = session.connection()
    due = sa.select(col(LikenessDue.employer_id)).where(col(LikenessDue.employer_id).in_(ids))
    missing = set(ids) - set(connection.execute(due).scalars())
    if missing:
        connection.execute(sa.insert(LikenessDue), [{"employer_id": key} for key in sorted(missing)])
