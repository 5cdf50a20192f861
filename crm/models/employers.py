"""Employers, their sites and their people."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

import sqlalchemy as sa
from pydantic import BaseModel, BeforeValidator, model_validator
from sqlmodel import Field

from crm.models.base import Day, Known, Line, Name, Record, Text, choice_column
from crm.models.postcodes import Postcode
from crm.models.reach import OptionalEmail, Phone


class RelationshipStage(StrEnum):
    """How far the relationship with an employer has come; learning their business comes before people."""

    IDENTIFIED = "identified"
    INTRODUCED = "introduced"
    LEARNING = "learning_their_business"
    TALKING = "talking_about_people"
    PARTNER = "partner"
    DORMANT = "dormant"
    DO_NOT_CONTACT = "do_not_contact"


class SizeBand(StrEnum):
    """Employees in the United Kingdom, in the bands that official statistics use."""

    MICRO = "1-9"
    SMALL = "10-49"
    MEDIUM = "50-249"
    LARGE = "250+"
    UNKNOWN = "unknown"


class Tier(StrEnum):
    """What kind of employer this is for the service."""

    NATIONAL = "national"
    REGIONAL = "regional"
    LOCAL = "local"
    SMALL_BUSINESS = "small_business"
    SOCIAL_FIRM = "social_firm"
    SUPPORTED_BUSINESS = "supported_business"
    UNKNOWN = "unknown"


class DisabilityConfident(StrEnum):
    """Level in the government's Disability Confident scheme."""

    NONE = "none"
    COMMITTED = "committed"
    EMPLOYER = "employer"
    LEADER = "leader"
    UNKNOWN = "unknown"


class Channel(StrEnum):
    """How somebody likes to be reached."""

    EMAIL = "email"
    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    UNKNOWN = "unknown"


_COMPANY_NUMBER = re.compile(r"(?=.*[0-9])[A-Z0-9]{8}")
"""Eight letters and digits, at least one of them a digit: a name of eight letters is none."""


def _company_number(value: object) -> object:
    """Companies House numbers have eight characters; leading noughts are often lost on the way."""
    if value is None or not str(value).strip():
        return None
    tidy = str(value).strip().upper().replace(" ", "")
    padded = tidy.zfill(8) if tidy.isdigit() else tidy
    if not _COMPANY_NUMBER.fullmatch(padded):
        raise ValueError("A Companies House number has eight letters and digits, for example 01234567.")
    return padded


CompanyNumber = Annotated[str | None, BeforeValidator(_company_number)]


class EmployerInput(BaseModel):
    """What an officer records about an employer."""

    name: Name
    trading_name: Line = None
    company_number: CompanyNumber = None
    charity_number: Line = None
    sic_codes: Line = None
    sector: Line = None
    size_band: SizeBand = SizeBand.UNKNOWN
    tier: Tier = Tier.UNKNOWN
    trade_body: Line = None
    stage: RelationshipStage = RelationshipStage.IDENTIFIED
    owner_id: int | None = None
    second_owner_id: int | None = None
    single_contact_id: int | None = None
    quiet_until: Day = None
    quiet_why: Line = None
    disability_confident: DisabilityConfident = DisabilityConfident.UNKNOWN
    disability_confident_until: Day = None
    insurance_until: Day = None
    website: Line = None
    policy_notes: Text = None
    strategy: Text = None
    strategy_agreed_on: Day = None
    unmet_needs: Text = None
    lead_source: Line = None


LISTED_BY = (
    *("archived_at", "name_key", "id", "owner_id", "second_owner_id", "stage", "tier"),
    *("quiet_until", "created_at"),
)
"""What lists are sorted and mostly narrowed by, in one index: they are counted without touching a record."""


class Employer(Record, table=True):
    """An organisation that gives, or could give, people work.

    `single_contact_id` is the colleague through whom everybody goes, as with national accounts; until
    `quiet_until` nobody gets in touch but the account owner.
    """

    __table_args__ = (sa.Index("ix_employer_list", *LISTED_BY),)

    name: str
    name_key: str
    trading_name: str | None = None
    company_number: str | None = Field(default=None, index=True)
    charity_number: str | None = None
    sic_codes: str | None = None
    sector: str | None = None
    size_band: SizeBand = Field(default=SizeBand.UNKNOWN, sa_type=choice_column(SizeBand))
    tier: Tier = Field(default=Tier.UNKNOWN, sa_type=choice_column(Tier))
    trade_body: str | None = None
    stage: RelationshipStage = Field(
        default=RelationshipStage.IDENTIFIED, sa_type=choice_column(RelationshipStage), index=True
    )
    owner_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    second_owner_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    single_contact_id: int | None = Field(default=None, foreign_key="user.id")
    quiet_until: date | None = None
    quiet_why: str | None = None
    disability_confident: DisabilityConfident = Field(
        default=DisabilityConfident.UNKNOWN, sa_type=choice_column(DisabilityConfident)
    )
    disability_confident_until: date | None = None
    insurance_until: date | None = None
    website: str | None = None
    policy_notes: str | None = None
    strategy: str | None = None
    strategy_agreed_on: date | None = None
    unmet_needs: str | None = None
    lead_source: str | None = None
    import_batch_id: int | None = Field(default=None, foreign_key="import_batch.id", index=True)


class EmployerSiteInput(BaseModel):
    """What is recorded about a place where an employer has people working."""

    label: Name
    address: Line = None
    postcode: Postcode = None
    transport: Line = None
    step_free: Known = Known.UNKNOWN
    quiet_space: Known = Known.UNKNOWN
    accessible_toilet: Known = Known.UNKNOWN
    notes: Text = None


class EmployerSite(Record, table=True):
    """A place where an employer has people working."""

    employer_id: int = Field(foreign_key="employer.id", index=True)
    label: str
    address: str | None = None
    postcode: str | None = Field(default=None, index=True)
    transport: str | None = None
    step_free: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    quiet_space: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    accessible_toilet: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    notes: str | None = None


class EmployerPersonInput(BaseModel):
    """What is recorded about somebody who works for an employer."""

    name: Name
    job_title: Line = None
    email: OptionalEmail = None
    phone: Phone = None
    hires: Known = Known.UNKNOWN
    preferred_channel: Channel = Channel.UNKNOWN
    agreed_to_marketing: Known = Known.UNKNOWN
    left_on: Day = None
    notes: Text = None

    @model_validator(mode="after")
    def _marketing_needs_a_way(self) -> "EmployerPersonInput":
        if self.agreed_to_marketing is Known.YES and not (self.email or self.phone):
            raise ValueError(
                "Record an e-mail address or a telephone number for what they agreed to be sent."
            )
        return self


class EmployerPerson(Record, table=True):
    """Somebody who works for an employer: who to ring, and who hires."""

    employer_id: int = Field(foreign_key="employer.id", index=True)
    name: str
    job_title: str | None = None
    email: str | None = None
    phone: str | None = None
    hires: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    preferred_channel: Channel = Field(default=Channel.UNKNOWN, sa_type=choice_column(Channel))
    agreed_to_marketing: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    left_on: date | None = None
    notes: str | None = None


class StageMove(BaseModel):
    """A move of the relationship with an employer to another stage, as it is asked for."""

    to_stage: RelationshipStage
    moved_on: date
    why: Line = None


class EmployerStageMove(Record, table=True):
    """One move of the relationship with an employer from stage to stage, kept for good."""

    employer_id: int = Field(foreign_key="employer.id", index=True)
    from_stage: RelationshipStage = Field(sa_type=choice_column(RelationshipStage))
    to_stage: RelationshipStage = Field(sa_type=choice_column(RelationshipStage))
    moved_on: date
    why: str | None = None
