"""Vacancies: advertised, hidden or made for somebody, with what they ask and where each figure came from."""

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, model_validator
from sqlmodel import Field

from crm.models.base import (
    Count,
    Day,
    HourlyPay,
    Known,
    Level,
    Line,
    Meanings,
    Name,
    Record,
    Text,
    WeekHours,
    choice_column,
)
from crm.models.postcodes import Postcode
from crm.models.week import Slot, Week


class VacancyKind(StrEnum):
    """Where a vacancy comes from."""

    ADVERTISED = "advertised"
    HIDDEN = "hidden"
    CARVED = "carved"
    CREATED = "created"
    APPRENTICESHIP = "apprenticeship"
    SUPPORTED_INTERNSHIP = "supported_internship"
    WORK_EXPERIENCE = "work_experience"
    SELF_EMPLOYMENT = "self_employment"


class Contract(StrEnum):
    """What kind of contract is offered."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    TEMPORARY = "temporary"
    ZERO_HOURS = "zero_hours"
    CASUAL = "casual"
    UNKNOWN = "unknown"


class VacancyStatus(StrEnum):
    """How far a vacancy has come."""

    LEAD = "lead"
    OPEN = "open"
    SHORTLISTING = "shortlisting"
    INTERVIEWING = "interviewing"
    OFFERED = "offered"
    FILLED_BY_US = "filled_by_us"
    FILLED_ELSEWHERE = "filled_elsewhere"
    WITHDRAWN = "withdrawn"


OPEN_STATUSES = (
    VacancyStatus.LEAD,
    VacancyStatus.OPEN,
    VacancyStatus.SHORTLISTING,
    VacancyStatus.INTERVIEWING,
    VacancyStatus.OFFERED,
)


class VacancyInput(BaseModel):
    """What is recorded about a vacancy. What is not known stays empty: it is never 0 and never no."""

    title: Name
    site_id: int | None = None
    agreement_id: int | None = None
    kind: VacancyKind = VacancyKind.ADVERTISED
    status: VacancyStatus = VacancyStatus.OPEN
    soc2020: Line = None
    posts: Count = None
    contract: Contract = Contract.UNKNOWN
    hours_min: WeekHours = None
    hours_max: WeekHours = None
    guaranteed_hours: WeekHours = None
    hours_negotiable: Known = Known.UNKNOWN
    pattern: Week = []
    pay_hourly: HourlyPay = None
    going_rate: HourlyPay = None
    pay_as_written: Line = None
    place: Line = None
    postcode: Postcode = None
    starts_on: Day = None
    closes_on: Day = None
    needs_driving: Known = Known.UNKNOWN
    needs_dbs: Known = Known.UNKNOWN
    qualifications: Line = None
    recruitment_steps: Line = None
    recruitment_adaptable: Known = Known.UNKNOWN
    description: Text = None

    @model_validator(mode="after")
    def _hours_in_order(self) -> "VacancyInput":
        if self.hours_min is not None and self.hours_max is not None and self.hours_max < self.hours_min:
            raise ValueError("The most hours a week are fewer than the least. Check both.")
        return self


class Vacancy(Record, table=True):
    """A job that somebody could get."""

    __table_args__ = (
        sa.CheckConstraint(
            "hours_max IS NULL OR hours_min IS NULL OR hours_max >= hours_min", name="hours_in_order"
        ),
    )

    employer_id: int = Field(foreign_key="employer.id", index=True)
    site_id: int | None = Field(default=None, foreign_key="employer_site.id")
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id")
    title: str
    title_key: str = Field(index=True)
    kind: VacancyKind = Field(sa_type=choice_column(VacancyKind))
    status: VacancyStatus = Field(sa_type=choice_column(VacancyStatus), index=True)
    soc2020: str | None = None
    posts: int | None = None
    contract: Contract = Field(default=Contract.UNKNOWN, sa_type=choice_column(Contract))
    hours_min: float | None = None
    hours_max: float | None = None
    guaranteed_hours: float | None = None
    hours_negotiable: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    pattern: list[Slot] = Field(default_factory=list, sa_type=sa.JSON)
    pay_hourly: float | None = None
    going_rate: float | None = None
    pay_as_written: str | None = None
    place: str | None = None
    postcode: str | None = None
    starts_on: date | None = None
    closes_on: date | None = Field(default=None, index=True)
    needs_driving: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    needs_dbs: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    qualifications: str | None = None
    recruitment_steps: str | None = None
    recruitment_adaptable: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
    description: str | None = None
    figure_sources: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    advert_url: str | None = None
    advert_fingerprint: str | None = Field(default=None, index=True)
    import_batch_id: int | None = Field(default=None, foreign_key="import_batch.id", index=True)


class VacancyCriterionInput(BaseModel):
    """One thing that a vacancy asks for."""

    text: Name
    level: Level = None
    is_essential: bool = True
    could_move: bool = False
    is_adjustable: Known = Known.UNKNOWN
    meanings: Meanings = {}


class VacancyCriterion(Record, table=True):
    """One thing that a vacancy asks for, with the vocabulary's concept that was settled when it was saved."""

    vacancy_id: int = Field(foreign_key="vacancy.id", index=True)
    text: str
    concept_id: str
    level: int | None = None
    is_essential: bool = True
    could_move: bool = False
    is_adjustable: Known = Field(default=Known.UNKNOWN, sa_type=choice_column(Known))
