"""The one record that a task, or a list of tasks, is about, as the address of a page names it."""

from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from crm.models.tasks import Task
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreements, employers, seekers, vacancies
from crm.services.access import may
from crm.services.task_list import About
from crm.ui.address import optional_id
from crm.ui.tables import Link, link
from crm.ui.words import say

_PAGES = ("agreement", "vacancy", "seeker", "employer")
"""The nearest first: a task about an agreement is one of its employer's too."""


@dataclass(frozen=True, slots=True)
class Record:
    """What it is called, its page and its id."""

    name: str
    page: str
    key: int

    @property
    def about(self) -> About:
        """The record as a filter of tasks."""
        ids: dict[str, Any] = {f"{self.page}_id": self.key}
        return replace(About(), **ids)

    @property
    def parameters(self) -> dict[str, str | int]:
        """How the address of a page names it."""
        return {self.page: self.key}


def record_of_address(session: Session, user: Actor) -> Record | None:
    """The record that the address names, if any.

    Raises:
        NotAllowedError: the person may not see it.
        NotFoundError: it is not there.
    """
    for page in _PAGES:
        key = optional_id(page)
        if key is not None:
            return Record(_name_of(session, page, key, user), page, key)
    return None


def record_of_task(session: Session, task: Task, user: Actor) -> Record | None:
    """The record that a task is about, if any.

    Raises:
        NotAllowedError: the person may not see it.
    """
    for page in _PAGES:
        key = getattr(task, f"{page}_id")
        if key is not None:
            return Record(_name_of(session, page, key, user), page, key)
    return None


def task_links(record: Record, user: Actor) -> list[Link]:
    """The tasks of a record, and a new one, for whoever may have them."""
    found = [link("Tasks", "tasks", **record.parameters)] if may(user, Action.TASKS_READ) else []
    if may(user, Action.TASKS_RECORD):
        found.append(link("Add a task", "task-change", **record.parameters))
    return found


def _name_of(session: Session, page: str, key: int, user: Actor) -> str:
    if page == "seeker":
        return seekers.find(session, key, by=user).preferred_name
    if page == "vacancy":
        return vacancies.find(session, key, by=user).title
    if page == "agreement":
        agreement = agreements.find(session, key, by=user)
        return f"{say(agreement.kind)}, {employers.find(session, agreement.employer_id, by=user).name}"
    return employers.find(session, key, by=user).name
