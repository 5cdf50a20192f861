"""What matching compared, as it was: so that a run can be made again a year later, to the byte.

Rows are only added. What went into a run is, of each record, the last row up to the run's `as_of_input`.
"""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Table, UtcDateTime, choice_column


class Side(StrEnum):
    """Which side of a comparison a record stands on."""

    SEEKER = "seeker"
    JOB = "job"


class ComparedRecord(Table, table=True):
    """One person or vacancy as matching saw it from a moment on; no content: not compared any more.

    `standing` differs as soon as one of the rows behind it has changed; `digest`
    only if what is compared has.
    """

    __table_args__ = (
        sa.Index("ix_compared_record_of", "side", "record_id", "id"),
        sa.CheckConstraint("(digest IS NULL) = (content IS NULL)", name="content_has_its_digest"),
    )

    id: int | None = Field(default=None, primary_key=True)
    side: Side = Field(sa_type=choice_column(Side))
    record_id: int
    noted_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    standing: list[int] = Field(sa_type=sa.JSON, nullable=False)
    digest: str | None = None
    content: bytes | None = Field(default=None, sa_type=sa.LargeBinary)


class ComparedWords(Table, table=True):
    """The concepts of a vocabulary with their weights and families, compressed; one for all runs alike."""

    digest: str = Field(primary_key=True)
    noted_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    content: bytes = Field(sa_type=sa.LargeBinary)
