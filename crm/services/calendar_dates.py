"""The dates that go into somebody's calendar. Nothing in them says whom the service supports.

A calendar lies on telephones and with mail providers, outside this service. So what is about a job seeker, or
has a word of a job seeker's name in it, is said without its text: who may see it opens it here.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.errors import NotFoundError
from crm.models.agreements import Agreement
from crm.models.base import folded
from crm.models.contacts import ContactSeeker
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.tasks import Task, TaskStatus
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services import cold_accounts
from crm.services.access import ensure, scoped
from crm.services.agreement_stages import IN_FORCE

SHOWN_AFTER = timedelta(days=30)
"""Dates of agreements and vacancies stay in the calendar for so long once they are past."""

OPEN_IT = "open it in the service"


@dataclass(frozen=True, slots=True)
class DateEntry:
    """One whole day in a calendar: what is on, the page that tells more, and which version this is."""

    name: str
    day: date
    title: str
    page: str
    record_id: int
    version: int
    created_at: datetime
    updated_at: datetime


def own_dates(session: Session, *, by: Actor, today: date) -> list[DateEntry]:
    """One's own open tasks with a day, the dates of one's agreements, and the closing days of one's accounts.

    Raises:
        NotAllowedError: the person may not see tasks, agreements or vacancies.
    """
    accounts = sa.select(col(Employer.id)).where(cold_accounts.account_of(by.id))
    since = today - SHOWN_AFTER
    mine = sa.and_(col(Task.owner_id) == by.id, col(Task.status) == TaskStatus.OPEN)
    closing = sa.and_(
        col(Vacancy.employer_id).in_(accounts),
        col(Vacancy.status).in_(OPEN_STATUSES),
        col(Vacancy.closes_on) >= since,
    )
    found = [
        *_tasks(session, mine, by=by),
        *_agreements(session, col(Agreement.owner_id) == by.id, by=by),
        *_vacancies(session, closing, by=by),
    ]
    shown = [one for one in found if one.page == "task" or one.day >= since]
    return sorted(shown, key=lambda one: (one.day, one.name))


def dates_of(session: Session, kind: str, record_id: int, *, by: Actor) -> list[DateEntry]:
    """The dates of one task, agreement or vacancy.

    Raises:
        NotAllowedError: the person may not see it.
        NotFoundError: it is not there, or has no date.
    """
    makers: dict[str, tuple[Any, Any]] = {
        "task": (_tasks, Task),
        "agreement": (_agreements, Agreement),
        "vacancy": (_vacancies, Vacancy),
    }
    if kind not in makers:
        raise NotFoundError("There is no such date.")
    make, table = makers[kind]
    found: list[DateEntry] = make(session, col(table.id) == record_id, by=by)
    if not found:
        raise NotFoundError("There is no such date.")
    return found


def _tasks(session: Session, wanted: sa.ColumnElement[bool], *, by: Actor) -> list[DateEntry]:
    of_seeker = sa.exists().where(col(ContactSeeker.contact_id) == col(Task.contact_id))
    query = (
        sa.select(
            *(col(Task.id), col(Task.due_on), col(Task.title), col(Employer.name)),
            sa.or_(col(Task.seeker_id).is_not(None), of_seeker),
            *_upkeep(Task),
        )
        .join(Employer, col(Employer.id) == col(Task.employer_id), isouter=True)
        .where(wanted, col(Task.due_on).is_not(None), col(Task.archived_at).is_(None))
    )
    query = scoped(session, query, Task, by=by, action=Action.TASKS_READ)
    rows: Any = session.connection().execute(query).all()
    names = _names_of_seekers(session) if rows else frozenset[str]()
    return [
        DateEntry(
            f"task-{key}", due_on, _task_title(title, employer, is_of_seeker, names), "task", key, *upkeep
        )
        for key, due_on, title, employer, is_of_seeker, *upkeep in rows
    ]


def _task_title(title: str, employer: str | None, is_of_seeker: bool, names: Collection[str]) -> str:
    if is_of_seeker:
        return f"Task ({OPEN_IT})"
    if has_a_name(title, names):
        return f"Task: {employer} ({OPEN_IT})" if employer else f"Task ({OPEN_IT})"
    return f"{title}: {employer}" if employer else title


def _agreements(session: Session, wanted: sa.ColumnElement[bool], *, by: Actor) -> list[DateEntry]:
    query = (
        sa.select(
            *(col(Agreement.id), col(Employer.name), col(Agreement.review_on), col(Agreement.ends_on)),
            *_upkeep(Agreement),
        )
        .join(Employer, col(Employer.id) == col(Agreement.employer_id))
        .where(wanted, col(Agreement.stage).in_(IN_FORCE), col(Agreement.archived_at).is_(None))
    )
    query = scoped(session, query, Agreement, by=by, action=Action.AGREEMENTS_READ)
    found: list[DateEntry] = []
    rows: Any = session.connection().execute(query)
    for key, employer, review_on, ends_on, *upkeep in rows:
        for name, day, what in (("review", review_on, "Review the agreement"), ("end", ends_on, "Last day")):
            if day is not None:
                title = f"{what}: {employer}" if name == "review" else f"{what} of the agreement: {employer}"
                found.append(DateEntry(f"agreement-{key}-{name}", day, title, "agreement", key, *upkeep))
    return found


def _vacancies(session: Session, wanted: sa.ColumnElement[bool], *, by: Actor) -> list[DateEntry]:
    query = (
        sa.select(
            *(col(Vacancy.id), col(Vacancy.closes_on), col(Vacancy.title), col(Employer.name)),
            *_upkeep(Vacancy),
        )
        .join(Employer, col(Employer.id) == col(Vacancy.employer_id))
        .where(wanted, col(Vacancy.closes_on).is_not(None), col(Vacancy.archived_at).is_(None))
    )
    query = scoped(session, query, Vacancy, by=by, action=Action.VACANCIES_READ)
    rows: Any = session.connection().execute(query).all()
    names = _names_of_seekers(session) if rows else frozenset[str]()
    return [
        DateEntry(
            f"vacancy-{key}", closes_on, _vacancy_title(title, employer, names), "vacancy", key, *upkeep
        )
        for key, closes_on, title, employer, *upkeep in rows
    ]


def _vacancy_title(title: str, employer: str, names: Collection[str]) -> str:
    shown = f"A vacancy ({OPEN_IT})" if has_a_name(title, names) else title
    return f"Closes: {shown}, {employer}"


def _upkeep(table: Any) -> tuple[Any, Any, Any]:
    return col(table.version), col(table.created_at), col(table.updated_at)


def _names_of_seekers(session: Session) -> frozenset[str]:
    """Every word of every job seeker's name: asked on the service's own behalf, and shown to nobody."""
    ensure(session, SYSTEM, Action.SEEKERS_READ)
    keys = session.connection().execute(sa.select(col(JobSeeker.name_key))).scalars()
    return frozenset(word for key in keys for word in _words(key) if len(word) > 1)


def has_a_name(text: str, names: Collection[str]) -> bool:
    """Is one of these folded words in the text?"""
    return any(word in names for word in _words(folded(text)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
