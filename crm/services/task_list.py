"""Lists of tasks: whose, about which record, by when; filtered, counted and cut in SQL."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.tasks import Priority, Task, TaskStatus
from crm.models.users import Actor, User
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services.access import may, scoped
from crm.services.listing import Listing, how_many, in_all


class Whose(StrEnum):
    """Whose tasks are meant; what nobody owns is every team's."""

    MINE = "mine"
    TEAM = "my_team"
    EVERYBODY = "everybody"


class Due(StrEnum):
    """By when a task is due; each task with a day is in one of the first four, the others in the last."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "later_this_week"
    LATER = "after_this_week"
    NO_DAY = "without_a_day"


@dataclass(frozen=True, slots=True)
class About:
    """The one record whose tasks are meant; an employer's are also those of its agreements and vacancies."""

    employer_id: int | None = None
    agreement_id: int | None = None
    vacancy_id: int | None = None
    seeker_id: int | None = None


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a list of tasks is narrowed by; None means any."""

    whose: Whose = Whose.MINE
    due: Due | None = None
    status: TaskStatus = TaskStatus.OPEN
    about: About = About()
    is_interview_to_come: bool = False


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as lists show it; `version` is the one that a button beside it acts on."""

    id: int
    version: int
    title: str
    due_on: date | None
    priority: Priority
    status: TaskStatus
    settled_on: date | None
    settled_how: str | None
    owner_id: int | None
    owner: str | None
    employer_id: int | None
    employer: str | None
    agreement_id: int | None
    vacancy_id: int | None
    vacancy: str | None
    seeker_id: int | None
    seeker: str | None
    is_interview: bool


def listing(
    session: Session, wanted: TaskFilter, *, offset: int, limit: int, by: Actor, today: date
) -> Listing[TaskRow]:
    """One page of the tasks that the filter lets through: the first due on top, or the last one settled.

    Raises:
        NotAllowedError: the person may not see tasks.
    """
    chosen = scoped(session, _chosen(wanted, by, today), Task, by=by, action=Action.TASKS_READ)
    ids = _page(session, chosen, wanted, offset, limit)
    query = _with_names(may(by, Action.SEEKERS_READ)).where(col(Task.id).in_(ids))
    found = {row[0]: TaskRow(*row) for row in session.connection().execute(query)}
    total = in_all(session, chosen, offset=offset, shown=len(ids), limit=limit)
    return Listing([found[key] for key in ids], total)


def _page(
    session: Session, chosen: sa.Select[*tuple[Any, ...]], wanted: TaskFilter, offset: int, limit: int
) -> list[int]:
    """The ids of one page. Those with a day come first, off the index; the rest is asked for behind them."""
    read = session.connection().execute
    if wanted.status is not TaskStatus.OPEN:
        latest = (col(Task.settled_on).desc(), col(Task.id).desc())
        return list(read(chosen.order_by(*latest).offset(offset).limit(limit)).scalars())
    due = col(Task.due_on)
    urgency = sa.case({Priority.HIGH: 0, Priority.NORMAL: 1}, value=col(Task.priority), else_=2)
    dated = chosen.where(due.is_not(None))
    ids = list(read(dated.order_by(due, urgency, col(Task.id)).offset(offset).limit(limit)).scalars())
    if len(ids) < limit:
        passed = max(0, offset - how_many(session, dated)) if offset else 0
        rest = chosen.where(due.is_(None)).order_by(urgency, col(Task.id))
        ids += read(rest.offset(passed).limit(limit - len(ids))).scalars()
    return ids


def is_due(due: Due, today: date) -> sa.ColumnElement[bool]:
    """In SQL, whether a task is due so; a week ends on Sunday."""
    day = col(Task.due_on)
    sunday = today + timedelta(days=6 - today.weekday())
    return {
        Due.OVERDUE: day < today,
        Due.TODAY: day == today,
        Due.WEEK: sa.and_(day > today, day <= sunday),
        Due.LATER: day > sunday,
        Due.NO_DAY: day.is_(None),
    }[due]


def is_interview_to_come(today: date) -> sa.ColumnElement[bool]:
    """In SQL, whether a task is an interview of today or later."""
    return sa.and_(col(Task.is_interview), col(Task.due_on) >= today)


def waiting_for(user_id: int | None) -> sa.ColumnElement[bool]:
    """In SQL, whether a task is open and this person's."""
    return sa.and_(
        col(Task.owner_id) == user_id,
        col(Task.status) == TaskStatus.OPEN,
        col(Task.archived_at).is_(None),
    )


def _chosen(wanted: TaskFilter, by: Actor, today: date) -> sa.Select[*tuple[Any, ...]]:
    query = sa.select(col(Task.id)).where(col(Task.status) == wanted.status, col(Task.archived_at).is_(None))
    if wanted.whose is Whose.MINE:
        query = query.where(col(Task.owner_id) == by.id)
    if wanted.whose is Whose.TEAM:
        mates = sa.select(col(User.id)).where(col(User.team_id).is_not_distinct_from(by.team_id))
        query = query.where(sa.or_(col(Task.owner_id).in_(mates), col(Task.owner_id).is_(None)))
    if wanted.due is not None:
        query = query.where(is_due(wanted.due, today))
    if wanted.is_interview_to_come:
        query = query.where(is_interview_to_come(today))
    about = wanted.about
    for field in ("employer_id", "agreement_id", "vacancy_id", "seeker_id"):
        if getattr(about, field) is not None:
            query = query.where(col(getattr(Task, field)) == getattr(about, field))
    return query


def _with_names(may_see_seekers: bool) -> sa.Select[*tuple[Any, ...]]:
    """The rows with the names of what they are about, in one query."""
    seeker = col(JobSeeker.preferred_name) if may_see_seekers else sa.null()
    return (
        sa.select(
            *(col(Task.id), col(Task.version), col(Task.title), col(Task.due_on), col(Task.priority)),
            *(col(Task.status), col(Task.settled_on), col(Task.settled_how)),
            *(col(Task.owner_id), col(User.name), col(Task.employer_id), col(Employer.name)),
            *(col(Task.agreement_id), col(Task.vacancy_id), col(Vacancy.title)),
            *(col(Task.seeker_id), seeker, col(Task.is_interview)),
        )
        .select_from(Task)
        .join(User, col(User.id) == col(Task.owner_id), isouter=True)
        .join(Employer, col(Employer.id) == col(Task.employer_id), isouter=True)
        .join(Vacancy, col(Vacancy.id) == col(Task.vacancy_id), isouter=True)
        .join(JobSeeker, col(JobSeeker.id) == col(Task.seeker_id), isouter=True)
    )
