"""Reminders that the service makes for itself, so that nobody has to remember a date."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Record, UtcDateTime, choice_column


class ReminderKind(StrEnum):
    """How long before the end of an agreement somebody is reminded to renew it (pinned definition)."""

    RENEWAL_90 = "renewal_90"
    RENEWAL_60 = "renewal_60"
    RENEWAL_30 = "renewal_30"


class Reminder(Record, table=True):
    """One reminder about one end of an agreement, made once; dealt with by somebody, on a day."""

    __table_args__ = (
        sa.UniqueConstraint("agreement_id", "kind", "ends_on", name="uq_reminder_once"),
        sa.CheckConstraint("(dealt_at IS NULL) = (dealt_by IS NULL)", name="dealt_by_and_when"),
    )

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    kind: ReminderKind = Field(sa_type=choice_column(ReminderKind))
    ends_on: date
    due_on: date
    dealt_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dealt_by: int | None = Field(default=None, foreign_key="user.id")
