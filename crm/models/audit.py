"""The trail of what happened to records: sealed entries, and beside them the values, encrypted."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Table, UtcDateTime, utc_now


class AuditEntry(Table, table=True):
    """One change: who, when, what to which record, the fields, and keyed digests of their new values.

    Names and ids are text and numbers of that moment, not links, so that the trail outlives the records. The
    seal holds the entry and the one before it together (`crm.audit_chain`); entries made before there were
    seals have none. The database refuses to change or delete an entry.
    """

    __table_args__ = (sa.Index("ix_audit_entry_record_kind_record_id", "record_kind", "record_id"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False, index=True)
    actor_id: int | None = None
    actor_name: str
    action: str
    record_kind: str
    record_id: int = Field(index=True)
    fields: str
    digests: str
    seal: str | None = None


class AuditValues(Table, table=True):
    """What the fields of an entry held before and after, encrypted with the key of whom they are about."""

    entry_id: int = Field(primary_key=True, foreign_key="audit_entry.id")
    key_id: int = Field(foreign_key="audit_key.id", index=True)
    encrypted: str


class AuditKey(Table, table=True):
    """The key of one person's values, itself encrypted; without it their values cannot be read."""

    __table_args__ = (sa.UniqueConstraint("about_kind", "about_id"),)
    id: int | None = Field(default=None, primary_key=True)
    about_kind: str
    about_id: int
    encrypted: str

    @property
    def key(self) -> int:
        """The id of a key that has been stored.

        Raises:
            ValueError: it has not been stored yet.
        """
        if self.id is None:
            raise ValueError("This key has not been stored yet.")
        return self.id
