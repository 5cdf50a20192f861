"""What all imports share: the batch with its figures, and the rows that were not taken in, and why."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.models.imports import ImportBatch, ImportKind, RefusedRow, RowOutcome
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import records, spreadsheets
from crm.services.access import ensure, may, scoped
from crm.services.listing import Listing, how_many

_CALLED = "import"
_GUARDED = {
    ImportKind.SEEKERS: Action.SEEKERS_RECORD,
    ImportKind.PEOPLE: Action.EMPLOYERS_RECORD,
    ImportKind.CONTACTS: Action.CONTACTS_RECORD,
}
"""What one must be allowed to do to read rows about people: how to reach them, what they said."""

_FILE_COLUMNS = ("Row", "Outcome", "Field", "Reason")


@dataclass(frozen=True, slots=True)
class ImportFigures:
    """What became of the rows of a file: each was added, updated, skipped or refused."""

    added: int = 0
    updated: int = 0
    skipped: int = 0
    refused: int = 0

    @property
    def read(self) -> int:
        """All rows."""
        return self.added + self.updated + self.skipped + self.refused


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import as lists show it."""

    id: int
    kind: str
    file_name: str
    at: datetime
    by: str | None
    read: int
    added: int
    updated: int
    skipped: int
    refused: int


def run_action(kind: ImportKind) -> Action:
    """What somebody has to be allowed to bring in this kind of thing."""
    return Action.VOCABULARY_IMPORT if kind is ImportKind.VOCABULARY else Action.IMPORTS_RUN


def digest_of(*contents: bytes) -> str:
    """Tells files from one another, whatever they are called: SHA-256 over their contents, in hexadecimal."""
    whole = hashlib.sha256()
    for content in contents:
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


def start_batch(
    session: Session,
    kind: ImportKind,
    *,
    file_name: str,
    file_digest: str,
    headings: str = "",
    mapping: Mapping[str, str] | None = None,
    by: Actor,
) -> ImportBatch:
    """Open a batch, so that what comes in can name it; `finish` gives it its figures in the same transaction.

    Raises:
        NotAllowedError: the person may not run such imports.
    """
    ensure(session, by, run_action(kind))
    batch = ImportBatch(
        kind=kind,
        file_name=file_name[:200],
        file_digest=file_digest,
        headings=headings,
        mapping=dict(mapping or {}),
    )
    return records.add(session, batch)


def finish(
    session: Session, batch: ImportBatch, figures: ImportFigures, *, notes: Sequence[str] = (), by: Actor
) -> ImportBatch:
    """Give a batch its figures and what is worth saying about the file.

    Raises:
        NotAllowedError: the person may not run such imports.
    """
    ensure(session, by, run_action(batch.kind))
    values = {
        "rows_read": figures.read,
        "rows_added": figures.added,
        "rows_updated": figures.updated,
        "rows_skipped": figures.skipped,
        "rows_refused": figures.refused,
        "notes": list(notes),
    }
    return records.change(session, batch, values, version=batch.version)


def refuse(
    session: Session, batch: ImportBatch, place: str, field: str, reason: str, original: Mapping[str, Any]
) -> None:
    """Keep a row that has to be mended: where it stood (“row 12”), which field, why, and the row itself."""
    _set_aside(session, batch, RowOutcome.REFUSED, place, field, reason, original)


def skip(
    session: Session, batch: ImportBatch, place: str, field: str, reason: str, original: Mapping[str, Any]
) -> None:
    """Keep a row that was not needed, for example one that says again what an earlier row says."""
    _set_aside(session, batch, RowOutcome.SKIPPED, place, field, reason, original)


def _set_aside(
    session: Session,
    batch: ImportBatch,
    outcome: RowOutcome,
    place: str,
    field: str,
    reason: str,
    original: Mapping[str, Any],
) -> None:
    session.add(
        RefusedRow(
            batch_id=batch.key,
            outcome=outcome,
            place=place,
            field=field,
            reason=reason,
            original=dict(original),
        )
    )


def find(session: Session, batch_id: int, *, by: Actor) -> ImportBatch:
    """One import with its figures.

    Raises:
        NotAllowedError: the person may not see imports.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.IMPORTS_READ)
    return records.fetch(session, ImportBatch, batch_id, called=_CALLED)


def same_file(session: Session, file_digest: str, kind: ImportKind, *, by: Actor) -> ImportBatch | None:
    """The last import of a file with the same content, if it came in before.

    Raises:
        NotAllowedError: the person may not see imports.
    """
    ensure(session, by, Action.IMPORTS_READ)
    query = select(ImportBatch).where(ImportBatch.file_digest == file_digest, ImportBatch.kind == kind)
    return session.exec(query.order_by(col(ImportBatch.id).desc()).limit(1)).first()


def batches(
    session: Session, *, kind: str | None = None, offset: int, limit: int, by: Actor
) -> Listing[BatchRow]:
    """One page of the imports, the latest first.

    Raises:
        NotAllowedError: the person may not see imports.
    """
    query = sa.select(
        col(ImportBatch.id),
        col(ImportBatch.kind),
        col(ImportBatch.file_name),
        col(ImportBatch.created_at),
        col(User.name),
        col(ImportBatch.rows_read),
        col(ImportBatch.rows_added),
        col(ImportBatch.rows_updated),
        col(ImportBatch.rows_skipped),
        col(ImportBatch.rows_refused),
    ).join(User, col(User.id) == col(ImportBatch.created_by), isouter=True)
    if kind:
        query = query.where(col(ImportBatch.kind) == kind)
    query = scoped(session, query, ImportBatch, by=by, action=Action.IMPORTS_READ)
    page = query.order_by(col(ImportBatch.id).desc()).offset(offset).limit(limit)
    rows = session.connection().execute(page).all()
    return Listing([BatchRow(*row) for row in rows], how_many(session, query))


def refused_rows(
    session: Session, batch_id: int, *, outcome: str | None = None, offset: int, limit: int, by: Actor
) -> Listing[RefusedRow]:
    """One page of the rows of an import that were not taken in, in the order of the file.

    Raises:
        NotAllowedError: the person may not see imports, or not what these rows hold about people.
        NotFoundError: there is no such import.
    """
    _ensure_rows(session, find(session, batch_id, by=by), by)
    wanted = _set_aside_in(batch_id, outcome)
    query = scoped(session, wanted, RefusedRow, by=by, action=Action.IMPORTS_READ)
    rows = list(session.exec(query.offset(offset).limit(limit)))
    return Listing(rows, how_many(session, query))


def refused_file(session: Session, batch_id: int, *, by: Actor) -> bytes:
    """The rows that were not taken in, as a CSV file to mend: place and reason, then the row.

    Raises:
        NotAllowedError: the person may not see imports, or not what these rows hold about people.
        NotFoundError: there is no such import.
    """
    batch = find(session, batch_id, by=by)
    _ensure_rows(session, batch, by)
    rows = list(session.exec(_set_aside_in(batch.key, None)))
    columns = list(dict.fromkeys(name for row in rows for name in row.original))
    lines = [
        [row.place, row.outcome.value, row.field, row.reason, *(row.original.get(name) for name in columns)]
        for row in rows
    ]
    return spreadsheets.csv_file([*_FILE_COLUMNS, *columns], lines)


def may_see_rows(batch: ImportBatch, *, by: Actor) -> bool:
    """May this person see the rows of an import that were not taken in? They hold all that the file said."""
    action = _GUARDED.get(batch.kind)
    return action is None or may(by, action)


def _ensure_rows(session: Session, batch: ImportBatch, by: Actor) -> None:
    if batch.kind in _GUARDED:
        ensure(session, by, _GUARDED[batch.kind])


def _set_aside_in(batch_id: int, outcome: str | None) -> SelectOfScalar[RefusedRow]:
    query = select(RefusedRow).where(RefusedRow.batch_id == batch_id)
    if outcome:
        query = query.where(col(RefusedRow.outcome) == outcome)
    return query.order_by(col(RefusedRow.id))
