"""The relationships with employers as a board by stage and as a week: the same list, drawn otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.contacts import AccountDates, EmployerContact
from crm.models.employers import Employer, RelationshipStage
from crm.models.tasks import Task, TaskStatus
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services.access import ensure, scoped
from crm.services.employer_filters import EmployerFilter, EmployerSort, chosen_by, sort_keys

MOST_OF_A_DAY = 50
"""Entries of one week's list that are drawn; more are counted."""


@dataclass(frozen=True, slots=True)
class Card:
    """One employer as a board shows it."""

    id: int
    name: str
    owner: str | None
    last_contact_on: date | None
    next_step_on: date | None


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The employers of one stage: the first few, and how many there are in all."""

    stage: RelationshipStage
    cards: tuple[Card, ...]
    total: int


class Happening(StrEnum):
    """What a week's list tells of: what is due, and what was done."""

    DUE = "due"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """One thing of a week: a step that is due with an employer, or a contact that was held."""

    on: date
    kind: Happening
    id: int
    words: str
    employer_id: int
    employer: str
    who: str | None


def board(
    session: Session, wanted: EmployerFilter, *, cards: int, by: Actor, today: date
) -> list[BoardColumn]:
    """The employers that the filter lets through by stage: whose next step is due first at the top.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    by_step = replace(wanted, sort=EmployerSort.NEXT_STEP_FIRST)
    chosen = chosen_by(by_step, by=by, today=today)
    chosen = scoped(session, chosen, Employer, by=by, action=Action.EMPLOYERS_READ)
    stages = [stage for stage in RelationshipStage if not wanted.stage or stage == wanted.stage]
    totals = _totals(session, wanted, by=by, today=today)
    order = [key.ordered() for key in sort_keys(by_step)]
    found: list[BoardColumn] = []
    for stage in stages:
        query = chosen.where(col(Employer.stage) == stage).order_by(*order).limit(cards)
        ids: Sequence[int] = session.connection().execute(query).scalars().all() if stage in totals else ()
        found.append(BoardColumn(stage, tuple(_cards(session, ids)), totals.get(stage, 0)))
    return found


def _totals(session: Session, wanted: EmployerFilter, *, by: Actor, today: date) -> dict[str, int]:
    chosen = chosen_by(replace(wanted, sort=EmployerSort.NAME), by=by, today=today)
    chosen = scoped(session, chosen, Employer, by=by, action=Action.EMPLOYERS_READ)
    counted = chosen.with_only_columns(col(Employer.stage), sa.func.count()).group_by(col(Employer.stage))
    return {row[0]: row[1] for row in session.connection().execute(counted)}


def _cards(session: Session, ids: Sequence[int]) -> list[Card]:
    """The cards of these employers, in the order of the ids."""
    query = (
        sa.select(
            col(Employer.id),
            col(Employer.name),
            col(User.name),
            col(AccountDates.last_contact_on),
            col(AccountDates.next_step_on),
        )
        .join(AccountDates, col(AccountDates.employer_id) == col(Employer.id), isouter=True)
        .join(User, col(User.id) == col(Employer.owner_id), isouter=True)
        .where(col(Employer.id).in_(ids))
    )
    found = {row.id: Card(*row) for row in session.connection().execute(query)}
    return [found[key] for key in ids if key in found]


def week(
    session: Session, wanted: EmployerFilter, *, monday: date, by: Actor, today: date
) -> list[WeekEntry]:
    """What is due and what was done with these employers from this Monday to Sunday, day by day.

    In the week of today, what is overdue is told with today's.

    Raises:
        NotAllowedError: the person may not see employers, tasks and contacts.
    """
    ensure(session, by, Action.CONTACTS_READ)
    sunday = monday + timedelta(days=6)
    chosen = chosen_by(wanted, by=by, today=today)
    chosen = scoped(session, chosen, Employer, by=by, action=Action.EMPLOYERS_READ)
    ids = sa.select(chosen.subquery().c.id)
    first = date(1900, 1, 1) if monday <= today <= sunday else monday
    due = _entries(Task, Task.title, Task.due_on, Task.owner_id).where(
        col(Task.status) == TaskStatus.OPEN, col(Task.due_on).between(first, sunday)
    )
    due = scoped(session, due, Task, by=by, action=Action.TASKS_READ)
    held = _entries(EmployerContact, EmployerContact.kind, EmployerContact.held_on, EmployerContact.held_by)
    held = held.where(col(EmployerContact.held_on).between(monday, sunday))
    found: list[WeekEntry] = []
    for kind, query in ((Happening.DUE, due), (Happening.CONTACT, held)):
        page = query.where(col(Employer.id).in_(ids)).limit(MOST_OF_A_DAY * 7)
        for on, *rest in session.connection().execute(page):
            found.append(
                WeekEntry(max(on, today) if kind is Happening.DUE and on < monday else on, kind, *rest)
            )
    return sorted(found, key=lambda one: (one.on, one.kind is Happening.CONTACT, one.employer, one.id))


def _entries(table: Any, words: Any, on: Any, who: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(col(on), col(table.id), col(words), col(Employer.id), col(Employer.name), col(User.name))
        .join(Employer, col(Employer.id) == col(table.employer_id))
        .join(User, col(User.id) == col(who), isouter=True)
        .where(col(table.archived_at).is_(None))
        .order_by(col(on), col(table.id))
    )
