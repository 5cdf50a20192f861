"""Pages about a person that an employer was given: to whom, when, with the exact words."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, field_validator
from sqlalchemy import event
from sqlmodel import Field

from crm.models.base import Day, Line, Name, Record, choice_column
from crm.models.consents import SharedFact, TickedFacts
from crm.models.locked import Locked, Sealed

NEVER_ON_PAPER = frozenset({SharedFact.DISABILITY})
"""What no page says, whoever agreed to it: it is for the person to tell, and not before an offer."""


class GivenHow(StrEnum):
    """How an employer got the page."""

    ON_PAPER = "on_paper"
    BY_EMAIL = "by_email"
    BY_POST = "by_post"
    SHOWN = "shown_and_taken_back"


class ShareSheetInput(BaseModel):
    """What the page tells, and who gets it."""

    facts: TickedFacts = []
    given_to: Name
    given_how: GivenHow = GivenHow.ON_PAPER
    expires_on: Day = None

    @field_validator("facts")
    @classmethod
    def _something_and_never_health(cls, facts: Collection[SharedFact]) -> list[SharedFact]:
        if not facts:
            raise ValueError("Tick what the page tells.")
        if NEVER_ON_PAPER.intersection(facts):
            raise ValueError("A page never tells of a disability: the person says that, after an offer.")
        return [fact for fact in SharedFact if fact in facts]


class RecallInput(BaseModel):
    """Why a page is taken back, and whether the employer knows already."""

    recalled_why: Line = None
    told_on: Day = None


class ShareSheet(Record, Sealed, table=True):
    """One page as one employer got it. Its words are encrypted at rest, and never changed: it is recalled."""

    __table_args__ = (
        sa.CheckConstraint("expires_on > shared_on", name="expires_after_sharing"),
        sa.CheckConstraint("told_on IS NULL OR recalled_on IS NOT NULL", name="told_of_a_recall"),
    )

    employer_id: int = Field(foreign_key="employer.id", index=True)
    facts: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    words: str = Field(sa_type=Locked("share_sheet.words"))
    given_to: str
    given_how: GivenHow = Field(sa_type=choice_column(GivenHow))
    shared_on: date
    expires_on: date
    recalled_on: date | None = None
    recalled_why: str | None = Field(default=None, sa_type=Locked("share_sheet.recalled_why"))
    told_on: date | None = None


_MAY_CHANGE = {"version", "updated_at", "updated_by", "seal", "recalled_on", "recalled_why", "told_on"}


def _ensure_only_recalled(_mapper: object, _connection: object, row: ShareSheet) -> None:
    """Refuse every change but a recall, whoever asks for it."""
    state: Any = sa.inspect(row)
    changed = {each.key for each in state.attrs if each.history.has_changes()}
    if changed - _MAY_CHANGE:
        raise RuntimeError("A page is never changed after it was given: it is recalled, and given anew.")


event.listen(ShareSheet, "before_update", _ensure_only_recalled)
