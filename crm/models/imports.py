"""Imports: what came in from a file, and what was not taken in and why."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Record, Table, UtcDateTime, choice_column


class ImportKind(StrEnum):
    """What an import brings in; vacancies come in as adverts, or row by row as a list."""

    EMPLOYERS = "employers"
    SITES = "sites"
    PEOPLE = "people"
    CONTACTS = "contacts"
    VACANCY_LIST = "vacancy_list"
    SEEKERS = "seekers"
    VACANCIES = "vacancies"
    VOCABULARY = "vocabulary"


class RowOutcome(StrEnum):
    """Why a row was not taken in: something in it has to be mended, or it was not needed."""

    REFUSED = "refused"
    SKIPPED = "skipped"


class ImportBatch(Record, table=True):
    """One file, or one lot of files, taken in by one person at once; every row is accounted for.

    `headings` tells sets of column headings from one another, so that the next file with the same ones is
    read as this one was.
    """

    __table_args__ = (
        sa.CheckConstraint(
            "rows_read = rows_added + rows_updated + rows_skipped + rows_refused",
            name="every_row_accounted_for",
        ),
    )

    kind: ImportKind = Field(sa_type=choice_column(ImportKind), index=True)
    file_name: str
    file_digest: str = Field(index=True)
    headings: str = Field(default="", index=True)
    mapping: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    notes: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    rows_read: int = 0
    rows_added: int = 0
    rows_updated: int = 0
    rows_skipped: int = 0
    rows_refused: int = 0
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: int | None = Field(default=None)


class ImportedRecord(Table, table=True):
    """A record that an import added or changed, at the version in which it left it.

    What one row of the file did stands together under its number. `before` holds what the fields of a changed
    record held, for as long as the import can be undone.
    """

    __table_args__ = (
        sa.UniqueConstraint("batch_id", "record_kind", "record_id", name="uq_imported_record_record"),
        sa.Index("ix_imported_record_record", "record_kind", "record_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id")
    row_number: int | None = None
    record_kind: str
    record_id: int
    is_new: bool
    version: int
    before: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    is_undone: bool = False


class RefusedRow(Table, table=True):
    """A row that was not taken in: where it stood, which field, why, and the row itself for correction."""

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id", index=True)
    outcome: RowOutcome = Field(default=RowOutcome.REFUSED, sa_type=choice_column(RowOutcome))
    place: str
    field: str
    reason: str
    original: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
