"""An employer's sites, people, agreements and whatever else stands beside the timeline, a line each."""

import phonenumbers

from crm.models.base import Known
from crm.models.employers import Employer, EmployerPerson, EmployerSite
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import NOT_SHOWN, may
from crm.services.agreements import AgreementRow
from crm.services.analyses import AnalysisRow
from crm.services.awareness import AwarenessRow
from crm.services.door_openers import DoorOpenerRow
from crm.services.vacancies import VacancyRow
from crm.ui.analysis_words import analysed_words
from crm.ui.neighbours import kept_within
from crm.ui.tables import Cell, Link, link
from crm.ui.task_about import Record, task_links
from crm.ui.unmet_needs import TITLE, UNMET
from crm.ui.words import count, day, say, today

_HERE = 44
Row = tuple[Cell, str]
"""A record beside the timeline: its name, and a few words about it."""


def offered(employer: Employer, user: Actor) -> list[Link]:
    """What this person can add to the employer or change about it."""
    key = employer.key
    wanted = (
        (Action.EMPLOYERS_RECORD, "Edit", "employer-edit", {"id": key}),
        (Action.EMPLOYERS_RECORD, "Move to another stage", "employer-move", {"id": key}),
        (Action.EMPLOYERS_RECORD, "Add a site", "site-edit", {"employer": key}),
        (Action.EMPLOYERS_RECORD, "Add a person", "person-edit", {"employer": key}),
        (Action.CONTACTS_RECORD, "Add an awareness session", "awareness-edit", {"employer": key}),
        (Action.CONTACTS_RECORD, "Add a door-opener", "door-opener", {"employer": key}),
        (Action.AGREEMENTS_RECORD, "Add an agreement", "agreement-edit", {"employer": key}),
        (Action.VACANCIES_RECORD, "Add a vacancy", "vacancy-edit", {"employer": key}),
        (Action.ANALYSES_RECORD, "Start a job analysis", "analysis-start", {"employer": key}),
        (Action.ANALYSES_RECORD, TITLE, "analysis-edit", {"employer": key, "work": UNMET}),
        (Action.CARVES_READ, "Task bank", "carve-bank", {"employer": key}),
        (Action.CARVES_RECORD, "Carve a job here", "carve", {"employer": key}),
    )
    kept = kept_within()
    added = [
        link(text, page, **ids, **kept) for action, text, page, ids in wanted if may(user, action, employer)
    ]
    return [*added, *task_links(Record(employer.name, "employer", key), user)]


def site_row(site: EmployerSite, user: Actor) -> Row:
    """A site: where it is, how to get there, and what is known of how easy it is to be there."""
    known = (("step-free", site.step_free), ("quiet space", site.quiet_space))
    known += (("accessible toilet", site.accessible_toilet),)
    access = [_yes_or_no(name, value) for name, value in known if value is not Known.UNKNOWN]
    where = (site.address, site.postcode, site.transport)
    archived = "archived" if site.archived_at else None
    return _named(site.label, "site-edit", site.key, user), _joined(*where, *access, archived)


def person_row(person: EmployerPerson, user: Actor) -> Row:
    """Somebody who works there: do they hire, how to reach them, have they left."""
    hires = "hires" if person.hires is Known.YES else None
    left = f"Left on {day(person.left_on)}" if person.left_on else None
    archived = "archived" if person.archived_at else None
    reach = (_phone(person.phone), person.email)
    named = _named(person.name, "person-edit", person.key, user)
    return named, _joined(left, archived, hires, person.job_title, *reach)


def worth_ringing(person: EmployerPerson) -> tuple[bool, bool, bool, str]:
    """By what people are sorted: those who hire first, then the others, those who have left, the archived."""
    has_left, is_archived = person.left_on is not None, person.archived_at is not None
    return is_archived, has_left, person.hires is not Known.YES, person.name


def door_opener_row(row: DoorOpenerRow, user: Actor) -> Row:
    """Somebody who would open the door: how they know the employer, when they said yes, and how."""
    opener = row.opener
    agreed = f"said yes on {day(opener.agreed_on)}: {opener.agreed_how}"
    named = _named(row.name or NOT_SHOWN, "door-opener", opener.key, user, Action.CONTACTS_RECORD)
    return named, _joined(opener.tie, agreed)


def _yes_or_no(name: str, value: Known) -> str:
    return name if value is Known.YES else f"no {name}" if name != "step-free" else "not step-free"


def _named(
    name: str, page: str, record_id: int, user: Actor, action: Action = Action.EMPLOYERS_RECORD
) -> Cell:
    return link(name, page, id=record_id, **kept_within()) if may(user, action) else name


def _joined(*words: str | None) -> str:
    return " · ".join(part for part in words if part)


def _phone(stored: str | None) -> str:
    """A stored number as one dials it here; one from abroad keeps its country. A mask stays as it is."""
    if not stored or not stored.startswith("+"):
        return stored or ""
    number = phonenumbers.parse(stored, "GB")
    here = phonenumbers.PhoneNumberFormat.NATIONAL
    abroad = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, here if number.country_code == _HERE else abroad)


def agreement_row(row: AgreementRow, employer_id: int) -> Row:
    """An agreement: where it stands, for how many days, until when, and who signed it if it is a group's."""
    ends = f"ends {day(row.ends_on)}" if row.ends_on else "no end date"
    stage = f"{say(row.stage).lower()} for {count(row.days_in_stage, 'day')}"
    signer = None if row.employer_id == employer_id else f"signed by {row.employer}"
    return link(say(row.kind), "agreement", id=row.id), _joined(stage, ends, signer)


def vacancy_row(row: VacancyRow) -> Row:
    """A vacancy: how far it has come, when it closes."""
    closes = f"closes {day(row.closes_on)}" if row.closes_on else None
    return link(row.title, "vacancy", id=row.id), _joined(say(row.status).lower(), closes)


def analysis_row(row: AnalysisRow) -> Row:
    """A job analysis: where and when, how many tasks."""
    named = link(row.title, "analysis", id=row.id)
    return named, _joined(row.site, analysed_words(row.analysed_on, today()), count(row.tasks, "task"))


def awareness_row(row: AwarenessRow, user: Actor) -> Row:
    """A disability-awareness session: when, where, who gave it, how many came."""
    given = row.session
    came = count(given.came, "person came", "people came") if given.came else None
    archived = "archived" if given.archived_at else None
    named = _named(day(given.held_on), "awareness-edit", given.key, user, Action.CONTACTS_RECORD)
    return named, _joined(row.site, row.given_by, came, archived)
