"""The trail of what happened to records."""

from datetime import datetime

from sqlmodel import Field

from crm.models.base import Table, UtcDateTime, utc_now


class AuditEntry(Table, table=True):
    """One change: who, when, what to which record, the fields, and keyed digests of their new values.

    Names and ids are text and numbers of that moment, not links, so that the trail outlives the records.
    """

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False, index=True)
    actor_id: int | None = None
    actor_name: str
    action: str
    record_kind: str = Field(index=True)
    record_id: int = Field(index=True)
    fields: str
    digests: str
