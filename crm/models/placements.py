"""Jobs that people started: from when, for how many hours, until when and why they ended."""

from datetime import date

import sqlalchemy as sa
from pydantic import BaseModel, model_validator
from sqlmodel import Field

from crm.models.base import Day, HourlyPay, Line, Name, Record, WeekHours


class PlacementInput(BaseModel):
    """What is recorded about a job that somebody started; hours not known stay empty."""

    title: Name
    starts_on: date
    hours_week: WeekHours = None
    pay_hourly: HourlyPay = None
    seen_on: Day = None
    ended_on: Day = None
    end_why: Line = None

    @model_validator(mode="after")
    def _days_in_order(self) -> "PlacementInput":
        if self.ended_on and self.ended_on < self.starts_on:
            raise ValueError("The job ends before it starts. Check both dates.")
        return self

    @model_validator(mode="after")
    def _seen_while_it_lasts(self) -> "PlacementInput":
        if self.seen_on and self.seen_on < self.starts_on:
            raise ValueError("Nobody can be seen at work before they start. Check both dates.")
        if self.seen_on and self.ended_on and self.seen_on > self.ended_on:
            raise ValueError("Nobody can be seen at work after the last day. Check both dates.")
        return self

    @model_validator(mode="after")
    def _an_end_has_a_reason(self) -> "PlacementInput":
        if self.ended_on and not self.end_why:
            raise ValueError("Say why the job ended.")
        return self


class Placement(Record, table=True):
    """A job that somebody started. `seen_on` is the last day on which somebody knew them to be in it.

    Without an end, being in work is known only until `seen_on`: what nobody has looked at is not known.
    """

    __table_args__ = (
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= starts_on", name="days_in_order"),
        sa.CheckConstraint("ended_on IS NULL OR end_why IS NOT NULL", name="an_end_has_a_reason"),
        sa.Index("ix_placement_employer_id_starts_on", "employer_id", "starts_on"),
    )

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    employer_id: int = Field(foreign_key="employer.id")
    site_id: int | None = Field(default=None, foreign_key="employer_site.id")
    vacancy_id: int | None = Field(default=None, foreign_key="vacancy.id", index=True)
    use_id: int | None = Field(default=None, foreign_key="agreement_use.id", index=True)
    title: str
    starts_on: date
    hours_week: float | None = None
    pay_hourly: float | None = None
    seen_on: date | None = None
    ended_on: date | None = None
    end_why: str | None = None
