"""A contact logged in one go: itself, the next step, a promised vacancy, the stage; and all of it undone."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.base import Record
from crm.models.contacts import EmployerContact, NewContact, NextStep
from crm.models.employers import Employer, EmployerPerson, EmployerPersonInput, RelationshipStage, StageMove
from crm.models.tasks import Task, TaskInput
from crm.models.users import Actor
from crm.models.vacancies import Vacancy, VacancyInput, VacancyKind, VacancyStatus
from crm.policy import Action
from crm.services import contacts, employer_stages, employers, tasks, vacancies
from crm.services.access import ensure
from crm.services.belonging import live_employer
from crm.services.employer_parts import PEOPLE

R = TypeVar("R", bound=Record)

UNDONE = "Undone right after it was logged."
RING_DAYS = 14
"""“Ring in 2 weeks”, counted from the day of logging."""

_TITLES = {NextStep.RING: "Ring again", NextStep.VISIT: "Visit", NextStep.DAY: "Get in touch again"}


@dataclass(frozen=True, slots=True)
class Logged:
    """What one logging has stored, so that it can be told and undone; `left`: the stage that was left."""

    employer_id: int
    contact_id: int
    is_ips: bool
    task_id: int | None = None
    next_step: str | None = None
    next_step_on: date | None = None
    vacancy_id: int | None = None
    lead: str | None = None
    person_id: int | None = None
    left: RelationshipStage | None = None
    moved_to: RelationshipStage | None = None


def due_on(new: NewContact, *, today: date) -> date | None:
    """The day of the next step, None when there is none; a month is the same day of the next one."""
    if new.next_step is NextStep.RING:
        return today + timedelta(days=RING_DAYS)
    if new.next_step is NextStep.VISIT:
        year, month = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)
        return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    return new.next_step_on if new.next_step is NextStep.DAY else None


def log(session: Session, employer_id: int, new: NewContact, *, by: Actor, today: date) -> Logged:
    """Log a contact with all that follows from it.

    Raises:
        NotAllowedError: the person may not record contacts, or not what follows from this one.
        NotFoundError: there is no such employer, or it is archived.
        RuleBrokenError: it is dated in the future, names somebody who is not there, or the next step lacks
            its day or the reason why there is none.
    """
    ensure(session, by, Action.CONTACTS_RECORD)
    employer = live_employer(session, employer_id)
    _ensure_next_step(new, today)
    person = _new_person(session, employer_id, new, by=by)
    named = new.as_contact()
    if person is not None:
        named.person_ids = (*named.person_ids, person.key)
    contact = contacts.log(session, employer_id, named, by=by, today=today)
    task = _next_step(session, contact, new, by=by, today=today)
    vacancy = _lead(session, employer_id, new, by=by)
    left, moved_to = _move(session, employer, by=by, today=today) if new.moves_stage else (None, None)
    return Logged(
        employer_id,
        contact.key,
        is_ips=contact.is_in_person and contact.with_hiring_manager,
        task_id=_id(task),
        next_step=task.title if task else None,
        next_step_on=task.due_on if task else None,
        vacancy_id=_id(vacancy),
        lead=vacancy.title if vacancy else None,
        person_id=_id(person),
        left=left,
        moved_to=moved_to,
    )


def undo(session: Session, logged: Logged, *, by: Actor, today: date) -> None:
    """Put aside what one logging has stored, and move the stage back where nobody has moved it since.

    Raises:
        NotAllowedError: the person may not, or the contact has been put aside already.
    """
    ensure(session, by, Action.CONTACTS_RECORD)
    named: dict[str, Any] = {"why": UNDONE, "by": by}
    contact = session.get_one(EmployerContact, logged.contact_id)
    contacts.archive(session, contact.key, version=contact.version, **named)
    if (task := _still(session, Task, logged.task_id)) is not None:
        tasks.archive(session, task.key, version=task.version, **named)
    if (vacancy := _still(session, Vacancy, logged.vacancy_id)) is not None:
        vacancies.archive(session, vacancy.key, version=vacancy.version, **named)
    if (person := _still(session, EmployerPerson, logged.person_id)) is not None:
        PEOPLE.archive(session, person.key, version=person.version, **named)
    _move_back(session, logged, by=by, today=today)


def _ensure_next_step(new: NewContact, today: date) -> None:
    if new.next_step is NextStep.DAY and new.next_step_on is None:
        raise RuleBrokenError("Say on which day, or choose another next step.", field="next_step_on")
    if new.next_step is NextStep.DAY and new.next_step_on and new.next_step_on < today:
        raise RuleBrokenError("The next step lies in the past. Choose a day to come.", field="next_step_on")
    if new.next_step is NextStep.NONE and not new.no_next_step_why:
        raise RuleBrokenError(
            "Say in a few words why nothing comes next, so that nobody waits for it.",
            field="no_next_step_why",
        )
    if not new.lead_title and (new.lead_hours is not None or new.lead_closes_on is not None):
        raise RuleBrokenError("Say which job was promised.", field="lead_title")


def _new_person(session: Session, employer_id: int, new: NewContact, *, by: Actor) -> EmployerPerson | None:
    if not new.new_person:
        return None
    return PEOPLE.add(session, employer_id, EmployerPersonInput(name=new.new_person[:200]), by=by)


def _next_step(
    session: Session, contact: EmployerContact, new: NewContact, *, by: Actor, today: date
) -> Task | None:
    day = due_on(new, today=today)
    if day is None:
        return None
    title = (new.next_step_title or _TITLES[new.next_step])[:200]
    wanted = TaskInput(title=title, due_on=day, employer_id=contact.employer_id)
    return tasks.add(session, wanted, by=by, contact_id=contact.key)


def _lead(session: Session, employer_id: int, new: NewContact, *, by: Actor) -> Vacancy | None:
    if not new.lead_title:
        return None
    lead = VacancyInput(
        title=new.lead_title[:200],
        kind=VacancyKind.HIDDEN,
        status=VacancyStatus.LEAD,
        hours_min=new.lead_hours,
        hours_max=new.lead_hours,
        closes_on=new.lead_closes_on,
    )
    return vacancies.add(session, employer_id, lead, by=by)


def _move(
    session: Session, employer: Employer, *, by: Actor, today: date
) -> tuple[RelationshipStage | None, RelationshipStage | None]:
    """From which stage to which the relationship has moved, if another one follows by now."""
    made = employer_stages.visits(session, employer.key, by=by)
    left, following = employer.stage, employer_stages.next_stage(employer.stage, visits=made)
    if following is None:
        return None, None
    wanted = StageMove(to_stage=following, moved_on=today, why="Moved when a contact was logged.")
    employers.move_stage(session, employer.key, wanted, version=employer.version, by=by, today=today)
    return left, following


def _move_back(session: Session, logged: Logged, *, by: Actor, today: date) -> None:
    if logged.left is None:
        return
    employer = session.get_one(Employer, logged.employer_id)
    latest = employer_stages.history(session, employer.key, by=by)[0]
    if latest.from_stage is logged.left and latest.to_stage is employer.stage:
        back = StageMove(to_stage=logged.left, moved_on=today, why=UNDONE)
        employers.move_stage(session, employer.key, back, version=employer.version, by=by, today=today)


def _still(session: Session, table: type[R], record_id: int | None) -> R | None:
    """The record if it was stored and nobody has put it aside since."""
    row = session.get(table, record_id) if record_id is not None else None
    return row if row is not None and row.archived_at is None else None


def _id(row: Record | None) -> int | None:
    return row.key if row is not None else None
