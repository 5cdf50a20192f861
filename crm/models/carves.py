"""Carved jobs: tasks put together into a job that did not exist."""

from enum import StrEnum
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel
from sqlmodel import Field

from crm.models.base import HourlyPay, Record, choice_column


def _goal(value: float) -> float:
    if not 1 <= value <= 80:
        raise ValueError("The goal in hours a week is between 1 and 80.")
    return value


class CarveStage(StrEnum):
    """How far a carved job has come."""

    IDEA = "idea"
    NEEDS_CONFIRMED = "needs_confirmed"
    PROPOSAL = "proposal"
    NEGOTIATING = "negotiating"
    AGREED = "agreed"
    TRIAL = "trial"
    LIVE = "live"
    DECLINED = "declined"


class CarveWish(BaseModel):
    """What a job is to be carved from and towards; the goal is for people without a goal of their own."""

    analysis_ids: list[int]
    goal: Annotated[float, AfterValidator(_goal)] = 16.0
    pay_hourly: HourlyPay = None


class JobCarve(Record, table=True):
    """A job made of movable tasks of one employer, for one person."""

    employer_id: int = Field(foreign_key="employer.id", index=True)
    seeker_id: int | None = Field(default=None, foreign_key="job_seeker.id", index=True)
    title: str
    stage: CarveStage = Field(default=CarveStage.IDEA, sa_type=choice_column(CarveStage), index=True)
    hours_week: float
    hours_short: float
    pay_hourly: float | None = None
    skilled_hours_freed: float
    cost_difference_week: float | None = None
    new_wage_week: float | None = None
    undone_work_hours: float
    is_optimal: bool = True
    warnings: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    engine_version: str
    carve_seen: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class CarveTask(Record, table=True):
    """One task of a carved job, with the hours a week that move into it."""

    carve_id: int = Field(foreign_key="job_carve.id", index=True)
    task_id: int = Field(foreign_key="job_task.id")
    hours_week: float
