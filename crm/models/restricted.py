"""Restricted facts of a person. The import contracts keep this module out of reach of matching."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel
from sqlmodel import Field

from crm.models.base import Day, Record, Text, choice_column


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


class RestrictedFacts(Record, table=True):
    """What only those who need it may see; one row a person."""

    seeker_id: int = Field(foreign_key="job_seeker.id", unique=True, index=True)
    date_of_birth: date | None = None
    disability: str | None = None
    health: str | None = None
    benefits: str | None = None
    why_under_16: WhyUnder16 = Field(default=WhyUnder16.UNKNOWN, sa_type=choice_column(WhyUnder16))
