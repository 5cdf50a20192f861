"""The business case of a carved job: what it is worth to the employer, what it costs, and who was asked."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, model_validator
from sqlmodel import Field

from crm.models.base import Day, HourlyPay, Line, Record, Text, WeekHours, choice_column, ensure_range


class AccessToWork(StrEnum):
    """Where it stands with Access to Work, which can pay for support and equipment."""

    NOT_ASKED = "not_asked"
    TO_ASK = "to_ask"
    APPLIED = "applied"
    GRANTED = "granted"
    NOT_NEEDED = "not_needed"


def _percent(value: float) -> float:
    if not 0 <= value <= 100:
        raise ValueError("On-costs are between 0 and 100 percent of the wage.")
    return value


def _once(value: float) -> float:
    if not 0 <= value <= 100_000:
        raise ValueError("Costs that arise once are between £0 and £100,000.")
    return value


Percent = Annotated[float, AfterValidator(_percent)] | None
Once = Annotated[float, AfterValidator(_once)] | None

RANGES = {
    "overtime_hours": "overtime_hours_most",
    "overtime_rate": "overtime_rate_most",
    "agency_hours": "agency_hours_most",
    "agency_rate": "agency_rate_most",
    "on_costs_percent": "on_costs_percent_most",
    "once_cost": "once_cost_most",
}
"""Each figure that can be a guess, and the field of its upper end, empty where it is known."""


class CarveCaseInput(BaseModel):
    """What staff say of the business case; the figures of the tasks come from the tasks themselves.

    Hours are a week, rates in £ an hour, on-costs in percent of the wage.
    """

    need: Text = None
    undone_worth: Text = None
    quality: Text = None
    overtime_hours: WeekHours = None
    overtime_hours_most: WeekHours = None
    overtime_rate: HourlyPay = None
    overtime_rate_most: HourlyPay = None
    agency_hours: WeekHours = None
    agency_hours_most: WeekHours = None
    agency_rate: HourlyPay = None
    agency_rate_most: HourlyPay = None
    on_costs_percent: Percent = None
    on_costs_percent_most: Percent = None
    once_cost: Once = None
    once_cost_most: Once = None
    once_for: Line = None
    support: Text = None
    support_fades: Text = None
    access_to_work: AccessToWork = AccessToWork.NOT_ASKED
    risks: Text = None
    consulted_who: Line = None
    consulted_on: Day = None
    consulted_said: Text = None

    @model_validator(mode="after")
    def _ranges_in_order(self) -> "CarveCaseInput":
        for least_name, most_name in RANGES.items():
            ensure_range(most_name, getattr(self, least_name), getattr(self, most_name))
        return self


class CarveCase(Record, table=True):
    """The business case of one carved job. What is not known stays empty: it is never £0."""

    carve_id: int = Field(foreign_key="job_carve.id", unique=True, index=True)
    need: str | None = None
    undone_worth: str | None = None
    quality: str | None = None
    overtime_hours: float | None = None
    overtime_hours_most: float | None = None
    overtime_rate: float | None = None
    overtime_rate_most: float | None = None
    agency_hours: float | None = None
    agency_hours_most: float | None = None
    agency_rate: float | None = None
    agency_rate_most: float | None = None
    on_costs_percent: float | None = None
    on_costs_percent_most: float | None = None
    once_cost: float | None = None
    once_cost_most: float | None = None
    once_for: str | None = None
    support: str | None = None
    support_fades: str | None = None
    access_to_work: AccessToWork = Field(default=AccessToWork.NOT_ASKED, sa_type=choice_column(AccessToWork))
    risks: str | None = None
    consulted_who: str | None = None
    consulted_on: date | None = None
    consulted_said: str | None = None
