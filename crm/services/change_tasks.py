"""Changes that would make a vacancy workable for a person, as tasks with an owner and a date, none twice."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.tasks import Task, TaskInput, TaskStatus
from crm.models.users import Actor, User
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import pair_changes, records, staff, tasks
from crm.services.access import ensure, may, scoped
from crm.services.pair_changes import WantedChange

DAYS_TO_FIND_OUT = 7
"""What is to be found out is due in so many days."""

DAYS_TO_CHANGE = 14
"""Anything else is due in so many."""

UNDONE = "Made from a comparison, and undone at once."


@dataclass(frozen=True, slots=True)
class OpenTask:
    """An open task that says the same as a change; `version` is the one that undoing it acts on."""

    id: int
    version: int
    title: str
    due_on: date | None
    owner: str | None


def open_tasks(
    session: Session, vacancy_id: int, seeker_id: int, titles: Collection[str], *, by: Actor
) -> dict[str, OpenTask]:
    """The open tasks of the vacancy or the person that say the same as a change, by their words.

    One that was made for somebody else beside the same vacancy is the same question to the same employer.

    Raises:
        NotAllowedError: the person may not see tasks.
    """
    query = scoped(session, _open(vacancy_id, seeker_id, titles), Task, by=by, action=Action.TASKS_READ)
    return {
        row.title: OpenTask(row.key, row.version, row.title, row.due_on, owner)
        for row, owner in session.exec(query)
    }


def _open(vacancy_id: int, seeker_id: int, titles: Collection[str]) -> Select[Task, str]:
    return (
        select(Task, col(User.name))
        .join(User, col(User.id) == col(Task.owner_id), isouter=True)
        .where(
            sa.or_(col(Task.vacancy_id) == vacancy_id, col(Task.seeker_id) == seeker_id),
            col(Task.title).in_(list(titles)),
            col(Task.status) == TaskStatus.OPEN,
            col(Task.archived_at).is_(None),
        )
        .order_by(col(Task.id).desc())
    )


def make(
    session: Session, vacancy_id: int, seeker_id: int, titles: Sequence[str], *, by: Actor, today: date
) -> list[Task]:
    """Make changes tasks: the employer's side about the vacancy, the rest about the person.

    Whoever looks after the employer has the one kind, the person's coach the other, else whoever makes them.
    A change that is an open task already stays that one task.

    Raises:
        NotAllowedError: the person may not see matches, not record tasks, or the vacancy is archived.
        NotFoundError: there is no such vacancy or job seeker.
        RuleBrokenError: what is recorded has changed, and one of these would not help any more.
    """
    ensure(session, by, Action.TASKS_RECORD)
    vacancy = records.fetch_to_change(session, Vacancy, vacancy_id, called="vacancy")
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    if vacancy.archived_at is not None:
        raise NotAllowedError("This vacancy is archived. It can be read, but no task is made for it.")
    offered = pair_changes.of_pair(session, vacancy_id, seeker_id, by=by).every_one()
    if not offered.keys() >= set(titles):
        raise RuleBrokenError(
            "What is recorded of the person or the job has changed since you opened this page, and this "
            "would not help any more. Load the page again.",
            field="title",
        )
    known = {row.title for row, _ in session.exec(_open(vacancy_id, seeker_id, titles))}
    wanted = [offered[title] for title in dict.fromkeys(titles) if title not in known]
    return [_made(session, change, vacancy, seeker, by=by, today=today) for change in wanted]


def _made(
    session: Session, change: WantedChange, vacancy: Vacancy, seeker: JobSeeker, *, by: Actor, today: date
) -> Task:
    days = DAYS_TO_FIND_OUT if change.is_finding_out else DAYS_TO_CHANGE
    is_theirs = change.is_with_employer
    employer = records.fetch(session, Employer, vacancy.employer_id, called="employer")
    new = TaskInput(
        title=change.title,
        notes=f"{change.saying}\n\n{_ABOUT_VACANCY if is_theirs else _ABOUT_PERSON}",
        due_on=today + timedelta(days=days),
        owner_id=_owner(session, employer.owner_id if is_theirs else seeker.coach_id, by=by),
        vacancy_id=vacancy.key if is_theirs else None,
        seeker_id=None if is_theirs else seeker.key,
    )
    return tasks.add(session, new, by=by)


_ABOUT_VACANCY = (
    "From a comparison with somebody who looks for work: it would make this job workable for them now. Tell "
    "the employer nothing about the person that they have not agreed to."
)
_ABOUT_PERSON = "From a comparison with a vacancy: it would make that job workable for them now."


def _owner(session: Session, user_id: int | None, *, by: Actor) -> int | None:
    return user_id if user_id in staff.names(session, by=by) else by.id


def undo(session: Session, made: Sequence[tuple[int, int]], *, by: Actor) -> None:
    """Put tasks aside that were made a moment ago, each given with the version that it was made at.

    Raises:
        NotAllowedError: the person may not record tasks.
        StaleFormError: somebody has changed one of them since; none is put aside.
    """
    for task_id, version in made:
        tasks.archive(session, task_id, why=UNDONE, version=version, by=by)


def may_make(by: Actor, vacancy: Vacancy) -> bool:
    """May this person make tasks of the changes that a vacancy would need?"""
    return vacancy.archived_at is None and may(by, Action.TASKS_RECORD) and by.id is not None
