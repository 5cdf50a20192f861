"""Tasks: what somebody means to do, by when, about which record. The next step with an employer is one."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from pydantic import BaseModel, model_validator
from sqlmodel import Field

from crm.models.base import Day, Name, Record, Text, choice_column


class TaskStatus(StrEnum):
    """Whether a task waits, was done, or is not needed any more."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Priority(StrEnum):
    """How much a task matters beside others of its day."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class TaskInput(BaseModel):
    """What is recorded about a task; it is about one record at most, and without a day it has no hurry."""

    title: Name
    notes: Text = None
    due_on: Day = None
    priority: Priority = Priority.NORMAL
    owner_id: int | None = None
    employer_id: int | None = None
    agreement_id: int | None = None
    vacancy_id: int | None = None
    seeker_id: int | None = None
    is_interview: bool = False

    @model_validator(mode="after")
    def _an_interview_has_a_day(self) -> "TaskInput":
        if self.is_interview and self.due_on is None:
            raise ValueError("Say on which day the interview is.")
        return self


class Task(Record, table=True):
    """Something that somebody means to do. What it is about is named by one link, or by none.

    `employer_id` is set too where an agreement or a vacancy is meant: it is that one's employer. An interview
    that is arranged is a task of its day; once it was held, it is a contact.
    """

    __table_args__ = (
        sa.Index("ix_task_owner_id_status_due_on", "owner_id", "status", "due_on"),
        sa.Index("ix_task_employer_id_status_due_on", "employer_id", "status", "due_on"),
        sa.Index("ix_task_status_archived_at_due_on", "status", "archived_at", "due_on"),
        sa.CheckConstraint("(status = 'open') = (settled_on IS NULL)", name="settled_when"),
    )

    title: str
    notes: str | None = None
    due_on: date | None = None
    priority: Priority = Field(default=Priority.NORMAL, sa_type=choice_column(Priority))
    status: TaskStatus = Field(default=TaskStatus.OPEN, sa_type=choice_column(TaskStatus))
    settled_on: date | None = None
    settled_by: int | None = Field(default=None, foreign_key="user.id")
    settled_how: str | None = None
    owner_id: int | None = Field(default=None, foreign_key="user.id")
    employer_id: int | None = Field(default=None, foreign_key="employer.id")
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id", index=True)
    vacancy_id: int | None = Field(default=None, foreign_key="vacancy.id", index=True)
    seeker_id: int | None = Field(default=None, foreign_key="job_seeker.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="employer_contact.id", index=True)
    is_interview: bool = False
