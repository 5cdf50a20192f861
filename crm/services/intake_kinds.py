"""The kinds of list that come in row by row: what each makes, and which records are the same."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from sqlmodel import Session

from crm.models.base import Record, folded
from crm.models.contacts import ContactInput, ContactKind, EmployerContact
from crm.models.employers import EmployerPerson, EmployerPersonInput, EmployerSite, EmployerSiteInput
from crm.models.imports import ImportKind
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy, VacancyInput
from crm.policy import Action
from crm.services import intake_fields as fields
from crm.services.employer_rows import SITE_LABEL
from crm.services.import_fields import ImportField, is_restricted
from crm.services.intake_resolving import ContactsByName, EmployersByName, ProgrammesByName, Resolver

Values = dict[str, Any]
Key = tuple[Hashable, ...]
Keys = Callable[[Values], list[Key]]


def _nothing_more(values: Values) -> Values:
    return {}


@dataclass(frozen=True, slots=True)
class IntakeKind:
    """One kind of list.

    `keys` tell records apart: two with a key in common are the same. `likeness` gives the keys of those that
    are perhaps the same. `within` is the column by which recorded ones are looked up, `derived` what a record
    holds that no column says, `usual` what it holds where the row says nothing. `is_guarded`: columns that
    look restricted are turned away.
    """

    kind: ImportKind
    called: str
    table: type[Record]
    input: type[BaseModel]
    fields: tuple[ImportField, ...]
    needed: tuple[str, str]
    recording: Action
    resolver: Callable[[Session, Actor], Resolver]
    within: str
    keys: Keys
    likeness: Keys
    derived: Callable[[Values], Values] = _nothing_more
    usual: Mapping[str, Any] = field(default_factory=dict[str, Any])
    is_guarded: bool = False

    def may_hold(self, heading: str) -> bool:
        """May a column with this heading be taken in?"""
        return not (self.is_guarded and is_restricted(heading))


def _site_keys(values: Values) -> list[Key]:
    called = folded(values["label"])
    found: list[Key] = [(values["employer_id"], called, values["postcode"])]
    # The site that a list of employers made has the name of every first site.
    if called == folded(SITE_LABEL) and values["postcode"]:
        found.append((values["employer_id"], values["postcode"]))
    return found


def _site_likeness(values: Values) -> list[Key]:
    return [(values["employer_id"], values["postcode"])] if values["postcode"] else []


def _person_keys(values: Values) -> list[Key]:
    return [(values["employer_id"], folded(values["name"]))]


def _person_likeness(values: Values) -> list[Key]:
    # One mailbox is often several people's, and somebody's name is often spelt in two ways.
    return [(values["employer_id"], values["email"])] if values["email"] else []


def _contact_keys(values: Values) -> list[Key]:
    return [(values["employer_id"], values["held_on"], values["kind"], folded(values["summary"]))]


def _contact_likeness(values: Values) -> list[Key]:
    return [(values["employer_id"], values["held_on"], values["kind"])]


def _of_contact(values: Values) -> Values:
    return {"with_hiring_manager": False}


def _vacancy_keys(values: Values) -> list[Key]:
    where = values["postcode"] or folded(values["place"] or "")
    return [(values["employer_id"], folded(values["title"]), where, values["closes_on"])]


def _vacancy_likeness(values: Values) -> list[Key]:
    return [(values["employer_id"], folded(values["title"]))]


def _seeker_keys(values: Values) -> list[Key]:
    name = folded(values["preferred_name"])
    return [(name, field, values[field]) for field in ("email", "phone", "postcode") if values[field]]


def _seeker_likeness(values: Values) -> list[Key]:
    return [(folded(values["preferred_name"]),)]


def _of_vacancy(values: Values) -> Values:
    return {
        "title_key": folded(values["title"]),
        "figure_sources": {},
        "advert_url": None,
        "advert_fingerprint": None,
    }


def _of_seeker(values: Values) -> Values:
    return {"name_key": folded(values["preferred_name"])}


SITES = IntakeKind(
    ImportKind.SITES,
    "site",
    EmployerSite,
    EmployerSiteInput,
    fields.SITE_FIELDS,
    ("employer_name", "Choose the column that holds the employer, or its company number."),
    Action.EMPLOYERS_RECORD,
    EmployersByName,
    "employer_id",
    _site_keys,
    _site_likeness,
    usual={"label": SITE_LABEL},
)
PEOPLE = IntakeKind(
    ImportKind.PEOPLE,
    "person",
    EmployerPerson,
    EmployerPersonInput,
    fields.PERSON_FIELDS,
    ("name", "Choose the column that holds the name of the person."),
    Action.EMPLOYERS_RECORD,
    EmployersByName,
    "employer_id",
    _person_keys,
    _person_likeness,
)
CONTACTS = IntakeKind(
    ImportKind.CONTACTS,
    "contact",
    EmployerContact,
    ContactInput,
    fields.CONTACT_FIELDS,
    ("summary", "Choose the column that holds what was said."),
    Action.CONTACTS_RECORD,
    ContactsByName,
    "employer_id",
    _contact_keys,
    _contact_likeness,
    derived=_of_contact,
    usual={"kind": ContactKind.OTHER},
)
VACANCIES = IntakeKind(
    ImportKind.VACANCY_LIST,
    "vacancy",
    Vacancy,
    VacancyInput,
    fields.VACANCY_FIELDS,
    ("title", "Choose the column that holds the title of the job."),
    Action.VACANCIES_RECORD,
    EmployersByName,
    "employer_id",
    _vacancy_keys,
    _vacancy_likeness,
    derived=_of_vacancy,
)
SEEKERS = IntakeKind(
    ImportKind.SEEKERS,
    "person",
    JobSeeker,
    JobSeekerInput,
    fields.SEEKER_FIELDS,
    ("preferred_name", "Choose the column that holds the preferred name."),
    Action.SEEKERS_RECORD,
    ProgrammesByName,
    "name_key",
    _seeker_keys,
    _seeker_likeness,
    derived=_of_seeker,
    is_guarded=True,
)

INTAKES: dict[ImportKind, IntakeKind] = {
    one.kind: one for one in (SITES, PEOPLE, CONTACTS, VACANCIES, SEEKERS)
}
"""By the kind of import."""
