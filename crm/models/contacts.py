"""Contacts with employers: what was said, when, with whom, and on behalf of whom."""

from datetime import date, time
from enum import StrEnum
from typing import Annotated

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel
from sqlmodel import Field

from crm.models.base import Day, Line, Present, Record, Table, Text, WeekHours, choice_column


class ContactKind(StrEnum):
    """How a contact with an employer was held."""

    VISIT = "visit"
    MEETING = "meeting"
    CALL = "call"
    EMAIL = "email"
    VIDEO = "video"
    LETTER = "letter"
    EVENT = "event"
    MOCK_INTERVIEW = "mock_interview"
    INTERVIEW = "interview"
    JOB_ANALYSIS = "job_analysis"
    EMPLOYER_REVIEW = "employer_review"
    OTHER = "other"


class ContactPurpose(StrEnum):
    """What a contact with an employer was for."""

    INTRODUCE = "introduce"
    LEARN_NEEDS = "learn_needs"
    VACANCY = "vacancy"
    AGREEMENT = "agreement"
    JOB_ANALYSIS = "job_analysis"
    CARVE_PROPOSAL = "carve_proposal"
    CANDIDATE = "candidate"
    IN_WORK_REVIEW = "in_work_review"
    PROBLEM = "problem"
    THANKS = "thanks"
    OTHER = "other"
    UNKNOWN = "unknown"


IN_PERSON_KINDS = frozenset(
    {ContactKind.VISIT, ContactKind.MEETING, ContactKind.EVENT, ContactKind.JOB_ANALYSIS}
    | {ContactKind.MOCK_INTERVIEW, ContactKind.INTERVIEW, ContactKind.EMPLOYER_REVIEW}
)
"""Held face to face unless somebody says otherwise."""


def _minutes(value: int) -> int:
    if not 1 <= value <= 1440:
        raise ValueError("Minutes are between 1 and 1,440, which is a whole day.")
    return value


Minutes = Annotated[int, AfterValidator(_minutes)] | None


class ContactInput(BaseModel):
    """What is recorded about one contact with an employer.

    `person_ids` are people of the employer, `seeker_ids` the job seekers on whose behalf it was. A next step
    is a `Task` of its own; `no_next_step_why` says why there is none.
    """

    kind: ContactKind
    held_on: date
    held_at: time | None = None
    site_id: int | None = None
    person_ids: tuple[int, ...] = ()
    seeker_ids: tuple[int, ...] = ()
    is_in_person: bool = False
    purpose: ContactPurpose = ContactPurpose.UNKNOWN
    minutes: Minutes = None
    summary: Present
    outcome: Text = None
    no_next_step_why: Line = None


class NextStep(StrEnum):
    """What comes after a contact, as it is chosen with one tap."""

    RING = "ring"
    VISIT = "visit"
    DAY = "day"
    NONE = "none"


class NewContact(ContactInput):
    """What is logged about a contact in one go: itself, the next step, and what was promised.

    `is_in_person` follows the kind until somebody says otherwise. A vacancy that was promised becomes a lead.
    """

    is_in_person: bool | None = None  # pyright: ignore[reportIncompatibleVariableOverride]
    new_person: Line = None
    next_step: NextStep
    next_step_on: Day = None
    next_step_title: Line = None
    lead_title: Line = None
    lead_hours: WeekHours = None
    lead_closes_on: Day = None
    moves_stage: bool = False

    def as_contact(self) -> ContactInput:
        """The contact by itself, in person or not as was said or as is usual for its kind."""
        said = self.is_in_person
        usual = self.kind in IN_PERSON_KINDS if said is None else said
        facts = self.model_dump(include=set(ContactInput.model_fields))
        return ContactInput.model_validate(facts | {"is_in_person": usual})


class EmployerContact(Record, table=True):
    """One contact with an employer.

    `with_hiring_manager` is what was known of the people met on the day; it stays when they change jobs.
    """

    __table_args__ = (
        sa.Index("ix_employer_contact_employer_id_held_on", "employer_id", "held_on"),
        sa.Index("ix_employer_contact_held_by_held_on", "held_by", "held_on"),
    )

    employer_id: int = Field(foreign_key="employer.id")
    site_id: int | None = Field(default=None, foreign_key="employer_site.id")
    kind: ContactKind = Field(sa_type=choice_column(ContactKind))
    held_on: date
    held_at: time | None = None
    held_by: int | None = Field(default=None, foreign_key="user.id")
    is_in_person: bool = False
    with_hiring_manager: bool = False
    purpose: ContactPurpose = Field(default=ContactPurpose.UNKNOWN, sa_type=choice_column(ContactPurpose))
    minutes: int | None = None
    summary: str
    outcome: str | None = None
    no_next_step_why: str | None = None
    import_batch_id: int | None = Field(default=None, foreign_key="import_batch.id", index=True)


class ContactPerson(Record, table=True):
    """Somebody of the employer who took part in a contact."""

    __table_args__ = (sa.UniqueConstraint("contact_id", "person_id", name="uq_contact_person"),)

    contact_id: int = Field(foreign_key="employer_contact.id")
    person_id: int = Field(foreign_key="employer_person.id", index=True)


class ContactSeeker(Record, table=True):
    """A job seeker on whose behalf a contact was held."""

    __table_args__ = (sa.UniqueConstraint("contact_id", "seeker_id", name="uq_contact_seeker"),)

    contact_id: int = Field(foreign_key="employer_contact.id")
    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)


class AccountDates(Table, table=True):
    """When an employer was last in contact and when something is next due: derived, never typed.

    Kept beside the employer, so that a contact does not make the forms of the employer old.
    """

    __table_args__ = (
        sa.Index("ix_account_dates_last_contact_on", "last_contact_on", "employer_id"),
        sa.Index("ix_account_dates_next_step_on", "next_step_on", "employer_id"),
    )

    employer_id: int = Field(foreign_key="employer.id", primary_key=True)
    last_contact_on: date | None = None
    last_contact_by: int | None = Field(default=None, foreign_key="user.id")
    next_step_on: date | None = None
