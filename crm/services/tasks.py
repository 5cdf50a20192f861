"""Tasks and next steps: given, changed, done, dropped, taken up again."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.tasks import Task, TaskInput, TaskStatus
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import account_dates, archiving, contacts, records, staff
from crm.services.access import ensure
from crm.services.archiving import Kind

CALLED = "task"
KIND = Kind(CALLED, Action.TASKS_RECORD)


def find(session: Session, task_id: int, *, by: Actor) -> Task:
    """One task.

    Raises:
        NotAllowedError: the person may not see tasks.
        NotFoundError: there is none with this id.
    """
    row = records.fetch(session, Task, task_id, called=CALLED)
    ensure(session, by, Action.TASKS_READ, row)
    return row


def add(session: Session, new: TaskInput, *, by: Actor, contact_id: int | None = None) -> Task:
    """Give somebody a task, oneself if nobody is named; `contact_id`: the contact that it follows from.

    Raises:
        NotAllowedError: the person may not record tasks, or not see what it is about.
        NotFoundError: what it is about is not there.
        RuleBrokenError: the owner is not a colleague, or it is about two things at once.
    """
    ensure(session, by, Action.TASKS_RECORD)
    values = _placed(session, new, by=by)
    values["owner_id"] = new.owner_id or by.id
    row = Task(**values, contact_id=contact_id)
    records.add(session, row)
    _refresh(session, row.employer_id)
    return row


def change(session: Session, task_id: int, edit: TaskInput, *, version: int, by: Actor) -> Task:
    """Change a task, or give it to somebody else.

    Raises:
        NotAllowedError: the person may not record tasks.
        NotFoundError: there is none with this id, or what it is about is not there.
        RuleBrokenError: the owner is not a colleague, or it is about two things at once.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, Task, task_id, called=CALLED)
    ensure(session, by, Action.TASKS_RECORD, row)
    before = row.employer_id
    saved = records.change(session, row, _placed(session, edit, by=by), version=version)
    _refresh(session, before)
    _refresh(session, saved.employer_id)
    return saved


def settle(
    session: Session,
    task_id: int,
    status: TaskStatus,
    *,
    version: int,
    by: Actor,
    today: date,
    how: str | None = None,
) -> Task:
    """Say that a task is done, is not needed any more, or is open again.

    Raises:
        NotAllowedError: the person may not record tasks.
        NotFoundError: there is none with this id.
        RuleBrokenError: it is dropped without saying why.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = records.fetch_to_change(session, Task, task_id, called=CALLED)
    ensure(session, by, Action.TASKS_RECORD, row)
    if status is TaskStatus.DROPPED and not (how or "").strip():
        raise RuleBrokenError("Say in a few words why it is not needed any more.", field="settled_how")
    is_open = status is TaskStatus.OPEN
    values = {
        "status": status,
        "settled_on": None if is_open else today,
        "settled_by": None if is_open else by.id,
        "settled_how": None if is_open else how,
    }
    saved = records.change(session, row, values, version=version)
    _refresh(session, saved.employer_id)
    return saved


def archive(session: Session, task_id: int, *, why: str, version: int, by: Actor) -> Task:
    """Put a task aside that should never have been given; what was done or is not needed is settled instead.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = archiving.put_aside(session, Task, task_id, KIND, why=why, version=version, by=by)
    _refresh(session, row.employer_id)
    return row


def next_of(session: Session, employer_id: int, *, limit: int, by: Actor) -> list[Task]:
    """The open tasks about an employer, the one that is due first at the top, those without a day last.

    Raises:
        NotAllowedError: the person may not see tasks.
    """
    ensure(session, by, Action.TASKS_READ)
    query = select(Task).where(
        Task.employer_id == employer_id, Task.status == TaskStatus.OPEN, col(Task.archived_at).is_(None)
    )
    due = col(Task.due_on)
    return list(session.exec(query.order_by(due.is_(None), due, col(Task.id)).limit(limit)))


def _refresh(session: Session, employer_id: int | None) -> None:
    if employer_id is not None:
        contacts.hold(session, employer_id)
        account_dates.refresh(session, [employer_id])


def _placed(session: Session, typed: TaskInput, *, by: Actor) -> dict[str, Any]:
    """What is stored: with the employer of the agreement or vacancy that it is about."""
    staff.ensure_colleague(session, typed.owner_id, field="owner_id")
    named = [one for one in (typed.agreement_id, typed.vacancy_id, typed.seeker_id) if one is not None]
    if len(named) > 1:
        raise RuleBrokenError("A task is about one record. Make a second task for the other.", field="title")
    values = typed.model_dump()
    whole = _employer_of(session, typed, by=by)
    if whole is not None:
        values["employer_id"] = whole
    return values


def _employer_of(session: Session, typed: TaskInput, *, by: Actor) -> int | None:
    if typed.seeker_id is not None:
        seeker = records.fetch(session, JobSeeker, typed.seeker_id, called="person")
        ensure(session, by, Action.SEEKERS_READ, seeker)
    if typed.agreement_id is not None:
        agreement = records.fetch(session, Agreement, typed.agreement_id, called="agreement")
        ensure(session, by, Action.AGREEMENTS_READ, agreement)
        return agreement.employer_id
    if typed.vacancy_id is not None:
        vacancy = records.fetch(session, Vacancy, typed.vacancy_id, called="vacancy")
        ensure(session, by, Action.VACANCIES_READ, vacancy)
        return vacancy.employer_id
    if typed.employer_id is not None:
        employer = records.fetch(session, Employer, typed.employer_id, called="employer")
        ensure(session, by, Action.EMPLOYERS_READ, employer)
    return typed.employer_id
