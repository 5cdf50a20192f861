"""Carved jobs: tasks put together into a job that did not exist."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel
from sqlmodel import Field

from crm.models.base import HourlyPay, Line, Name, Record, Text, choice_column


def _goal(value: float) -> float:
    if not 1 <= value <= 80:
        raise ValueError("The goal in hours a week is between 1 and 80.")
    return value


WeekGoal = Annotated[float, AfterValidator(_goal)]
"""Hours a week to reach, for people without a goal of their own."""


def _contact(value: float) -> float:
    if not CONTACT_HOURS <= value <= 40:
        raise ValueError(
            f"Hours a week beside colleagues are {CONTACT_HOURS:g} at least, the guard rail, and 40 at most."
        )
    return value


def _hard(value: float) -> float:
    if not 0 <= value <= HARD_PERCENT:
        raise ValueError(
            f"The share of hard tasks is between 0 and {HARD_PERCENT:g} percent, the guard rail."
        )
    return value


def _posts(value: int) -> int:
    if not 1 <= value <= MOST_POSTS:
        raise ValueError(f"Tasks come from between 1 and {MOST_POSTS} posts, the guard rail.")
    return value


CONTACT_HOURS, HARD_PERCENT, MOST_POSTS = 2.0, 50.0, 3
"""The guard rails of a carved job as they are: they can be made stricter, never looser."""


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


class CarveKind(StrEnum):
    """Whether its tasks come out of posts, or nobody does them yet."""

    CARVED = "carved"
    CREATED = "created"


class CarveMade(StrEnum):
    """How its tasks were chosen."""

    BY_SOLVER = "by_solver"
    BY_HAND = "by_hand"
    AS_TEAM = "as_team"


class CarveInput(BaseModel):
    """What staff say of a carved job beside its tasks."""

    title: Name
    site_id: int | None = None
    pay_hourly: HourlyPay = None
    going_rate: HourlyPay = None
    supervisor: Line = None
    coworker_contact: Text = None
    quality_checks: Text = None


class CarveWish(BaseModel):
    """What a job is to be carved from and towards; the goal is for people without a goal of their own.

    The last three are guard rails. Who makes one stricter says so here; no value is looser than the rail.
    """

    analysis_ids: list[int]
    goal: WeekGoal = 16.0
    pay_hourly: HourlyPay = None
    contact_hours: Annotated[float, AfterValidator(_contact)] = CONTACT_HOURS
    hard_percent: Annotated[float, AfterValidator(_hard)] = HARD_PERCENT
    most_posts: Annotated[int, AfterValidator(_posts)] = MOST_POSTS


class HandChoice(BaseModel):
    """What a job is composed of by hand: for whom (None: nobody yet), towards how many hours, which tasks."""

    seeker_id: int | None = None
    goal: WeekGoal = 16.0
    pay_hourly: HourlyPay = None
    task_ids: list[int] = []


class JobCarve(Record, table=True):
    """A job made of movable tasks of one employer, for one person, or before there is a person.

    `vacancy_id` and `analysis_id` are what was made of it when the employer agreed.
    """

    __table_args__ = (
        sa.CheckConstraint(
            "stage NOT IN ('agreed', 'trial', 'live')"
            " OR (vacancy_id IS NOT NULL AND analysis_id IS NOT NULL)",
            name="agreed_is_a_vacancy",
        ),
    )

    employer_id: int = Field(foreign_key="employer.id", index=True)
    site_id: int | None = Field(default=None, foreign_key="employer_site.id")
    seeker_id: int | None = Field(default=None, foreign_key="job_seeker.id", index=True)
    kind: CarveKind = Field(default=CarveKind.CARVED, sa_type=choice_column(CarveKind))
    made: CarveMade = Field(default=CarveMade.BY_SOLVER, sa_type=choice_column(CarveMade))
    title: str
    stage: CarveStage = Field(default=CarveStage.IDEA, sa_type=choice_column(CarveStage), index=True)
    stage_since: date = Field(index=True)
    hours_week: float
    hours_short: float
    pay_hourly: float | None = None
    going_rate: float | None = None
    supervisor: str | None = None
    coworker_contact: str | None = None
    quality_checks: str | None = None
    vacancy_id: int | None = Field(default=None, foreign_key="vacancy.id", index=True)
    analysis_id: int | None = Field(default=None, foreign_key="job_analysis.id")
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
