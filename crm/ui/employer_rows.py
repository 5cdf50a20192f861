"""An employer's sites, people, agreements, vacancies and analyses as rows of its record page."""

import phonenumbers

from crm.models.employers import Employer, EmployerPerson, EmployerSite
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import may
from crm.services.agreements import AgreementRow
from crm.services.analyses import AnalysisRow
from crm.services.vacancies import VacancyRow
from crm.ui.tables import Cell, Link, link
from crm.ui.task_about import Record, task_links
from crm.ui.words import day, say

_HERE = 44
SITE_COLUMNS = ["Site", "Address", "Postcode", "Step-free", "Quiet space", "Accessible toilet", "Transport"]
PERSON_COLUMNS = ["Name", "Job title", "Telephone", "E-mail", "Hires", "Note"]
AGREEMENT_COLUMNS = ["Agreement", "Stage", "Days in stage", "Ends", "Owner"]
VACANCY_COLUMNS = ["Vacancy", "Status", "Kind", "Closes"]
ANALYSIS_COLUMNS = ["Job analysis", "Site", "Analysed on", "Tasks"]


def offered(employer: Employer, user: Actor) -> list[Link]:
    """What this person can add to the employer or change about it."""
    key = employer.key
    wanted = (
        (Action.EMPLOYERS_RECORD, "Edit", "employer-edit", {"id": key}),
        (Action.EMPLOYERS_RECORD, "Add a site", "site-edit", {"employer": key}),
        (Action.EMPLOYERS_RECORD, "Add a person", "person-edit", {"employer": key}),
        (Action.AGREEMENTS_RECORD, "Add an agreement", "agreement-edit", {"employer": key}),
        (Action.VACANCIES_RECORD, "Add a vacancy", "vacancy-edit", {"employer": key}),
        (Action.ANALYSES_RECORD, "Add a job analysis", "analysis-edit", {"employer": key}),
    )
    added = [link(text, page, **ids) for action, text, page, ids in wanted if may(user, action, employer)]
    return [*added, *task_links(Record(employer.name, "employer", key), user)]


def site_row(site: EmployerSite, user: Actor) -> list[Cell]:
    """A site: how to get there, and how easy it is to be there."""
    name = link(site.label, "site-edit", id=site.key) if may(user, Action.EMPLOYERS_RECORD) else site.label
    access = [say(site.step_free), say(site.quiet_space), say(site.accessible_toilet)]
    note = "Archived" if site.archived_at else site.transport or ""
    return [name, site.address or "", site.postcode or "", *access, note]


def person_row(person: EmployerPerson, user: Actor) -> list[Cell]:
    """Somebody who works there: how to reach them, do they hire, have they left."""
    may_record = may(user, Action.EMPLOYERS_RECORD)
    name = link(person.name, "person-edit", id=person.key) if may_record else person.name
    note = f"Left on {day(person.left_on)}" if person.left_on else ""
    note = "Archived" if person.archived_at else note
    return [name, person.job_title or "", _phone(person.phone), person.email or "", say(person.hires), note]


def _phone(stored: str | None) -> str:
    """A stored number as one dials it here; one from abroad keeps its country. A mask stays as it is."""
    if not stored or not stored.startswith("+"):
        return stored or ""
    number = phonenumbers.parse(stored, "GB")
    here = phonenumbers.PhoneNumberFormat.NATIONAL
    abroad = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, here if number.country_code == _HERE else abroad)


def agreement_row(row: AgreementRow) -> list[Cell]:
    """An agreement: where it stands, and for how many days."""
    named = link(say(row.kind), "agreement", id=row.id)
    ends = day(row.ends_on) if row.ends_on else "No end date"
    return [named, say(row.stage), row.days_in_stage, ends, row.owner or "Nobody yet"]


def vacancy_row(row: VacancyRow) -> list[Cell]:
    """A vacancy: how far it has come."""
    closes = day(row.closes_on) if row.closes_on else ""
    return [link(row.title, "vacancy", id=row.id), say(row.status), say(row.kind), closes]


def analysis_row(row: AnalysisRow) -> list[Cell]:
    """A job analysis: where and when."""
    return [link(row.title, "analysis", id=row.id), row.site or "", day(row.analysed_on), row.tasks]
