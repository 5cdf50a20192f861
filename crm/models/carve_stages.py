"""How a carved job came from stage to stage, and the proposals that the employer was given."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy import event
from sqlmodel import Field

from crm.models.base import Day, Record, Text, choice_column
from crm.models.carves import CarveStage


class CarveMoveInput(BaseModel):
    """A move to another stage, with what that stage asks for.

    `contact_id` is who at the employer said so; `starts_on` and `ends_on` are the first day of the job or the
    trial, and the trial's last; `is_agreed_by_seeker` is the person's own yes to this job.
    """

    to_stage: CarveStage
    moved_on: date
    contact_id: int | None = None
    words: Text = None
    starts_on: Day = None
    ends_on: Day = None
    is_agreed_by_seeker: bool = False


class CarveMove(Record, table=True):
    """One move of a carved job, kept for good."""

    __table_args__ = (
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="days_in_order"
        ),
    )

    carve_id: int = Field(foreign_key="job_carve.id", index=True)
    from_stage: CarveStage = Field(sa_type=choice_column(CarveStage))
    to_stage: CarveStage = Field(sa_type=choice_column(CarveStage))
    moved_on: date
    contact_id: int | None = Field(default=None, foreign_key="employer_person.id")
    words: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    is_agreed_by_seeker: bool = Field(default=False, nullable=False)


class CarveProposal(Record, table=True):
    """A proposal as the employer was given it: the words of the job and its case, frozen.

    What it told of the person is in the page given with it (`ShareSheet`), never here; without one it said
    nothing of anybody. `digest` is SHA-256 of the content.
    """

    __table_args__ = (sa.UniqueConstraint("carve_id", "number", name="uq_carve_proposal_once"),)

    carve_id: int = Field(foreign_key="job_carve.id", index=True)
    number: int
    made_on: date
    given_to_id: int | None = Field(default=None, foreign_key="employer_person.id")
    share_sheet_id: int | None = Field(default=None, foreign_key="share_sheet.id")
    content: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    digest: str


def _ensure_as_given(_mapper: object, _connection: object, _row: CarveProposal) -> None:
    raise RuntimeError("A proposal is never changed after it was given: a new one is made.")


event.listen(CarveProposal, "before_update", _ensure_as_given)
