"""Contacts with employers and tasks, made through the services that staff use."""

from datetime import date

from sqlmodel import Session

from crm.models.contacts import ContactInput, EmployerContact
from crm.models.employers import Employer
from crm.models.tasks import Task, TaskInput
from crm.models.users import SYSTEM, Actor
from crm.services import contacts, tasks
from tests.makers_employers import TODAY


def make_contact(
    session: Session, employer: Employer, *, by: Actor = SYSTEM, today: date = TODAY, **facts: object
) -> EmployerContact:
    """A call of today with this employer, or a contact with these facts."""
    usual = {"kind": "call", "held_on": today, "summary": "They may need somebody in spring."}
    new = ContactInput.model_validate(usual | facts)
    return contacts.log(session, employer.key, new, by=by, today=today)


def make_task(session: Session, title: str = "Ring again", *, by: Actor = SYSTEM, **facts: object) -> Task:
    """A task with these facts."""
    return tasks.add(session, TaskInput.model_validate({"title": title, **facts}), by=by)
