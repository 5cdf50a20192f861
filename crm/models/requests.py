"""Which actions were carried out, so that none is carried out twice."""

from datetime import datetime

from sqlmodel import Field

from crm.models.base import Table, UtcDateTime, utc_now


class DoneRequest(Table, table=True):
    """One action that was saved, by the key that its form gave it; written in its own transaction."""

    key: str = Field(primary_key=True)
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False, index=True)
