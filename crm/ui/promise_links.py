"""Where one can go from the page of a promise, and the yes that it rests on."""

from collections.abc import Sequence
from datetime import date

from crm.models.agreement_choices import Standing, UseResult
from crm.models.agreement_uses import AgreementUse
from crm.models.consents import Consent
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.tasks import Task, TaskStatus
from crm.services.consents import State, state_of
from crm.ui.consent_parts import state_words
from crm.ui.tables import Cell, Link, link
from crm.ui.words import day, say


def offered(
    use: AgreementUse,
    seeker: JobSeeker,
    employer: Employer,
    after: AgreementUse | None,
    *,
    may_record: bool,
) -> list[Link]:
    """What can be done with it, and every record that it is about."""
    found: list[Link] = []
    if may_record and use.standing is Standing.REFERRED:
        found.append(link("Say what happened", "promise-outcome", id=use.key))
        if use.result is UseResult.OFFERED:
            found.append(link("Record the job", "placement-edit", use=use.key))
    found.append(link(seeker.preferred_name, "seeker", id=seeker.key))
    found.append(link(employer.name, "employer", id=employer.key))
    found.append(link("The agreement", "agreement", id=use.agreement_id))
    if use.vacancy_id is not None:
        found.append(link("The vacancy", "vacancy", id=use.vacancy_id))
    if use.after_use_id is not None:
        found.append(link("The training before it", "promise", id=use.after_use_id))
    if after is not None:
        found.append(link("The interview after it", "promise", id=after.key))
    return [*found, link("History", "history", of="promise", id=use.key)]


def to_settle(tasks: Sequence[Task]) -> list[Link]:
    """The tasks that came of it, each with how it stands."""
    return [link(_task_words(one), "task", id=one.key) for one in tasks]


def _task_words(task: Task) -> str:
    return task.title if task.status is TaskStatus.OPEN else f"{task.title} ({say(task.status).lower()})"


def rests_on(yes: Consent | None, today: date) -> Cell:
    """The person's yes, linked, and whether it still stands."""
    if yes is None:
        return "No consent is recorded with it"
    state = state_of(yes, today)
    stands = "" if state is State.IN_FORCE else f" ({state_words(yes, state).lower()})"
    return link(f"Their yes of {day(yes.given_on)}{stands}", "consent", id=yes.key)
