"""What is done to tasks from their list, several at once: done, dropped, put off, given away, and undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.tasks import Task, TaskStatus
from crm.models.users import Actor
from crm.policy import Action
from crm.services import account_dates, contacts, records, staff
from crm.services.access import ensure
from crm.services.tasks import CALLED


@dataclass(frozen=True, slots=True)
class Chosen:
    """A task as it was drawn: its id, and the version that one saw."""

    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Before:
    """What a task was before it was moved, and the version that it has since: enough to undo the move."""

    id: int
    version: int
    status: TaskStatus
    due_on: date | None
    owner_id: int | None
    settled_on: date | None
    settled_by: int | None
    settled_how: str | None


def finish(session: Session, chosen: Sequence[Chosen], *, by: Actor, today: date) -> list[Before]:
    """Say that tasks are done; those that were not open stay as they are.

    Raises:
        NotAllowedError: the person may not record tasks.
        NotFoundError: one of them is not there.
        StaleFormError: somebody saved one of them after the list was drawn; none is changed.
    """
    return _settle(session, chosen, TaskStatus.DONE, None, by=by, today=today)


def drop(session: Session, chosen: Sequence[Chosen], *, why: str, by: Actor, today: date) -> list[Before]:
    """Say that tasks are not needed any more, and why.

    Raises:
        NotAllowedError: the person may not record tasks.
        NotFoundError: one of them is not there.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved one of them after the list was drawn; none is changed.
    """
    if not why.strip():
        raise RuleBrokenError("Say in a few words why it is not needed any more.", field="settled_how")
    if len(why) > 300:
        raise RuleBrokenError("The reason can be 300 characters long at most.", field="settled_how")
    return _settle(session, chosen, TaskStatus.DROPPED, why.strip(), by=by, today=today)


def reopen(session: Session, chosen: Sequence[Chosen], *, by: Actor, today: date) -> list[Before]:
    """Take tasks up again that were done or dropped.

    Raises:
        NotAllowedError: the person may not record tasks.
        NotFoundError: one of them is not there.
        StaleFormError: somebody saved one of them after the list was drawn; none is changed.
    """
    return _settle(session, chosen, TaskStatus.OPEN, None, by=by, today=today)


def put_off(session: Session, chosen: Sequence[Chosen], *, to: date, by: Actor, today: date) -> list[Before]:
    """Let tasks be due on another day, today at the earliest.

    Raises:
        NotAllowedError: the person may not record tasks.
        NotFoundError: one of them is not there.
        RuleBrokenError: the day is past.
        StaleFormError: somebody saved one of them after the list was drawn; none is changed.
    """
    if not today <= to <= date(2100, 12, 31):
        raise RuleBrokenError("Choose today or a later day.", field="due_on")
    return _change(session, chosen, lambda _row: {"due_on": to}, by=by)


def give(session: Session, chosen: Sequence[Chosen], *, owner_id: int, by: Actor) -> list[Before]:
    """Give tasks to a colleague, or take them oneself.

    Raises:
        NotAllowedError: the person may not record tasks.
        NotFoundError: one of them is not there.
        RuleBrokenError: the new owner is not a colleague who can be given work.
        StaleFormError: somebody saved one of them after the list was drawn; none is changed.
    """
    ensure(session, by, Action.TASKS_RECORD)
    staff.ensure_colleague(session, owner_id, field="owner_id")
    return _change(session, chosen, lambda _row: {"owner_id": owner_id}, by=by)


def undo(session: Session, before: Sequence[Before], *, by: Actor) -> None:
    """Make tasks what they were before a move.

    Raises:
        NotAllowedError: the person may not record tasks.
        StaleFormError: somebody saved one of them since the move; none is changed.
    """
    kept = {one.id: one for one in before}
    chosen = [Chosen(one.id, one.version) for one in before]
    _change(session, chosen, lambda row: _values(kept[row.key]), by=by)


def _settle(
    session: Session,
    chosen: Sequence[Chosen],
    status: TaskStatus,
    how: str | None,
    *,
    by: Actor,
    today: date,
) -> list[Before]:
    is_open = status is TaskStatus.OPEN
    settled = {
        "status": status,
        "settled_on": None if is_open else today,
        "settled_by": None if is_open else by.id,
        "settled_how": how,
    }
    return _change(session, chosen, lambda row: {} if row.status is status else settled, by=by)


def _change(
    session: Session, chosen: Sequence[Chosen], values: Callable[[Task], dict[str, Any]], *, by: Actor
) -> list[Before]:
    """Change each of the tasks, in the order of their ids so that two savers do not wait for each other."""
    ensure(session, by, Action.TASKS_RECORD)
    before: list[Before] = []
    employers: set[int] = set()
    for one in sorted(chosen, key=lambda chosen: chosen.id):
        row = records.fetch_to_change(session, Task, one.id, called=CALLED)
        ensure(session, by, Action.TASKS_RECORD, row)
        was = {name: getattr(row, name) for name in _RESTORED}
        saved = records.change(session, row, values(row), version=one.version)
        before.append(Before(saved.key, saved.version, **was))
        if saved.employer_id is not None:
            employers.add(saved.employer_id)
    for employer_id in sorted(employers):
        contacts.hold(session, employer_id)
    account_dates.refresh(session, sorted(employers))
    return before


_RESTORED = ("status", "due_on", "owner_id", "settled_on", "settled_by", "settled_how")


def _values(before: Before) -> dict[str, Any]:
    return {name: getattr(before, name) for name in _RESTORED}
