"""What stands at the top of an employer's page: who looks after it, when they last spoke, what comes next."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from crm.models.contacts import AccountDates
from crm.models.employers import Employer
from crm.models.tasks import Task
from crm.models.users import Actor
from crm.policy import Action
from crm.services import employers, staff, tasks
from crm.services.access import ensure, may


@dataclass(frozen=True, slots=True)
class NextStep:
    """The open task of an employer that is due first."""

    title: str
    due_on: date | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """An employer with the names of its owners, its last contact and its next step."""

    employer: Employer
    owner: str | None
    second_owner: str | None
    last_contact_on: date | None
    last_contact_by: str | None
    next_step: NextStep | None


def find(session: Session, employer_id: int, *, by: Actor) -> Account:
    """One employer as its page begins, archived ones too.

    Raises:
        NotAllowedError: the person may not see employers.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    employer = employers.find(session, employer_id, by=by)
    dates = session.get(AccountDates, employer_id) or AccountDates(employer_id=employer_id)
    step = _next_step(session, employer_id, by=by)
    meant = (employer.owner_id, employer.second_owner_id, dates.last_contact_by, step and step.owner_id)
    names = staff.names_of(session, {key for key in meant if key is not None}, by=by)
    return Account(
        employer,
        names.get(employer.owner_id or 0),
        names.get(employer.second_owner_id or 0),
        dates.last_contact_on,
        names.get(dates.last_contact_by or 0),
        NextStep(step.title, step.due_on, names.get(step.owner_id or 0)) if step else None,
    )


def _next_step(session: Session, employer_id: int, *, by: Actor) -> Task | None:
    if not may(by, Action.TASKS_READ):
        return None
    return next(iter(tasks.next_of(session, employer_id, limit=1, by=by)), None)
