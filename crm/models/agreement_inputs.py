"""What officers type of an agreement, checked clause by clause, and what a move to another stage asks."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationInfo, field_validator

from crm.models.agreement_choices import (
    AgreementKind,
    AgreementStage,
    Covers,
    CriteriaRule,
    InterviewFormat,
    Monitoring,
    OptIn,
    Oversubscription,
    SignedHow,
)
from crm.models.agreements import MOST_TRAINING_HOURS, MOST_TRAINING_WEEKS
from crm.models.base import Count, Day, Days, Known, Level, Line, Percent, Text, WeekHours, ticked


def _training_weeks(value: int) -> int:
    if not 1 <= value <= MOST_TRAINING_WEEKS:
        raise ValueError(f"Pre-employment training lasts from 1 to {MOST_TRAINING_WEEKS} weeks.")
    return value


def _training_hours(value: float) -> float:
    if not 0 < value <= MOST_TRAINING_HOURS:
        raise ValueError(f"Pre-employment training takes at most {MOST_TRAINING_HOURS} hours a week.")
    return value


TrainingWeeks = Annotated[int, AfterValidator(_training_weeks)] | None
TrainingHours = Annotated[float, AfterValidator(_training_hours)] | None


TickedFormats = Annotated[list[InterviewFormat], BeforeValidator(ticked)]


class InterviewClauses(BaseModel):
    """What is said of interviews: when they are guaranteed, to how many, and in which form."""

    criteria_rule: CriteriaRule = CriteriaRule.ALL_ESSENTIAL
    criteria_percent: Percent = Field(default=None, validate_default=True)
    must_haves: Line = None
    must_have_score: Level = None
    opt_in: OptIn = OptIn.UNKNOWN
    interview_days: Days = None
    most_interviews: Count = None
    oversubscription_rule: Oversubscription = Oversubscription.UNKNOWN
    oversubscription: Line = None
    interview_format: InterviewFormat = InterviewFormat.UNKNOWN
    interview_alternatives: TickedFormats = []
    alternative_hours: WeekHours = None
    alternative_paid: Known = Known.UNKNOWN

    @field_validator("criteria_percent")
    @classmethod
    def _percent_rule_has_its_percent(cls, value: int | None, typed: ValidationInfo) -> int | None:
        if typed.data.get("criteria_rule") is CriteriaRule.PERCENT_OF_ESSENTIAL and value is None:
            raise ValueError("Say which percent of the essential criteria guarantees the interview.")
        return value


class OtherPromises(BaseModel):
    """What is said of mock interviews, of training before a job, and of trials and placements."""

    mock_sessions: Count = None
    mock_places: Count = None
    training_weeks: TrainingWeeks = None
    training_hours: TrainingHours = None
    training_places: Count = None
    training_provider: Line = None
    training_content: Text = None
    training_work_experience: Known = Known.UNKNOWN
    training_interview: Known = Known.UNKNOWN
    trial_weeks: Count = None
    trial_hours: WeekHours = None
    trial_places: Count = None
    trial_paid: Known = Known.UNKNOWN


class AgreementInput(InterviewClauses, OtherPromises):
    """The clauses that an officer records; the stage moves on its own page."""

    kind: AgreementKind
    covers: Covers
    named_groups: Line = Field(default=None, validate_default=True)
    group_name: Line = None
    employer_contact_id: int | None = None
    owner_id: int | None = None
    started_from_id: int | None = None
    expected_signing_on: Day = None
    starts_on: Day = None
    ends_on: Day = None
    review_on: Day = None
    notice_days: Days = None
    job_families: Line = None
    vacancy_notice_days: Days = None
    adjustments_contact_id: int | None = None
    feedback_days: Days = None
    data_sharing: Text = None
    monitoring: Monitoring = Monitoring.UNKNOWN
    notes: Text = None

    @field_validator("ends_on")
    @classmethod
    def _dates_in_order(cls, value: date | None, typed: ValidationInfo) -> date | None:
        starts_on: date | None = typed.data.get("starts_on")
        if value and starts_on and value < starts_on:
            raise ValueError("The agreement ends before it starts. Check both dates.")
        return value

    @field_validator("review_on")
    @classmethod
    def _review_while_it_holds(cls, value: date | None, typed: ValidationInfo) -> date | None:
        starts_on, ends_on = (typed.data.get(name) for name in ("starts_on", "ends_on"))
        if value and ends_on and value > ends_on:
            raise ValueError("Review it before it ends: the review is dated after the last day.")
        if value and starts_on and value < starts_on:
            raise ValueError("The review is dated before the agreement starts. Check both dates.")
        return value

    @field_validator("named_groups")
    @classmethod
    def _named_groups_are_named(cls, value: str | None, typed: ValidationInfo) -> str | None:
        if typed.data.get("covers") is Covers.NAMED_GROUPS and not value:
            raise ValueError("Name the groups that the agreement covers.")
        return value


class StageMoveInput(BaseModel):
    """A move of an agreement to another stage, with what that stage needs.

    `is_undoing_lapse` takes it back to the stage that it lapsed from, as its end date was wrong.
    """

    to_stage: AgreementStage
    moved_on: date
    is_undoing_lapse: bool = False
    owner_id: int | None = None
    expected_signing_on: Day = None
    signed_on: Day = None
    signed_by: Line = None
    signed_by_role: Line = None
    signed_for_us: Line = None
    signed_how: SignedHow | None = None
    starts_on: Day = None
    ends_on: Day = None
    why: Line = None
