"""What a person has agreed to: for what, whom it is shared with, who said so, until when."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel, BeforeValidator, model_validator
from sqlalchemy import event
from sqlmodel import Field

from crm.models.base import Day, Line, Record, choice_column, ticked


class Purpose(StrEnum):
    """What a consent is for."""

    HOLD_RECORD = "hold_record"
    SHARE_FACTS = "share_facts"
    PUT_FORWARD = "put_forward"
    CONTACT_FAMILY = "contact_family"
    PHOTO = "photo"


WITH_EMPLOYER = (Purpose.SHARE_FACTS, Purpose.PUT_FORWARD)
"""The purposes that mean one employer, and hold for no other."""


class SharedFact(StrEnum):
    """What an employer may be told about a person."""

    NAME = "name"
    CONTACT_DETAILS = "contact_details"
    SKILLS = "skills"
    HOURS_AND_DAYS = "hours_and_days"
    TRAVEL = "travel"
    SUPPORT_AT_WORK = "support_at_work"
    ADJUSTMENTS = "adjustments"
    OWN_DESCRIPTION = "own_description"
    DISABILITY = "disability"


class GivenBy(StrEnum):
    """Who answered. There is no entry for family: they cannot answer for an adult."""

    THE_PERSON = "the_person"
    PERSON_WITH_SUPPORT = "person_with_support"
    ATTORNEY_OR_DEPUTY = "attorney_or_deputy"
    BEST_INTERESTS = "best_interests_decision"
    PARENT_UNDER_16 = "parent_under_16"


class Withdrawer(StrEnum):
    """Who takes a consent back; a mistake of the service never was one."""

    THE_PERSON = "the_person"
    SOMEBODY_FOR_THEM = "somebody_for_them"
    RECORDED_BY_MISTAKE = "recorded_by_mistake"


TickedFacts = Annotated[list[SharedFact], BeforeValidator(ticked)]
"""Facts that a form ticks."""


def _present(value: str | None) -> str:
    if value is None:
        raise ValueError("Say how it was explained, and with what.")
    return value


Explained = Annotated[Line, AfterValidator(_present)]


class ConsentInput(BaseModel):
    """What a person answers, and how they were asked."""

    purpose: Purpose
    employer_id: int | None = None
    facts: TickedFacts = []
    given_by: GivenBy
    answered_by: Line = None
    how_explained: Explained
    given_on: Day = None
    until: Day = None

    @model_validator(mode="after")
    def _employer_only_where_one_is_told(self) -> "ConsentInput":
        if self.purpose in WITH_EMPLOYER and self.employer_id is None:
            raise ValueError("Choose the employer: each one is asked about by itself.")
        if self.purpose not in WITH_EMPLOYER and self.employer_id is not None:
            raise ValueError("This is not about an employer. Choose none, or another purpose.")
        return self

    @model_validator(mode="after")
    def _facts_only_where_they_are_shared(self) -> "ConsentInput":
        if self.purpose is Purpose.SHARE_FACTS and not self.facts:
            raise ValueError("Tick what the employer may be told.")
        if self.purpose is not Purpose.SHARE_FACTS and self.facts:
            raise ValueError("Facts are ticked only where they are shared with an employer.")
        return self

    @model_validator(mode="after")
    def _days_in_order(self) -> "ConsentInput":
        if self.given_on and self.until and self.until <= self.given_on:
            raise ValueError("The consent ends on the day it is given, or before. Check both dates.")
        return self

    @model_validator(mode="after")
    def _whoever_answers_for_them_is_named(self) -> "ConsentInput":
        if self.given_by is not GivenBy.THE_PERSON and not self.answered_by:
            raise ValueError("Say who answered with or for the person, and what lets them.")
        return self


class WithdrawalInput(BaseModel):
    """Who takes a consent back, and how they said so; a reason is not asked."""

    withdrawn_by: Withdrawer = Withdrawer.THE_PERSON
    withdrawn_how: Line = None


class Consent(Record, table=True):
    """One answer, never changed after it was given: a new answer is a new consent."""

    __table_args__ = (
        sa.CheckConstraint(
            "(employer_id IS NOT NULL) = (purpose IN ('share_facts', 'put_forward'))",
            name="employer_where_one_is_told",
        ),
        sa.CheckConstraint("until IS NULL OR until > given_on", name="days_in_order"),
        sa.CheckConstraint(
            "(withdrawn_on IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_by_somebody_on_a_day"
        ),
    )

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    purpose: Purpose = Field(sa_type=choice_column(Purpose))
    employer_id: int | None = Field(default=None, foreign_key="employer.id", index=True)
    facts: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    given_by: GivenBy = Field(sa_type=choice_column(GivenBy))
    answered_by: str | None = None
    how_explained: str
    wording_version: str
    given_on: date
    until: date | None = Field(default=None, index=True)
    withdrawn_on: date | None = None
    withdrawn_by: Withdrawer | None = Field(default=None, sa_type=choice_column(Withdrawer))
    withdrawn_how: str | None = None


_MAY_CHANGE = {"version", "updated_at", "updated_by", "withdrawn_on", "withdrawn_by", "withdrawn_how"}


def _ensure_only_withdrawn(_mapper: object, _connection: object, row: Consent) -> None:
    """Refuse every change but one withdrawal, whoever asks for it."""
    state: Any = sa.inspect(row)
    changed = {each.key: each for each in state.attrs if each.history.has_changes()}
    was_withdrawn = "withdrawn_on" in changed and any(changed["withdrawn_on"].history.deleted)
    if changed.keys() - _MAY_CHANGE or was_withdrawn:
        raise RuntimeError("A consent is never changed after it was given: it is withdrawn, and given anew.")


event.listen(Consent, "before_update", _ensure_only_withdrawn)
