"""Imports: what came in from a file, and what was refused and why."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Record, Table, choice_column


class ImportKind(StrEnum):
    """What an import brings in."""

    EMPLOYERS = "employers"
    VACANCIES = "vacancies"
    VOCABULARY = "vocabulary"


class ImportBatch(Record, table=True):
    """One file, or one lot of files, taken in by one person in one transaction."""

    kind: ImportKind = Field(sa_type=choice_column(ImportKind), index=True)
    file_name: str
    file_digest: str = Field(index=True)
    mapping: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    notes: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    rows_read: int
    rows_added: int
    rows_updated: int
    rows_skipped: int
    rows_refused: int


class RefusedRow(Table, table=True):
    """A row that was not taken in: where it stood, which field, why, and the row itself for correction."""

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id", index=True)
    place: str
    field: str
    reason: str
    original: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
