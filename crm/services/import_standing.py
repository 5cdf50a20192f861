"""What of an import still stands as the import left it, and what has had something happen to it since."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from crm.models.base import Record
from crm.models.contacts import EmployerContact
from crm.models.employers import Employer, EmployerPerson, EmployerSite
from crm.models.imports import ImportedRecord
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services.access import scoped


@dataclass(frozen=True, slots=True)
class Importable:
    """A table that imports write to: the field that names a record, and what one must be allowed to do."""

    table: type[Record]
    named: str
    reading: Action
    recording: Action


_OF_EMPLOYERS = (Action.EMPLOYERS_READ, Action.EMPLOYERS_RECORD)

IMPORTABLE: dict[str, Importable] = {
    one.table.__name__: one
    for one in (
        Importable(Employer, "name", *_OF_EMPLOYERS),
        Importable(EmployerSite, "label", *_OF_EMPLOYERS),
        Importable(EmployerPerson, "name", *_OF_EMPLOYERS),
        Importable(EmployerContact, "summary", Action.CONTACTS_READ, Action.CONTACTS_RECORD),
        Importable(Vacancy, "title", Action.VACANCIES_READ, Action.VACANCIES_RECORD),
        Importable(JobSeeker, "preferred_name", Action.SEEKERS_READ, Action.SEEKERS_RECORD),
    )
}
"""By the name under which the traces of an import keep them."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One record of an import: where its trace lies, its row in the file, and whether it was new."""

    id: int
    row_number: int | None
    kind: str
    record_id: int
    is_new: bool

    @property
    def record(self) -> tuple[str, int]:
        """Which record it is about."""
        return self.kind, self.record_id


@dataclass(frozen=True, slots=True)
class Standing:
    """The records of an import: those that can go back, and those that stay as they are."""

    going: list[Trace]
    staying: list[Trace]


def standing(session: Session, batch_id: int, *, by: Actor) -> Standing:
    """Part the records of an import into those that nothing has happened to since, and the others.

    Something has happened to a record when it was saved again, or when something was added to it. What one
    row of the file did stays together: when a part of it stays, all of it does. So does what this person may
    not change.
    """
    traces = list(_traces(session, batch_id))
    kinds = [IMPORTABLE[name] for name in sorted({trace.kind for trace in traces})]
    untouched = {one for kind in kinds for one in _untouched(session, batch_id, kind, by)}
    used = {one for kind in kinds for one in _used(session, batch_id, kind)}
    held = [trace for trace in traces if trace.record not in untouched or trace.record in used]
    rows = {trace.row_number for trace in held} - {None}
    staying = {trace.id for trace in held} | {trace.id for trace in traces if trace.row_number in rows}
    return Standing(
        [trace for trace in traces if trace.id not in staying],
        [trace for trace in traces if trace.id in staying],
    )


def _traces(session: Session, batch_id: int) -> Iterator[Trace]:
    columns = sa.select(
        col(ImportedRecord.id),
        col(ImportedRecord.row_number),
        col(ImportedRecord.record_kind),
        col(ImportedRecord.record_id),
        col(ImportedRecord.is_new),
    )
    found = columns.where(col(ImportedRecord.batch_id) == batch_id, col(ImportedRecord.is_undone).is_(False))
    for row in session.connection().execute(found.order_by(col(ImportedRecord.id))):
        yield Trace(*row)


def _of_batch(batch_id: int, kind: str) -> tuple[sa.ColumnElement[bool], ...]:
    return col(ImportedRecord.batch_id) == batch_id, col(ImportedRecord.record_kind) == kind


def _untouched(session: Session, batch_id: int, kind: Importable, by: Actor) -> Iterator[tuple[str, int]]:
    """The records that are at the version in which the import left them, and that this person may change."""
    table = kind.table
    query = (
        sa.select(col(table.id))
        .join(ImportedRecord, col(ImportedRecord.record_id) == col(table.id))
        .where(*_of_batch(batch_id, table.__name__), col(table.version) == col(ImportedRecord.version))
    )
    query = scoped(session, query, table, by=by, action=kind.recording)
    yield from ((table.__name__, key) for key in session.connection().execute(query).scalars() if key)


def _used(session: Session, batch_id: int, kind: Importable) -> Iterator[tuple[str, int]]:
    """The new records of an import that something refers to by now, other than its own."""
    name = kind.table.__name__
    new = sa.select(col(ImportedRecord.record_id)).where(
        *_of_batch(batch_id, name), col(ImportedRecord.is_new)
    )
    for column in _referring(str(kind.table.__tablename__)):
        is_live = column.table.c.archived_at.is_(None)
        query = sa.select(column).where(column.in_(new), is_live).distinct()
        other = _importable_table(column.table.name)
        if other is not None:
            its_own = sa.select(col(ImportedRecord.id)).where(
                *_of_batch(batch_id, other),
                col(ImportedRecord.record_id) == column.table.c.id,
                col(ImportedRecord.version) == column.table.c.version,
            )
            query = query.where(~sa.exists(its_own))
        yield from ((name, key) for key in session.connection().execute(query).scalars())


@cache
def _referring(table: str) -> tuple[sa.Column[Any], ...]:
    """Every column of a record that refers to a table; what is derived or passing counts for nothing."""
    return tuple(
        key.parent
        for other in SQLModel.metadata.sorted_tables
        if "archived_at" in other.columns
        for key in sorted(other.foreign_keys, key=lambda one: one.parent.name)
        if key.column.table.name == table
    )


def _importable_table(name: str) -> str | None:
    return next((kind for kind, one in IMPORTABLE.items() if one.table.__tablename__ == name), None)
