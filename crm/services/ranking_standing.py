"""How the records of a vacancy or a person stand: figures that differ as soon as one of them has changed.

Versions only rise and rows are kept, so a sum of versions tells of every change to any of its rows.
"""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from crm.models.analyses import JobAnalysis, JobTask, WorkplaceSupport
from crm.models.base import Record
from crm.models.disputes import RowDispute
from crm.models.employers import Employer, EmployerSite
from crm.models.seekers import JobSeeker, ProfileSkill, SupportNeed, VocationalProfile
from crm.models.vacancies import Vacancy, VacancyCriterion


def of_vacancy() -> list[Any]:
    """Columns for a query over vacancies: the vacancy, its employer and site, what it asks, its analyses."""
    criteria = _sum(VacancyCriterion, col(VacancyCriterion.vacancy_id) == col(Vacancy.id))
    analyses = _sum(JobAnalysis, col(JobAnalysis.vacancy_id) == col(Vacancy.id))
    return [
        col(Vacancy.version),
        _of_one(Employer, col(Vacancy.employer_id)),
        _of_one(EmployerSite, col(Vacancy.site_id)),
        criteria,
        analyses,
        *(_beneath_analyses(table) for table in (JobTask, WorkplaceSupport)),
    ]


def of_seeker() -> list[Any]:
    """Columns for a query over job seekers: the person, their profile, skills, needs and disputes."""
    parts: tuple[Any, ...] = (VocationalProfile, ProfileSkill, SupportNeed, RowDispute)
    sums = [_sum(table, col(table.seeker_id) == col(JobSeeker.id)) for table in parts]
    return [col(JobSeeker.version), *sums]


def noted_of_vacancy(standing: list[int]) -> list[int]:
    """The same figures from how a vacancy was noted for matching, where those of no analysis are left out."""
    return [*standing, *[0] * (len(of_vacancy()) - len(standing))]


def noted_of_seeker(standing: list[int]) -> list[int]:
    """The same figures from how a person was noted for matching, which tells of disputes too."""
    return standing[: len(of_seeker())]


def _of_one(table: type[Record], link: Any) -> Any:
    return _sum(table, col(table.id) == link)


def _beneath_analyses(table: Any) -> Any:
    of_vacancy = sa.select(col(JobAnalysis.id)).where(col(JobAnalysis.vacancy_id) == col(Vacancy.id))
    return _sum(table, col(table.analysis_id).in_(of_vacancy.correlate(Vacancy)))


def _sum(table: type[Record], which: Any) -> Any:
    total = sa.select(sa.func.coalesce(sa.func.sum(col(table.version)), 0)).where(which)
    return total.correlate(Vacancy, JobSeeker).scalar_subquery()
