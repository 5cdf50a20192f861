"""What an import does to each record, kept with its batch so that the whole of it can be undone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from crm.models.base import Record
from crm.models.contacts import EmployerContact
from crm.models.employers import Employer
from crm.models.imports import ImportBatch, ImportedRecord
from crm.services import account_dates
from crm.services.listing import parts


def note_added(
    session: Session,
    batch_id: int,
    table: type[Record],
    ids: Sequence[int],
    row_numbers: Iterable[int | None],
) -> None:
    """Keep which records an import has just added, and the row of the file that each comes from."""
    _keep(
        session,
        [
            _line(batch_id, number, table, record_id, is_new=True, version=1)
            for record_id, number in zip(ids, row_numbers, strict=True)
        ],
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A record that a row of the file has just changed, saved, and what the changed fields held."""

    row_number: int
    record: Record
    before: Mapping[str, Any]


def note_changed(session: Session, batch_id: int, changes: Iterable[Change]) -> None:
    """Keep what records held that an import has just changed."""
    _keep(session, [_changed_line(batch_id, one) for one in changes])


def _changed_line(batch_id: int, one: Change) -> dict[str, Any]:
    row, number = one.record, one.row_number
    line = _line(batch_id, number, type(row), row.key, is_new=False, version=row.version)
    return {**line, "before": {name: _kept(value) for name, value in one.before.items()}}


def held_before(table: type[Record], before: Mapping[str, Any]) -> dict[str, Any]:
    """The values of fields as the record held them, from what was kept."""
    return {name: _as_held(table, name, value) for name, value in before.items()}


def is_of_undone(table: type[Record]) -> sa.ColumnElement[bool]:
    """In SQL: did an import that was undone put this archived record here? Then it is as if it were not.

    A list that was undone because its columns were wrong can so be imported again.
    """
    made, batch = aliased(ImportedRecord), aliased(ImportBatch)
    return sa.and_(
        col(table.archived_at).is_not(None),
        sa.exists(
            sa.select(col(made.id))
            .join(batch, col(batch.id) == col(made.batch_id))
            .where(
                col(made.record_kind) == table.__name__,
                col(made.record_id) == col(table.id),
                col(made.is_new),
                col(made.is_undone),
                col(batch.undone_at).is_not(None),
            )
        ),
    )


def settle_dates(session: Session, table: type[Record], batch_id: int) -> None:
    """Work out again when employers were last in contact: an import of contacts came in, or went back."""
    if table is not EmployerContact:
        return
    ids = sa.select(col(ImportedRecord.record_id)).where(
        col(ImportedRecord.batch_id) == batch_id, col(ImportedRecord.record_kind) == table.__name__
    )
    query = select(EmployerContact.employer_id).where(col(EmployerContact.id).in_(ids)).distinct()
    touched = list(session.exec(query))
    for some in parts(sorted(touched)):
        session.exec(select(Employer.id).where(col(Employer.id).in_(some)).with_for_update()).all()
    account_dates.refresh(session, touched)


def _line(
    batch_id: int, number: int | None, table: type[Record], record_id: int, *, is_new: bool, version: int
) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "row_number": number,
        "record_kind": table.__name__,
        "record_id": record_id,
        "is_new": is_new,
        "version": version,
        "before": {},
        "is_undone": False,
    }


def _keep(session: Session, lines: list[dict[str, Any]]) -> None:
    if lines:
        session.connection().execute(sa.insert(ImportedRecord), lines)


def _kept(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _as_held(table: type[Record], name: str, value: Any) -> Any:
    kind = sa.inspect(table).columns[name].type.python_type
    if value is None:
        return None
    if issubclass(kind, Enum):
        return kind(value)
    return kind.fromisoformat(value) if issubclass(kind, date) else value
