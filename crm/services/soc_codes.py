"""Which unit groups of SOC 2020 a vacancy may belong to, told by what is done in it."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.analyses import JobAnalysis, JobTask
from crm.models.skills import LoadedRole
from crm.models.users import Actor
from crm.models.vacancies import Vacancy, VacancyCriterion
from crm.policy import Action
from crm.services import roles
from crm.services.access import ensure

OFFERED = 3
"""How many unit groups are offered; a person chooses."""


def likely(session: Session, vacancy: Vacancy, *, by: Actor) -> list[str]:
    """The names of the unit groups that are most like the vacancy, with their codes, best first.

    They are compared with its title, its description, what it asks and the tasks seen in it. None where SOC
    2020 is not loaded.

    Raises:
        NotAllowedError: the person may not see vacancies.
    """
    ensure(session, by, Action.VACANCIES_READ)
    among = frozenset(session.connection().execute(sa.select(col(LoadedRole.code))).scalars())
    if not among:
        return []
    found = roles.library(session).doing(_texts(session, vacancy), OFFERED, among=among)
    return [role.name for role in found]


def _texts(session: Session, vacancy: Vacancy) -> list[str]:
    """What the vacancy and the analyses of its job say is done."""
    asked = select(col(VacancyCriterion.text)).where(
        col(VacancyCriterion.vacancy_id) == vacancy.key, col(VacancyCriterion.archived_at).is_(None)
    )
    done = (
        select(col(JobTask.name))
        .join(JobAnalysis, col(JobAnalysis.id) == col(JobTask.analysis_id))
        .where(
            col(JobAnalysis.vacancy_id) == vacancy.key,
            col(JobAnalysis.archived_at).is_(None),
            col(JobTask.archived_at).is_(None),
        )
    )
    rows = [
        *session.exec(asked.order_by(col(VacancyCriterion.id))),
        *session.exec(done.order_by(col(JobTask.id))),
    ]
    return [vacancy.title, vacancy.description or "", *rows]
