"""Programmes that a service runs: who pays, from when to when, and the law that its records stand on."""

from datetime import date
from typing import Annotated

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel, model_validator
from sqlmodel import Field

from crm.models.base import Day, Line, Name, Record, Text


def _web_address(value: str | None) -> str | None:
    if value is not None and not value.lower().startswith(("https://", "http://")):
        raise ValueError("Write the whole address of the document, beginning with https://.")
    return value


class ProgrammeInput(BaseModel):
    """What an administrator records about a programme. The law is the service's own to say, never ours."""

    name: Name
    funder: Line = None
    starts_on: Day = None
    ends_on: Day = None
    lawful_basis: Line = None
    special_condition: Text = None
    policy_document: Annotated[Line, AfterValidator(_web_address)] = None
    is_dormant: bool = False

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "ProgrammeInput":
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("The programme ends before it starts. Check both dates.")
        return self


class Programme(Record, table=True):
    """A programme that job seekers are on. A dormant one takes nobody new and stays where it is held."""

    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="dates"),
    )
    name: str = Field(unique=True)
    funder: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    lawful_basis: str | None = None
    special_condition: str | None = None
    policy_document: str | None = None
    is_dormant: bool = False
