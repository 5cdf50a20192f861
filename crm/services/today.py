"""What one person's day holds: figures that are each the total of a list, and contacts of this week."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreements import Agreement
from crm.models.contacts import ContactKind, EmployerContact
from crm.models.employers import Employer
from crm.models.tasks import Task
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import agreements, task_list, vacancies
from crm.services.access import scoped
from crm.services.task_list import Due

USUAL_IN_A_WEEK = 6
"""Contacts a week that services which follow IPS commonly aim for."""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What waits for one person: tasks and agreements of their own, and vacancies of the service.

    Interviews are counted from today on, among the tasks due today and this week, too.
    """

    overdue: int
    due_today: int
    due_this_week: int
    interviews: int
    agreements_expiring: int
    vacancies_closing: int


@dataclass(frozen=True, slots=True)
class MetRow:
    """One contact in person with somebody who hires."""

    id: int
    held_on: date
    kind: ContactKind
    employer_id: int
    employer: str


def figures(session: Session, *, by: Actor, today: date) -> DayFigures:
    """The counts of one person's day, in one query.

    Raises:
        NotAllowedError: the person may not see tasks, agreements and vacancies.
    """
    mine = task_list.waiting_for(by.id)
    due = [task_list.is_due(one, today) for one in (Due.OVERDUE, Due.TODAY, Due.WEEK)]
    tasks = [
        (Task, Action.TASKS_READ, sa.and_(mine, wanted))
        for wanted in (*due, task_list.is_interview_to_come(today))
    ]
    expiring = sa.and_(col(Agreement.owner_id) == by.id, agreements.expiring(today))
    counted: list[tuple[Any, Action, sa.ColumnElement[bool]]] = [
        *tasks,
        (Agreement, Action.AGREEMENTS_READ, expiring),
        (Vacancy, Action.VACANCIES_READ, vacancies.closing_soon(today)),
    ]
    counts = [_count(session, *what, by=by) for what in counted]
    return DayFigures(*session.connection().execute(sa.select(*counts)).one())


def _count(
    session: Session, table: Any, action: Action, wanted: sa.ColumnElement[bool], *, by: Actor
) -> sa.ScalarSelect[int]:
    query = sa.select(sa.func.count()).select_from(table).where(col(table.archived_at).is_(None), wanted)
    return scoped(session, query, table, by=by, action=action).scalar_subquery()


def met_this_week(session: Session, *, by: Actor, today: date) -> list[MetRow]:
    """This person's contacts in person with hiring managers in the week of today, Monday to Sunday.

    One visit is one contact, however many managers were there.

    Raises:
        NotAllowedError: the person may not see contacts.
    """
    monday = today - timedelta(days=today.weekday())
    query = (
        sa.select(
            col(EmployerContact.id),
            col(EmployerContact.held_on),
            col(EmployerContact.kind),
            col(EmployerContact.employer_id),
            col(Employer.name),
        )
        .join(Employer, col(Employer.id) == col(EmployerContact.employer_id))
        .where(
            col(EmployerContact.held_by) == by.id,
            col(EmployerContact.held_on).between(monday, monday + timedelta(days=6)),
            col(EmployerContact.is_in_person),
            col(EmployerContact.with_hiring_manager),
            col(EmployerContact.archived_at).is_(None),
        )
        .order_by(col(EmployerContact.held_on), col(EmployerContact.id))
    )
    query = scoped(session, query, EmployerContact, by=by, action=Action.CONTACTS_READ)
    return [MetRow(*row) for row in session.connection().execute(query)]
