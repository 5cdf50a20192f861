"""Job seekers, their vocational profile, skills and support needs. Nothing restricted is kept here."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel, model_validator
from sqlmodel import Field

from crm.models.analyses import SupportKind
from crm.models.base import (
    Day,
    Known,
    Level,
    Line,
    Meanings,
    Name,
    Record,
    Text,
    WeekHours,
    choice_column,
)
from crm.models.scales import Scales, ScaleSupports
from crm.models.week import Slot, Week


class SeekerStatus(StrEnum):
    """Where a person stands with the service."""

    REFERRED = "referred"
    ACTIVE = "active"
    IN_WORK = "in_work"
    PAUSED = "paused"
    EXITED = "exited"
    RETURNED = "returned"


LOOKING = (SeekerStatus.REFERRED, SeekerStatus.ACTIVE, SeekerStatus.RETURNED)
"""The standings in which somebody is looking for work."""


class ReferralEnd(StrEnum):
    """How a referral ended. Nobody is turned away: there is no other end."""

    STARTED = "started"
    CHOSE_NOT_TO = "chose_not_to"
    REFERRED_ON = "referred_on"


class Module(StrEnum):
    """The module of the programme (DWP's consultation, chapter 3)."""

    WORK_ENTRY = "work_entry"
    TRANSITIONAL = "transitional"
    LONGER_TERM = "longer_term"
    UNKNOWN = "unknown"


class HoursIntent(StrEnum):
    """What the person wants of hours; the reason for fewer is restricted and kept elsewhere."""

    AIMS_FOR_16 = "aims_for_16"
    PREFERS_FEWER = "prefers_fewer"
    BUILDING_UP = "building_up"
    UNKNOWN = "unknown"


class TravelMode(StrEnum):
    """How the person travels."""

    WALK = "walk"
    BUS = "bus"
    CYCLE = "cycle"
    CAR = "car"
    LIFT = "lift"
    TRAIN = "train"
    UNKNOWN = "unknown"


class AccessibleFormat(StrEnum):
    """The form in which the person takes things in best."""

    STANDARD = "standard"
    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"
    READ_OUT = "read_out"
    AUDIO = "audio"
    BRITISH_SIGN_LANGUAGE = "british_sign_language"
    BRAILLE = "braille"
    OTHER = "other"
    UNKNOWN = "unknown"


class NeedsAsked(StrEnum):
    """None and not asked are separate answers."""

    NOT_ASKED = "not_asked"
    NONE = "none"
    LISTED = "listed"


class SkillEvidence(StrEnum):
    """How the service knows of a skill; it changes certainty, never credit."""

    OBSERVED = "observed"
    DID_PAID = "did_paid"
    DID_UNPAID = "did_unpaid"
    CERTIFICATE = "certificate"
    SELF = "self"
    OTHERS_SAY = "others_say"


class JobSeeker(Record, table=True):
    """Somebody who wants to work, or works and wants a next step."""

    __table_args__ = (
        sa.CheckConstraint(
            "(referral_end IS NOT NULL AND referral_end = 'referred_on') = (referred_on_to IS NOT NULL)",
            name="referred_on_to_a_named_place",
        ),
        sa.CheckConstraint(
            "(referral_end IS NULL) = (referral_ended_on IS NULL)", name="a_referral_ends_on_a_day"
        ),
    )

    preferred_name: str
    name_key: str = Field(index=True)
    status: SeekerStatus = Field(sa_type=choice_column(SeekerStatus), index=True)
    coach_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    referred_on: date | None = Field(default=None, index=True)
    email: str | None = None
    phone: str | None = None
    postcode: str | None = None
    programme_id: int | None = Field(default=None, foreign_key="programme.id", index=True)
    module: Module = Field(default=Module.UNKNOWN, sa_type=choice_column(Module))
    wants_more: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    pause_reason: str | None = None
    pause_review_on: date | None = None
    referral_end: ReferralEnd | None = Field(default=None, sa_type=choice_column(ReferralEnd))
    referred_on_to: str | None = None
    referral_ended_on: date | None = None


def _minutes(value: int) -> int:
    if not 5 <= value <= 240:
        raise ValueError("The most minutes of travel are between 5 and 240.")
    return value


class VocationalProfileInput(BaseModel):
    """What a person wants, brings and needs, in their words. What was not asked stays empty."""

    aspirations: Text = None
    dream: Text = None
    interests: Line = None
    strengths: Text = None
    hours_now_min: WeekHours = None
    hours_now_max: WeekHours = None
    hours_goal: WeekHours = None
    hours_intent: HoursIntent = HoursIntent.UNKNOWN
    build_up_plan: Line = None
    availability: Week = []
    travel_mode: TravelMode = TravelMode.UNKNOWN
    travel_minutes: Annotated[int, AfterValidator(_minutes)] | None = None
    travel_training: Line = None
    must: Line = None
    avoid: Line = None
    needs_asked: NeedsAsked = NeedsAsked.NOT_ASKED
    abilities: Scales = {}
    ability_supports: ScaleSupports = {}
    conditions_for_success: Text = None
    who_helps: Text = None
    adjustments: Text = None
    adjustments_looked_at: Day = None
    communication: Line = None
    accessible_format: AccessibleFormat = AccessibleFormat.UNKNOWN
    disclosure_wishes: Text = None
    own_description: Text = None
    words_not_to_use: Line = None
    preferred_jobs: Text = None
    no_go_jobs: Text = None
    family_views: Text = None
    family_views_of: Line = None

    @model_validator(mode="after")
    def _hours_in_order(self) -> "VocationalProfileInput":
        low, high = self.hours_now_min, self.hours_now_max
        if low is not None and high is not None and high < low:
            raise ValueError("The most hours now are fewer than the least. Check both.")
        return self


class VocationalProfile(Record, table=True):
    """The vocational profile of one person, agreed with them on a date."""

    seeker_id: int = Field(foreign_key="job_seeker.id", unique=True, index=True)
    aspirations: str | None = None
    dream: str | None = None
    interests: str | None = None
    strengths: str | None = None
    hours_now_min: float | None = None
    hours_now_max: float | None = None
    hours_goal: float | None = None
    hours_intent: HoursIntent = Field(default=HoursIntent.UNKNOWN, sa_type=choice_column(HoursIntent))
    build_up_plan: str | None = None
    availability: list[Slot] = Field(default_factory=list, sa_type=sa.JSON)
    travel_mode: TravelMode = Field(default=TravelMode.UNKNOWN, sa_type=choice_column(TravelMode))
    travel_minutes: int | None = None
    travel_training: str | None = None
    must: str | None = None
    avoid: str | None = None
    needs_asked: NeedsAsked = Field(default=NeedsAsked.NOT_ASKED, sa_type=choice_column(NeedsAsked))
    abilities: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)
    ability_supports: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    conditions_for_success: str | None = None
    who_helps: str | None = None
    adjustments: str | None = None
    adjustments_looked_at: date | None = None
    communication: str | None = None
    accessible_format: AccessibleFormat = Field(
        default=AccessibleFormat.UNKNOWN, sa_type=choice_column(AccessibleFormat)
    )
    disclosure_wishes: str | None = None
    own_description: str | None = None
    words_not_to_use: str | None = None
    preferred_jobs: str | None = None
    no_go_jobs: str | None = None
    family_views: str | None = None
    family_views_of: str | None = None
    agreed_on: date | None = None


class ProfileSkillInput(BaseModel):
    """One thing the person can do, or has not done yet (level 0)."""

    name: Name
    level: Level = None
    evidence: SkillEvidence = SkillEvidence.SELF
    evidenced_on: Day = None
    with_support: Line = None
    meanings: Meanings = {}


class ProfileSkill(Record, table=True):
    """One skill row of a person, with the vocabulary's concept that was settled when it was saved."""

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    name: str
    concept_id: str
    level: int | None = None
    evidence: SkillEvidence = Field(sa_type=choice_column(SkillEvidence))
    evidenced_on: date | None = None
    with_support: str | None = None


class SupportNeedInput(BaseModel):
    """One support that the person needs at work, and who already covers it."""

    kind: SupportKind
    personal_cover: Known = Known.UNKNOWN
    who: Line = None


class SupportNeed(Record, table=True):
    """One support need of a person."""

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    kind: SupportKind = Field(sa_type=choice_column(SupportKind))
    personal_cover: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    who: str | None = None
