"""What people were promised under agreements, and what became of each promise."""

from datetime import date
from typing import Annotated

import sqlalchemy as sa
from pydantic import BaseModel, BeforeValidator, model_validator
from pydantic import Field as PydanticField
from sqlmodel import Field

from crm.models.agreement_choices import (
    CriteriaMet,
    Given,
    Promise,
    SessionState,
    Standing,
    UseResult,
)
from crm.models.base import Count, Day, Known, Line, Present, Record, Text, choice_column, ticked


class PromisedSessionInput(BaseModel):
    """A session of mock interviews, a training course or a round of trials that an employer holds."""

    employer_id: int
    site_id: int | None = None
    promise: Promise
    state: SessionState = SessionState.PLANNED
    starts_on: date
    ends_on: Day = None
    places: Count = None
    notes: Text = None

    @model_validator(mode="after")
    def _days_in_order(self) -> "PromisedSessionInput":
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("It ends before it starts. Check both dates.")
        return self

    @model_validator(mode="after")
    def _interviews_are_of_people(self) -> "PromisedSessionInput":
        if self.promise is Promise.INTERVIEW:
            raise ValueError("An interview is of one person. Put the person forward instead.")
        return self


class PromisedSession(Record, table=True):
    """One session of mock interviews, one training course or one round of trials under an agreement."""

    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days_in_order"),
        sa.CheckConstraint("promise <> 'interview'", name="interviews_are_of_people"),
    )

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    site_id: int | None = Field(default=None, foreign_key="employer_site.id")
    promise: Promise = Field(sa_type=choice_column(Promise))
    state: SessionState = Field(sa_type=choice_column(SessionState))
    starts_on: date
    ends_on: date | None = None
    places: int | None = None
    notes: str | None = None


class AgreementUse(Record, table=True):
    """One person and one promise of an agreement, from wanting it to what came of it.

    `employer_id` is the one that the person is put forward to. `due_on` is the last day on which the promise
    is kept in time; `happens_on` the day of the interview or trial, or the first of the training. The
    interview promised to somebody who finished training is a use of its own, with `after_use_id`.
    `consent_id` is the person's own yes that the referral rests on. How a use counts is defined once, in
    `crm.services.promises`.
    """

    __table_args__ = (
        sa.CheckConstraint("(standing = 'referred') = (referred_on IS NOT NULL)", name="referred_on_a_day"),
        sa.CheckConstraint(
            "standing <> 'not_referred' OR not_referred_why IS NOT NULL", name="not_referred_has_a_reason"
        ),
        sa.CheckConstraint("given = 'not_yet' OR standing = 'referred'", name="given_when_referred"),
        sa.CheckConstraint("given <> 'yes' OR happens_on IS NOT NULL", name="given_on_a_day"),
        sa.CheckConstraint(
            "given <> 'not_given_by_the_employer' OR criteria_met <> 'unknown'", name="broken_only_if_owed"
        ),
        sa.Index("ix_agreement_use_counted", "agreement_id", "standing", "promise", "given"),
        sa.Index("ix_agreement_use_employer_id_referred_on", "employer_id", "referred_on"),
        sa.Index("ix_agreement_use_given_due_on", "given", "due_on"),
    )

    agreement_id: int = Field(foreign_key="agreement.id")
    employer_id: int = Field(foreign_key="employer.id")
    site_id: int | None = Field(default=None, foreign_key="employer_site.id", index=True)
    vacancy_id: int | None = Field(default=None, foreign_key="vacancy.id", index=True)
    session_id: int | None = Field(default=None, foreign_key="promised_session.id", index=True)
    after_use_id: int | None = Field(default=None, foreign_key="agreement_use.id", index=True)
    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    promise: Promise = Field(sa_type=choice_column(Promise))
    standing: Standing = Field(sa_type=choice_column(Standing))
    asked_on: date
    consent_id: int | None = Field(default=None, foreign_key="consent.id")
    referred_on: date | None = None
    referred_by: int | None = Field(default=None, foreign_key="user.id")
    not_referred_why: str | None = None
    due_on: date | None = None
    happens_on: date | None = None
    criteria_met: CriteriaMet = Field(default=CriteriaMet.UNKNOWN, sa_type=choice_column(CriteriaMet))
    criteria_missing: str | None = None
    given: Given = Field(default=Given.NOT_YET, sa_type=choice_column(Given))
    given_why: str | None = None
    adjustments_given: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    feedback_on: date | None = None
    feedback: str | None = None
    finished: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    finished_on: date | None = None
    result: UseResult = Field(default=UseResult.WAITING, sa_type=choice_column(UseResult))
    result_on: date | None = None


class ReferralInput(BaseModel):
    """Who is put forward for which promise, to which employer."""

    employer_id: int
    site_id: int | None = None
    vacancy_id: int | None = None
    session_id: int | None = None
    promise: Promise
    due_on: Day = None
    happens_on: Day = None


class ReferralForm(ReferralInput):
    """A referral as it is typed, or only the note that the person wants it: then nobody is told."""

    is_wish: Annotated[bool, PydanticField(exclude=True)] = False


class OtherChoiceInput(BaseModel):
    """Whose wishes for an interview are met otherwise than by the agreement's rule, and why."""

    use_ids: Annotated[list[int], BeforeValidator(ticked)] = []
    why: Present


class OutcomeInput(BaseModel):
    """What became of a promise: the criteria, the day, whether it was given, feedback and result."""

    criteria_met: CriteriaMet = CriteriaMet.UNKNOWN
    criteria_missing: Line = None
    due_on: Day = None
    happens_on: Day = None
    given: Given = Given.NOT_YET
    given_why: Line = None
    adjustments_given: Known = Known.UNKNOWN
    feedback_on: Day = None
    feedback: Text = None
    finished: Known = Known.UNKNOWN
    finished_on: Day = None
    result: UseResult = UseResult.WAITING
    result_on: Day = None

    @model_validator(mode="after")
    def _given_on_a_day(self) -> "OutcomeInput":
        if self.given is Given.YES and self.happens_on is None:
            raise ValueError("Say on which day it was.")
        return self

    @model_validator(mode="after")
    def _a_break_says_what_was_owed(self) -> "OutcomeInput":
        if self.given is Given.NOT_BY_EMPLOYER and self.criteria_met is CriteriaMet.UNKNOWN:
            raise ValueError("Say first whether the person met what was asked: yes, no or disputed.")
        return self

    @model_validator(mode="after")
    def _what_was_not_met_is_said(self) -> "OutcomeInput":
        unmet = (CriteriaMet.NO, CriteriaMet.DISPUTED)
        if self.criteria_met in unmet and not self.criteria_missing:
            raise ValueError("Say which of the criteria this is about.")
        return self

    @model_validator(mode="after")
    def _not_given_has_a_reason(self) -> "OutcomeInput":
        if self.given not in (Given.NOT_YET, Given.YES) and not self.given_why:
            raise ValueError("Say why it did not happen, in the words that you were told.")
        return self
