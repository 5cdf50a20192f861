"""The search index: one entry for each record that can be found, the words it is found by, their trigrams.

What stands here is worked out of the records by `crm.search_index`, and can be made anew from them.
"""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Table, choice_column


class EntryKind(StrEnum):
    """What can be found, in the order in which results are shown."""

    EMPLOYER = "employer"
    PERSON = "person"
    VACANCY = "vacancy"
    AGREEMENT = "agreement"
    SEEKER = "seeker"


def code_lot(kind: EntryKind) -> str:
    """The lot of numbers and addresses of a kind: they may be seen by fewer people than its names."""
    return f"{kind}_code"


def _text(length: int = 0) -> Any:
    """Text that both engines put in the same order: by its signs, in whatever language the database is."""
    return sa.String(length or None).with_variant(sa.String(length or None, collation="C"), "postgresql")


class SearchEntry(Table, table=True):
    """A record that can be found, and what is shown of it; `opens_id` is the record whose page is opened."""

    __table_args__ = (sa.UniqueConstraint("kind", "record_id", name="uq_search_entry_record"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: EntryKind = Field(sa_type=choice_column(EntryKind))
    record_id: int
    opens_id: int
    title: str
    title_key: str = Field(sa_type=_text())
    detail: str
    is_archived: bool


class SearchWord(Table, table=True):
    """A word or number by which an entry is found; a lot holds those that the same people may see."""

    __table_args__ = (sa.Index("ix_search_word_entry", "entry_id"), {"sqlite_with_rowid": False})

    lot: str = Field(sa_type=_text(20), primary_key=True)
    word: str = Field(sa_type=_text(), primary_key=True)
    entry_id: int = Field(foreign_key="search_entry.id", primary_key=True)


class SearchTrigram(Table, table=True):
    """Three letters that follow each other in a word of a lot, so that it is found by a wrong spelling."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    lot: str = Field(sa_type=_text(20), primary_key=True)
    trigram: str = Field(sa_type=_text(), primary_key=True)
    word: str = Field(sa_type=_text(), primary_key=True)
