"""Addresses at which a calendar asks for somebody's own dates, without a sign-in."""

from datetime import datetime

from sqlmodel import Field

from crm.models.base import Table, UtcDateTime, utc_now


class CalendarFeed(Table, table=True):
    """One address of a calendar: only the digest of its random part is kept, so it can be shown only once."""

    id: int | None = Field(default=None, primary_key=True)
    token_digest: str = Field(unique=True, index=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
