"""Door-openers: people outside the service who know an employer, and have agreed to open the door."""

from datetime import date
from typing import Annotated

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel, model_validator
from sqlmodel import Field

from crm.models.base import Line, Record


def _said(value: str | None) -> str:
    if value is None:
        raise ValueError("Say it in a few words.")
    return value


Said = Annotated[Line, AfterValidator(_said)]


class DoorOpenerInput(BaseModel):
    """Who knows the employer and how, and their own yes: on which day, and how they gave it."""

    seeker_id: int | None = None
    name: Line = None
    tie: Said
    agreed_on: date
    agreed_how: Said

    @model_validator(mode="after")
    def _one_of_the_two(self) -> "DoorOpenerInput":
        if (self.seeker_id is None) == (self.name is None):
            raise ValueError("Choose a job seeker, or type a name: one of the two.")
        return self


class TakingOff(BaseModel):
    """That somebody is taken off; nothing else is asked."""


class DoorOpener(Record, table=True):
    """One person who knows an employer: a job seeker, or somebody else by name.

    It is never changed: who takes their yes back is taken off, and a new yes is recorded anew.
    """

    __table_args__ = (
        sa.CheckConstraint("(seeker_id IS NULL) = (name IS NOT NULL)", name="one_person"),
        sa.Index("ix_door_opener_employer_id_archived_at", "employer_id", "archived_at"),
    )

    employer_id: int = Field(foreign_key="employer.id")
    seeker_id: int | None = Field(default=None, foreign_key="job_seeker.id", index=True)
    name: str | None = None
    tie: str
    agreed_on: date
    agreed_how: str
