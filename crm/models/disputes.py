"""“That’s not right”: what a person says of a row about them, and what came of it."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import Field

from crm.models.base import Line, Name, Present, Record, choice_column


class DisputedPart(StrEnum):
    """Which kind of row a person says is not right; “other” takes no part in matching."""

    SKILL = "skill"
    SUPPORT_NEED = "support_need"
    HOURS = "hours"
    WEEK = "week"
    TRAVEL = "travel"
    INTERESTS = "interests"
    MUST = "must"
    AVOID = "avoid"
    SCALE = "scale"
    OTHER = "other"


class SettledHow(StrEnum):
    """What came of it, once the coach had talked it over with the person."""

    RECORD_CHANGED = "record_changed"
    RECORD_STAYS = "record_stays"
    TAKEN_BACK = "taken_back"


class DisputeInput(BaseModel):
    """Which row, as it was shown, and the person's own words.

    `row_key` tells the rows of a part apart: a concept, a kind of support, a scale.
    """

    part: DisputedPart
    row_key: Name | None = None
    row_words: Present
    words: Present
    vacancy_id: int | None = None


class SettlingInput(BaseModel):
    """How it was settled, and what was said."""

    settled_how: SettledHow
    settled_words: Line = None


class RowDispute(Record, table=True):
    """One row that a person says is not right: it counts as not known until it is settled."""

    __table_args__ = (
        sa.CheckConstraint("(settled_on IS NULL) = (settled_how IS NULL)", name="settled_somehow_on_a_day"),
    )

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    part: DisputedPart = Field(sa_type=choice_column(DisputedPart))
    row_key: str | None = None
    row_words: str
    words: str
    said_on: date
    vacancy_id: int | None = Field(default=None, foreign_key="vacancy.id", index=True)
    settled_on: date | None = None
    settled_by: int | None = Field(default=None, foreign_key="user.id")
    settled_how: SettledHow | None = Field(default=None, sa_type=choice_column(SettledHow))
    settled_words: str | None = None
