"""Runs of the matching engine and what people decided after looking at them."""

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, model_validator
from sqlmodel import Field

from crm.models.base import Day, Line, Record, Table, Text, choice_column


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
    """One ranking as it was seen: which engine, weights and inputs, so that it can be made again later.

    `as_of_input` is the last of the compared records that went into it; None where the run was of one pair,
    or made before inputs were kept.
    """

    vacancy_id: int | None = Field(default=None, foreign_key="vacancy.id", index=True)
    seeker_id: int | None = Field(default=None, foreign_key="job_seeker.id", index=True)
    engine_version: str
    weights: dict[str, float] = Field(default_factory=dict, sa_type=sa.JSON)
    weights_id: int | None = Field(default=None, foreign_key="weights_version.id")
    inputs_digest: str = Field(index=True)
    as_of_input: int | None = None
    words_digest: str | None = Field(default=None, foreign_key="compared_words.digest")
    scores_digest: str | None = None
    compared: int


class RunScores(Table, table=True):
    """The scores of everybody in a run, compressed; the run itself holds their digest."""

    run_id: int = Field(primary_key=True, foreign_key="match_run.id")
    content: bytes = Field(sa_type=sa.LargeBinary)


class JobMatch(Record, table=True):
    """A person and a vacancy whose comparison somebody opened or decided on; nobody else has a row.

    `match_seen` holds the figures as they were last looked at, `seeker_view` what the person says of the job.
    """

    __table_args__ = (
        sa.UniqueConstraint("vacancy_id", "seeker_id"),
        sa.CheckConstraint("(view_said_on IS NULL) = (seeker_view = 'not_asked')", name="a_view_has_its_day"),
    )

    vacancy_id: int = Field(foreign_key="vacancy.id")
    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    run_id: int | None = Field(default=None, foreign_key="match_run.id")
    inputs_digest: str
    match_seen: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    opened_on: date
    opened_by: int | None = Field(default=None, foreign_key="user.id")
    seeker_view: SeekerView = Field(default=SeekerView.NOT_ASKED, sa_type=choice_column(SeekerView))
    view_words: str | None = None
    view_said_on: date | None = None


class SuggestionEnd(StrEnum):
    """Why a suggestion stands no longer on anybody's day."""

    PERSON_SAID_NO = "person_said_no"
    DECIDED = "decided"
    LOOKED_AT = "looked_at"
    OVER = "over"


class MatchSuggestion(Record, table=True):
    """A vacancy that the night's comparison newly found for somebody: at most three a person and week.

    `week_from` is the Monday of the week in London in which it was made.
    """

    __table_args__ = (
        sa.UniqueConstraint("seeker_id", "vacancy_id"),
        sa.CheckConstraint("(ended_on IS NULL) = (ended_how IS NULL)", name="ends_somehow_on_a_day"),
    )

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    vacancy_id: int = Field(foreign_key="vacancy.id", index=True)
    ranking_run_id: int | None = Field(default=None, foreign_key="ranking_run.id")
    week_from: date = Field(index=True)
    suggested_on: date
    reason: str
    ended_on: date | None = Field(default=None, index=True)
    ended_by: int | None = Field(default=None, foreign_key="user.id")
    ended_how: SuggestionEnd | None = Field(default=None, sa_type=choice_column(SuggestionEnd))


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
