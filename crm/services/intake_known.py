"""What is recorded already of the things that a list is about, and what of it this person may change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.field_groups import UPKEEP
from crm.models.users import Actor
from crm.services import import_traces
from crm.services.access import scoped
from crm.services.intake_kinds import IntakeKind, Key, Values
from crm.services.listing import parts


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record that is there (`id`), or that an earlier row of the same file is going to add (`row`)."""

    id: int | None
    row: int | None
    values: Values
    version: int = 1
    is_archived: bool = False
    is_changeable: bool = True


class KnownRecords:
    """The records that rows are compared with; it grows with the rows that are going to be added."""

    def __init__(self, kind: IntakeKind) -> None:
        self._kind = kind
        self._same: dict[Key, KnownRecord] = {}
        self._alike: dict[Key, KnownRecord] = {}

    def enter(self, known: KnownRecord) -> None:
        """Take a record in; archived ones give way to live ones."""
        for key in self._kind.keys(known.values):
            held = self._same.get(key)
            if held is None or (held.is_archived and not known.is_archived):
                self._same[key] = known
        if not known.is_archived:
            for key in self._kind.likeness(known.values):
                self._alike.setdefault(key, known)

    def same_as(self, values: Values) -> KnownRecord | None:
        """The record that a row is about."""
        return next((self._same[key] for key in self._kind.keys(values) if key in self._same), None)

    def alike(self, values: Values) -> KnownRecord | None:
        """A record that is perhaps the same."""
        return next((self._alike[key] for key in self._kind.likeness(values) if key in self._alike), None)


def load(session: Session, kind: IntakeKind, within: Sequence[int | str], *, by: Actor) -> KnownRecords:
    """What is recorded for these employers, or of these names; what an undone import made is left out."""
    known = KnownRecords(kind)
    for some in parts(sorted(set(within))):
        changeable = set(_changeable(session, kind, some, by))
        for key, version, archived_at, values in _recorded(session, kind, some):
            is_archived = archived_at is not None
            known.enter(KnownRecord(key, None, values, version, is_archived, key in changeable))
    return known


def _recorded(session: Session, kind: IntakeKind, some: Sequence[int | str]) -> Iterator[tuple[Any, ...]]:
    table: Any = kind.table
    names = sorted(kind.table.model_fields.keys() - UPKEEP)
    query = (
        sa.select(table.id, table.version, table.archived_at, *(getattr(table, name) for name in names))
        .where(getattr(table, kind.within).in_(some), ~import_traces.is_of_undone(kind.table))
        .order_by(table.id)
    )
    for key, version, archived_at, *values in session.connection().execute(query):
        yield key, version, archived_at, dict(zip(names, values, strict=True))


def _changeable(session: Session, kind: IntakeKind, some: Sequence[int | str], by: Actor) -> Iterator[int]:
    query = sa.select(col(kind.table.id)).where(getattr(kind.table, kind.within).in_(some))
    query = scoped(session, query, kind.table, by=by, action=kind.recording)
    yield from (key for key in session.connection().execute(query).scalars() if key is not None)
