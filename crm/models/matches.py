"""Runs of the matching engine and what people decided after looking at them."""

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, model_validator
from sqlmodel import Field

from crm.models.base import Day, Line, Record, Text, choice_column


class Decision(StrEnum):
    """What a named person decided. None of them says that somebody was turned away by the system."""

    SHORTLIST = "shortlist"
    NOT_YET = "not_yet"
    PERSON_DECLINED = "person_declined"
    HOLD = "hold"


class SeekerView(StrEnum):
    """The person's own view of the job."""

    KEEN = "keen"
    MAYBE = "maybe"
    NO = "no"
    NOT_ASKED = "not_asked"


class MatchRun(Record, table=True):
    """One ranking as it was seen: which engine, weights and inputs, so that it can be told apart later."""

    vacancy_id: int | None = Field(default=None, foreign_key="vacancy.id", index=True)
    seeker_id: int | None = Field(default=None, foreign_key="job_seeker.id", index=True)
    engine_version: str
    weights: dict[str, float] = Field(default_factory=dict, sa_type=sa.JSON)
    inputs_digest: str = Field(index=True)
    compared: int


class MatchDecisionInput(BaseModel):
    """A decision and what follows from it. “Not yet” needs a reason, a measure, an owner and a date."""

    decision: Decision
    reason: Text = None
    measure: Line = None
    owner_id: int | None = None
    due_on: Day = None
    seeker_view: SeekerView = SeekerView.NOT_ASKED

    @model_validator(mode="after")
    def _not_yet_says_what_happens_next(self) -> "MatchDecisionInput":
        if self.decision is not Decision.NOT_YET:
            return self
        missing = [
            words
            for words, value in (
                ("a reason", self.reason),
                ("the measure that would change it", self.measure),
                ("an owner", self.owner_id),
                ("a date", self.due_on),
            )
            if not value
        ]
        if missing:
            raise ValueError(f"“Not yet” needs {', '.join(missing)}: nobody is left without a next step.")
        return self


class MatchDecision(Record, table=True):
    """What a named person decided about one job seeker and one vacancy, with the match they looked at."""

    run_id: int = Field(foreign_key="match_run.id")
    vacancy_id: int = Field(foreign_key="vacancy.id", index=True)
    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    decision: Decision = Field(sa_type=choice_column(Decision))
    reason: str | None = None
    measure: str | None = None
    owner_id: int | None = Field(default=None, foreign_key="user.id")
    due_on: date | None = Field(default=None, index=True)
    seeker_view: SeekerView = Field(sa_type=choice_column(SeekerView))
    decided_on: date
    decided_by: int | None = Field(default=None, foreign_key="user.id")
    match_seen: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
