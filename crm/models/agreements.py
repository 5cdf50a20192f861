"""Written agreements with employers: what they promised, to whom, and how far the agreement has come."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from pydantic import BaseModel, model_validator
from sqlmodel import Field

from crm.models.base import Count, Day, Days, Line, Percent, Record, Text, choice_column


class AgreementKind(StrEnum):
    """What an employer promises (Ofsted on Workstep names the first three)."""

    GUARANTEED_INTERVIEW = "guaranteed_interview"
    MOCK_INTERVIEW = "mock_interview"
    PRE_EMPLOYMENT_TRAINING = "pre_employment_training"
    WORK_TRIAL = "work_trial_or_placement"
    COMBINED = "combined"


class Covers(StrEnum):
    """Whom an agreement covers."""

    DISABLED_PEOPLE = "disabled_people_under_the_equality_act"
    EVERYONE = "everyone_we_support"
    NAMED_GROUPS = "named_groups"


class AgreementStage(StrEnum):
    """How far an agreement has come; nothing becomes active unsigned."""

    IDEA = "idea"
    DISCUSSED = "discussed"
    DRAFTING = "drafting"
    APPROVED = "approved_by_a_manager"
    WITH_EMPLOYER = "with_employer"
    SIGNED = "signed"
    ACTIVE = "active"
    IN_REVIEW = "in_review"
    RENEWED = "renewed"
    LAPSED = "lapsed"
    ENDED = "ended"
    DECLINED = "declined"


class CriteriaRule(StrEnum):
    """When somebody is guaranteed the interview."""

    ALL_ESSENTIAL = "all_essential"
    PERCENT_OF_ESSENTIAL = "a_percent_of_essential"
    AFTER_ADJUSTMENTS = "essential_after_adjustments"
    EMPLOYER_DEFINED = "employer_defined"


class OptIn(StrEnum):
    """Who uses the promise."""

    CANDIDATE = "the_candidate_says_so"
    WE_REFER = "we_refer_with_consent"
    UNKNOWN = "unknown"


class InterviewFormat(StrEnum):
    """What kind of interview is offered."""

    PANEL = "panel"
    WORKING_INTERVIEW = "working_interview"
    WORK_TRIAL = "work_trial"
    TASK = "task"
    QUESTIONS_IN_ADVANCE = "questions_in_advance"
    UNKNOWN = "unknown"


class AgreementInput(BaseModel):
    """The clauses that an officer records; the stage moves on its own page."""

    kind: AgreementKind
    covers: Covers
    named_groups: Line = None
    owner_id: int | None = None
    starts_on: Day = None
    ends_on: Day = None
    review_on: Day = None
    notice_days: Days = None
    job_families: Line = None
    vacancy_notice_days: Days = None
    criteria_rule: CriteriaRule = CriteriaRule.ALL_ESSENTIAL
    criteria_percent: Percent = None
    must_haves: Line = None
    opt_in: OptIn = OptIn.UNKNOWN
    most_interviews: Count = None
    oversubscription: Line = None
    interview_format: InterviewFormat = InterviewFormat.UNKNOWN
    adjustments_contact_id: int | None = None
    feedback_days: Days = None
    notes: Text = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> "AgreementInput":
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("The agreement ends before it starts. Check both dates.")
        return self

    @model_validator(mode="after")
    def _percent_rule_has_its_percent(self) -> "AgreementInput":
        if self.criteria_rule is CriteriaRule.PERCENT_OF_ESSENTIAL and self.criteria_percent is None:
            raise ValueError("Say which percent of the essential criteria guarantees the interview.")
        return self

    @model_validator(mode="after")
    def _named_groups_are_named(self) -> "AgreementInput":
        if self.covers is Covers.NAMED_GROUPS and not self.named_groups:
            raise ValueError("Name the groups that the agreement covers.")
        return self


class Agreement(Record, table=True):
    """A typed agreement with an employer, and where it stands."""

    __table_args__ = (
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="dates_in_order"
        ),
        sa.CheckConstraint(
            "stage NOT IN ('active', 'signed') OR signed_on IS NOT NULL", name="active_only_when_signed"
        ),
        sa.CheckConstraint(
            "criteria_rule <> 'a_percent_of_essential' OR criteria_percent IS NOT NULL",
            name="percent_rule_has_one",
        ),
    )

    employer_id: int = Field(foreign_key="employer.id", index=True)
    kind: AgreementKind = Field(sa_type=choice_column(AgreementKind))
    covers: Covers = Field(sa_type=choice_column(Covers))
    named_groups: str | None = None
    stage: AgreementStage = Field(
        default=AgreementStage.IDEA, sa_type=choice_column(AgreementStage), index=True
    )
    stage_since: date = Field(index=True)
    owner_id: int | None = Field(default=None, foreign_key="user.id")
    signed_on: date | None = None
    signed_by: str | None = None
    starts_on: date | None = None
    ends_on: date | None = Field(default=None, index=True)
    review_on: date | None = None
    notice_days: int | None = None
    job_families: str | None = None
    vacancy_notice_days: int | None = None
    criteria_rule: CriteriaRule = Field(
        default=CriteriaRule.ALL_ESSENTIAL, sa_type=choice_column(CriteriaRule)
    )
    criteria_percent: int | None = None
    must_haves: str | None = None
    opt_in: OptIn = Field(default=OptIn.UNKNOWN, sa_type=choice_column(OptIn))
    most_interviews: int | None = None
    oversubscription: str | None = None
    interview_format: InterviewFormat = Field(
        default=InterviewFormat.UNKNOWN, sa_type=choice_column(InterviewFormat)
    )
    adjustments_contact_id: int | None = Field(default=None, foreign_key="employer_person.id")
    feedback_days: int | None = None
    notes: str | None = None


class StageMoveInput(BaseModel):
    """A move of an agreement to another stage, with what that stage needs.

    `is_undoing_lapse` takes it back to the stage that it lapsed from, as its end date was wrong.
    """

    to_stage: AgreementStage
    moved_on: date
    is_undoing_lapse: bool = False
    signed_on: Day = None
    signed_by: Line = None
    ends_on: Day = None
    why: Line = None


class AgreementMove(Record, table=True):
    """One move between stages, kept for good."""

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    from_stage: AgreementStage = Field(sa_type=choice_column(AgreementStage))
    to_stage: AgreementStage = Field(sa_type=choice_column(AgreementStage))
    moved_on: date
    why: str | None = None
