"""Work that is done beside the pages, and the files that wait for it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Table, UtcDateTime, choice_column, utc_now
from crm.models.imports import ImportKind


class JobState(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


LIVE = (JobState.WAITING, JobState.RUNNING)
"""The states of a job that has not ended."""


class Job(Table, table=True):
    """One piece of background work: who asked for it, when it is due, who does it now, how it ended.

    `occasion` is that of a regular job, such as the day; the same one is never made twice. Somebody who works
    on a job holds it until `lease_until`; from then on anybody may take it over.
    """

    __table_args__ = (
        sa.UniqueConstraint("kind", "occasion", name="uq_job_kind_occasion"),
        sa.CheckConstraint(
            "(state = 'running') = (lease_by IS NOT NULL AND lease_until IS NOT NULL)",
            name="running_is_held",
        ),
        sa.CheckConstraint(
            "(state IN ('done', 'failed', 'cancelled')) = (ended_at IS NOT NULL)", name="ended_says_when"
        ),
        sa.CheckConstraint("state <> 'failed' OR last_error IS NOT NULL", name="failed_says_why"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    arguments: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    occasion: str | None = None
    state: JobState = Field(default=JobState.WAITING, sa_type=choice_column(JobState), index=True)
    due_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False, index=True)
    asked_by: int | None = Field(default=None, foreign_key="user.id", index=True)
    asked_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False)
    lease_by: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    is_cancel_asked: bool = False
    done: int = 0
    total: int = 0
    words: str = ""
    last_error: str | None = None
    incident: str | None = None
    result: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)

    @property
    def key(self) -> int:
        """The id of a job that has been stored.

        Raises:
            ValueError: it has not been stored yet.
        """
        if self.id is None:
            raise ValueError("This job has not been stored yet.")
        return self.id


class Upload(Table, table=True):
    """The files that somebody uploaded for one import, kept until they come in or a week has passed.

    Each person has one for each kind of import: a newer one takes its place.
    """

    __table_args__ = (sa.UniqueConstraint("user_id", "kind", name="uq_upload_user_kind"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id")
    kind: ImportKind = Field(sa_type=choice_column(ImportKind))
    name: str
    digest: str
    size: int
    uploaded_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False, index=True)
    job_id: int | None = Field(default=None)

    @property
    def key(self) -> int:
        """The id of an upload that has been stored.

        Raises:
            ValueError: it has not been stored yet.
        """
        if self.id is None:
            raise ValueError("This upload has not been stored yet.")
        return self.id


class UploadedFile(Table, table=True):
    """One file of an upload, as it was sent."""

    id: int | None = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="upload.id", index=True)
    name: str
    content: bytes = Field(sa_type=sa.LargeBinary)
