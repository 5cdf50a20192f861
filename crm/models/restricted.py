"""Restricted facts of a person, and who opened them, why: import contracts keep both from matching."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, model_validator
from sqlmodel import Field

from crm.models.base import Day, Line, Record, Text, UtcDateTime, choice_column
from crm.models.locked import Locked, Sealed


class WhyUnder16(StrEnum):
    """Why somebody works, or wants, fewer than 16 hours. Matching is told the intent only."""

    NOT_UNDER = "not_under"
    OWN_CHOICE = "own_choice"
    BUILDING_UP = "building_up"
    HEALTH = "health"
    BENEFITS = "benefits"
    CARING = "caring"
    UNKNOWN = "unknown"


class RestrictedFactsInput(BaseModel):
    """Health, disability, benefits and age of one person, as far as the service needs them."""

    date_of_birth: Day = None
    disability: Text = None
    health: Text = None
    benefits: Text = None
    why_under_16: WhyUnder16 = WhyUnder16.UNKNOWN


class RestrictedFacts(Record, Sealed, table=True):
    """What only those who need it may see; one row a person, every fact encrypted at rest."""

    seeker_id: int = Field(foreign_key="job_seeker.id", unique=True, index=True)
    date_of_birth: date | None = Field(default=None, sa_type=Locked("restricted_facts.date_of_birth", date))
    disability: str | None = Field(default=None, sa_type=Locked("restricted_facts.disability"))
    health: str | None = Field(default=None, sa_type=Locked("restricted_facts.health"))
    benefits: str | None = Field(default=None, sa_type=Locked("restricted_facts.benefits"))
    why_under_16: WhyUnder16 = Field(
        default=WhyUnder16.UNKNOWN, sa_type=Locked("restricted_facts.why_under_16", WhyUnder16)
    )


class SchoolAgeFactsInput(BaseModel):
    """What somebody of school age needs before they work."""

    parent_agreed_on: Day = None
    permit_until: Day = None


class SchoolAgeFacts(Record, Sealed, table=True):
    """A parent's consent to work and the council's permit: kept here, as they tell of a person's age."""

    seeker_id: int = Field(foreign_key="job_seeker.id", unique=True, index=True)
    parent_agreed_on: date | None = Field(
        default=None, sa_type=Locked("school_age_facts.parent_agreed_on", date)
    )
    permit_until: date | None = Field(default=None, sa_type=Locked("school_age_facts.permit_until", date))


class WhyOpened(StrEnum):
    """Why somebody opens the restricted facts of a person."""

    REVIEW_DUE = "review_due"
    ADJUSTMENTS_FOR_A_JOB = "adjustments_for_a_job"
    PERSON_ASKED = "person_asked"
    SAFEGUARDING = "safeguarding"
    OTHER = "other"


class OpeningInput(BaseModel):
    """The reason for opening them, given before anything is shown."""

    reason: WhyOpened
    words: Line = None

    @model_validator(mode="after")
    def _another_reason_is_said(self) -> "OpeningInput":
        if self.reason is WhyOpened.OTHER and not self.words:
            raise ValueError("Say in a few words why you need to see them.")
        return self


class RestrictedOpening(Record, Sealed, table=True):
    """Somebody opened a person's restricted facts: for a while, in one sign-in, for a reason."""

    user_id: int = Field(foreign_key="user.id", index=True)
    session_digest: str
    reason: WhyOpened = Field(sa_type=choice_column(WhyOpened))
    words: str | None = Field(default=None, sa_type=Locked("restricted_opening.words"))
    until: datetime = Field(sa_type=UtcDateTime, nullable=False)
