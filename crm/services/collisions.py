"""Who else is at an employer: what to know before one gets in touch, so that no two colleagues collide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.contacts import EmployerContact
from crm.models.employers import Employer
from crm.models.tasks import Task, TaskInput, TaskStatus
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import contacts, tasks
from crm.services.access import ensure
from crm.services.belonging import live_employer

RECENT_DAYS = 14
"""Contacts of so many days back and next steps of so many days ahead are told."""

_OWNER, _SECOND, _SINGLE = aliased(User), aliased(User), aliased(User)
_SHOWN = 5
_WORDS = 120


@dataclass(frozen=True, slots=True)
class Spoke:
    """A contact that a colleague has had lately: who, when, about what."""

    contact_id: int
    who: str
    held_on: date
    kind: str
    purpose: str
    words: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What a colleague means to do there soon."""

    who: str
    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Collisions:
    """What somebody should know before getting in touch with an employer."""

    employer_id: int
    owner_id: int | None
    owner: str | None
    second_owner_id: int | None
    second_owner: str | None
    single_contact: str | None
    quiet_until: date | None
    quiet_why: str | None
    spoke: list[Spoke] = field(default_factory=list[Spoke])
    planned: list[Planned] = field(default_factory=list[Planned])


def of(session: Session, employer_id: int, *, by: Actor, today: date) -> Collisions:
    """What to know before getting in touch: who else did or means to, quiet days, whom to go through.

    A single point of contact is only told to others, quiet days until they are over.

    Raises:
        NotAllowedError: the person may not see employers, contacts or tasks.
        NotFoundError: there is no such employer.
    """
    for action in (Action.EMPLOYERS_READ, Action.CONTACTS_READ, Action.TASKS_READ):
        ensure(session, by, action)
    query = (
        sa.select(
            col(Employer.owner_id),
            col(_OWNER.name),
            col(Employer.second_owner_id),
            col(_SECOND.name),
            sa.case((col(Employer.single_contact_id) == by.id, None), else_=col(_SINGLE.name)),
            sa.case((col(Employer.quiet_until) >= today, col(Employer.quiet_until))),
            col(Employer.quiet_why),
        )
        .outerjoin(_OWNER, col(_OWNER.id) == col(Employer.owner_id))
        .outerjoin(_SECOND, col(_SECOND.id) == col(Employer.second_owner_id))
        .outerjoin(_SINGLE, col(_SINGLE.id) == col(Employer.single_contact_id))
        .where(col(Employer.id) == employer_id)
    )
    facts = session.connection().execute(query).first()
    if facts is None:
        raise NotFoundError("This employer was not found. Go back to the list and search for it by name.")
    return Collisions(
        employer_id,
        *facts,
        spoke=_spoke(session, employer_id, by=by, today=today),
        planned=_planned(session, employer_id, by=by, today=today),
    )


def ask_to_join(session: Session, employer_id: int, *, by: Actor) -> Task:
    """Leave the account owner a task that says who would like to work with this employer too; asked once.

    Raises:
        NotAllowedError: the person may not record tasks.
        NotFoundError: there is no such employer, or it is archived.
        RuleBrokenError: the employer has no owner, or the person is the owner.
    """
    ensure(session, by, Action.TASKS_RECORD)
    employer = live_employer(session, employer_id)
    contacts.hold(session, employer_id)
    if employer.owner_id is None:
        raise RuleBrokenError("Nobody owns this employer yet, so there is nobody to ask.")
    if by.id in (employer.owner_id, employer.second_owner_id):
        raise RuleBrokenError("You look after this employer yourself: there is nobody to ask.")
    wanted = TaskInput(
        title=f"{by.name[:150]} asks to join you here: talk it over before the next contact",
        owner_id=employer.owner_id,
        employer_id=employer_id,
    )
    return _asked_before(session, wanted, by) or tasks.add(session, wanted, by=by)


def _asked_before(session: Session, wanted: TaskInput, by: Actor) -> Task | None:
    query = select(Task).where(
        Task.employer_id == wanted.employer_id,
        Task.owner_id == wanted.owner_id,
        Task.title == wanted.title,
        Task.created_by == by.id,
        Task.status == TaskStatus.OPEN,
        col(Task.archived_at).is_(None),
    )
    return session.exec(query.limit(1)).first()


def _spoke(session: Session, employer_id: int, *, by: Actor, today: date) -> list[Spoke]:
    query = (
        sa.select(
            col(EmployerContact.id),
            col(User.name),
            col(EmployerContact.held_on),
            col(EmployerContact.kind),
            col(EmployerContact.purpose),
            sa.func.substr(col(EmployerContact.summary), 1, _WORDS + 1),
        )
        .join(User, col(User.id) == col(EmployerContact.held_by))
        .where(
            col(EmployerContact.employer_id) == employer_id,
            col(EmployerContact.held_on).between(today - timedelta(days=RECENT_DAYS), today),
            col(EmployerContact.held_by).is_distinct_from(by.id),
            col(EmployerContact.archived_at).is_(None),
        )
        .order_by(col(EmployerContact.held_on).desc(), col(EmployerContact.id).desc())
        .limit(_SHOWN)
    )
    found: Sequence[Any] = session.connection().execute(query).all()
    return [Spoke(*row[:-1], words=_first_words(row[-1])) for row in found]


def _planned(session: Session, employer_id: int, *, by: Actor, today: date) -> list[Planned]:
    query = (
        sa.select(col(User.name), col(Task.title), col(Task.due_on))
        .join(User, col(User.id) == col(Task.owner_id))
        .where(
            col(Task.employer_id) == employer_id,
            col(Task.status) == TaskStatus.OPEN,
            col(Task.due_on) <= today + timedelta(days=RECENT_DAYS),
            col(Task.owner_id).is_distinct_from(by.id),
            col(Task.archived_at).is_(None),
        )
        .order_by(col(Task.due_on), col(Task.id))
        .limit(_SHOWN)
    )
    found: Sequence[Any] = session.connection().execute(query).all()
    return [Planned(*row) for row in found]


def _first_words(summary: str) -> str:
    """The beginning of what was said, in one line, cut between two words."""
    line = " ".join(summary.split())
    return line if len(line) <= _WORDS else f"{line[:_WORDS].rsplit(' ', 1)[0]} …"
