"""Written agreements with employers: what they promised, to whom, and how far the agreement has come."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Field

from crm.models.agreement_choices import (
    AgreementKind,
    AgreementStage,
    Covers,
    CriteriaRule,
    InterviewFormat,
    Monitoring,
    OptIn,
    Oversubscription,
)
from crm.models.base import Known, Record, choice_column

MOST_TRAINING_WEEKS = 6
"""Pre-employment training is short (domain, agreements): more is a course, and no promise of work."""

MOST_TRAINING_HOURS = 30
"""Hours a week of pre-employment training at most (domain, agreements)."""

DATED = (AgreementStage.ACTIVE, AgreementStage.IN_REVIEW, AgreementStage.RENEWED)
"""The stages that no agreement reaches, or stays in, without a signature and its first and last day."""


class Agreement(Record, table=True):
    """A typed agreement with an employer, and where it stands.

    `employer_id` is who signs: one employer, a trade body, or the head office of a national account. Which
    others it covers, and at which sites, stands in `crm.models.agreement_parts`. `started_from_id` is the
    agreement whose clauses the draft began with.
    """

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
        sa.CheckConstraint("training_weeks IS NULL OR training_weeks <= 6", name="training_is_short"),
        sa.CheckConstraint("training_hours IS NULL OR training_hours <= 30", name="training_leaves_time"),
        sa.Index("ix_agreement_archived_at_stage_ends_on", "archived_at", "stage", "ends_on"),
    )

    employer_id: int = Field(foreign_key="employer.id", index=True)
    kind: AgreementKind = Field(sa_type=choice_column(AgreementKind))
    covers: Covers = Field(sa_type=choice_column(Covers))
    named_groups: str | None = None
    group_name: str | None = None
    employer_contact_id: int | None = Field(default=None, foreign_key="employer_person.id")
    stage: AgreementStage = Field(
        default=AgreementStage.IDEA, sa_type=choice_column(AgreementStage), index=True
    )
    stage_since: date = Field(index=True)
    owner_id: int | None = Field(default=None, foreign_key="user.id")
    started_from_id: int | None = Field(default=None, foreign_key="agreement.id")
    expected_signing_on: date | None = None
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
    must_have_score: int | None = None
    opt_in: OptIn = Field(default=OptIn.UNKNOWN, sa_type=choice_column(OptIn))
    interview_days: int | None = None
    most_interviews: int | None = None
    oversubscription_rule: Oversubscription = Field(
        default=Oversubscription.UNKNOWN, sa_type=choice_column(Oversubscription)
    )
    oversubscription: str | None = None
    interview_format: InterviewFormat = Field(
        default=InterviewFormat.UNKNOWN, sa_type=choice_column(InterviewFormat)
    )
    interview_alternatives: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    alternative_hours: float | None = None
    alternative_paid: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    mock_sessions: int | None = None
    mock_places: int | None = None
    training_weeks: int | None = None
    training_hours: float | None = None
    training_places: int | None = None
    training_provider: str | None = None
    training_content: str | None = None
    training_work_experience: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    training_interview: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    trial_weeks: int | None = None
    trial_hours: float | None = None
    trial_places: int | None = None
    trial_paid: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    adjustments_contact_id: int | None = Field(default=None, foreign_key="employer_person.id")
    feedback_days: int | None = None
    data_sharing: str | None = None
    monitoring: Monitoring = Field(default=Monitoring.UNKNOWN, sa_type=choice_column(Monitoring))
    notes: str | None = None


class AgreementMove(Record, table=True):
    """One move between stages, kept for good."""

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    from_stage: AgreementStage = Field(sa_type=choice_column(AgreementStage))
    to_stage: AgreementStage = Field(sa_type=choice_column(AgreementStage))
    moved_on: date
    why: str | None = None


_HELD_BY_DATED = ("signed_on", "starts_on", "ends_on")


def _ensure_signed_and_dated(_mapper: object, _connection: object, row: Agreement) -> None:
    """Refuse what is active, in review or renewed without signature or dates, whoever asks for it.

    A row from before this was asked may change otherwise, so that it can still be moved on or archived.
    """
    state: Any = sa.inspect(row)
    is_touched = any(state.attrs[name].history.has_changes() for name in ("stage", *_HELD_BY_DATED))
    if is_touched and row.stage in DATED and not all(getattr(row, name) for name in _HELD_BY_DATED):
        raise RuntimeError("Nothing is active, in review or renewed unsigned or undated.")


event.listen(Agreement, "before_insert", _ensure_signed_and_dated)
event.listen(Agreement, "before_update", _ensure_signed_and_dated)
