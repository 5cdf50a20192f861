"""What a portable record of a person holds: table by table, and what is left out of it, with the reason.

A test walks the schema: every table that points at a job seeker is carried or left out by name here, and so
is every column of one that is carried. A new table of a person is one line in `SECTIONS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import Session

from crm.models.agreement_uses import AgreementUse
from crm.models.base import Record
from crm.models.carves import JobCarve
from crm.models.consents import Consent
from crm.models.contacts import ContactSeeker, EmployerContact
from crm.models.disputes import RowDispute
from crm.models.employers import Employer
from crm.models.matches import MatchDecision
from crm.models.placements import Placement
from crm.models.profiles import (
    Connection,
    ConnectionInput,
    PastJob,
    PastJobInput,
    ProfileStep,
    ProfileVersion,
    Qualification,
    QualificationInput,
)
from crm.models.programmes import Programme
from crm.models.restricted import RestrictedFacts, RestrictedFactsInput
from crm.models.seeker_inputs import JobSeekerFacts
from crm.models.seekers import (
    JobSeeker,
    ProfileSkill,
    ProfileSkillInput,
    SupportNeed,
    SupportNeedInput,
    VocationalProfile,
    VocationalProfileInput,
)
from crm.models.tasks import Task
from crm.models.vacancies import Vacancy
from crm.policy import Action

Says = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """What an id of ours means in words: the keys under which it is told, and how it is found out."""

    keys: tuple[str, ...]
    tell: Callable[[Session, int], Says]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of row: its table, who may see it, and whether another service makes records of it.

    `input` checks rows that become records there; without one they stay what another service told. `named`
    tells of a column with an id of ours what it means, in words; `left_out` says why a column is not carried.
    """

    name: str
    table: type[Record]
    reading: Action
    input: type[BaseModel] | None = None
    named: Mapping[str, Named] = field(default_factory=dict[str, Named])
    left_out: Mapping[str, str] = field(default_factory=dict[str, str])
    becomes_record: bool = True


UPKEEP = {
    "id": "an id of this service",
    "version": "counts saves of this service",
    "created_by": "a colleague, who is nobody to the next service",
    "updated_by": "a colleague, who is nobody to the next service",
    "archived_by": "a colleague, who is nobody to the next service",
    "seeker_id": "whose it is, the record says as a whole",
}
"""Of no table are these carried; moments of saving are told as the origin of each row."""

MOMENTS = ("created_at", "updated_at", "archived_at", "archived_why")

_COLLEAGUE = "a colleague, who is nobody to the next service"


def _programme(session: Session, key: int) -> Says:
    return {"programme": session.get_one(Programme, key).name}


def _employer(session: Session, key: int) -> Says:
    return {"employer": session.get_one(Employer, key).name}


def _vacancy(session: Session, key: int) -> Says:
    vacancy = session.get_one(Vacancy, key)
    return {"job": vacancy.title, **_employer(session, vacancy.employer_id)}


def _contact(session: Session, key: int) -> Says:
    contact = session.get_one(EmployerContact, key)
    told = {"held_on": contact.held_on.isoformat(), "kind": contact.kind.value}
    return {**told, **_employer(session, contact.employer_id)}


def _job(session: Session, key: int) -> Says:
    return {"job": session.get_one(Vacancy, key).title}


_JOB = Named(("job",), _job)
_PROGRAMME = Named(("programme",), _programme)
_EMPLOYER = Named(("employer",), _employer)
_VACANCY = Named(("job", "employer"), _vacancy)
_CONTACT = Named(("held_on", "kind", "employer"), _contact)

SEEKER = Section(
    "person",
    JobSeeker,
    Action.SEEKERS_READ,
    JobSeekerFacts,
    named={"programme_id": _PROGRAMME},
    left_out={"coach_id": _COLLEAGUE, "name_key": "follows from the name"},
)
RESTRICTED = Section("restricted_facts", RestrictedFacts, Action.RESTRICTED_READ, RestrictedFactsInput,
                     left_out={"seal": "holds in this service only"})  # fmt: skip

SECTIONS: tuple[Section, ...] = (
    SEEKER,
    Section("profile", VocationalProfile, Action.SEEKERS_READ, VocationalProfileInput),
    Section("skills", ProfileSkill, Action.SEEKERS_READ, ProfileSkillInput),
    Section("support_needs", SupportNeed, Action.SEEKERS_READ, SupportNeedInput),
    Section("profile_steps", ProfileStep, Action.SEEKERS_READ),
    Section("work_history", PastJob, Action.SEEKERS_READ, PastJobInput),
    Section("qualifications", Qualification, Action.SEEKERS_READ, QualificationInput),
    Section("connections", Connection, Action.SEEKERS_READ, ConnectionInput),
    Section("profile_versions", ProfileVersion, Action.SEEKERS_READ, becomes_record=False),
    Section(
        "not_right",
        RowDispute,
        Action.SEEKERS_READ,
        left_out={"settled_by": _COLLEAGUE, "vacancy_id": "a vacancy of this service"},
    ),
    Section(
        "consents",
        Consent,
        Action.CONSENTS_READ,
        named={"employer_id": _EMPLOYER},
        becomes_record=False,
    ),
    Section(
        "decisions",
        MatchDecision,
        Action.MATCHES_READ,
        named={"vacancy_id": _VACANCY},
        left_out={
            "run_id": "machinery of this service",
            "owner_id": _COLLEAGUE,
            "decided_by": _COLLEAGUE,
            "match_seen": "figures about a job of this service, by its ids",
        },
        becomes_record=False,
    ),
    Section(
        "promises",
        AgreementUse,
        Action.PROMISES_READ,
        named={"employer_id": _EMPLOYER, "vacancy_id": _JOB},
        left_out={
            "agreement_id": "an agreement of this service with the employer",
            "site_id": "a site in this service",
            "session_id": "a session held for this service",
            "after_use_id": "another row of this section, by an id of this service",
            "consent_id": "the consent is told under its own section",
            "referred_by": _COLLEAGUE,
        },
        becomes_record=False,
    ),
    Section(
        "jobs_started",
        Placement,
        Action.PLACEMENTS_READ,
        named={"employer_id": _EMPLOYER, "vacancy_id": _JOB},
        left_out={
            "site_id": "a site in this service",
            "use_id": "the promise is told under its own section",
        },
        becomes_record=False,
    ),
    Section(
        "carved_jobs",
        JobCarve,
        Action.CARVES_READ,
        named={"employer_id": _EMPLOYER, "vacancy_id": _JOB},
        left_out={
            "site_id": "a site in this service",
            "analysis_id": "a job analysis in this service",
            "made": "machinery of this service",
            "going_rate": "the employer’s business",
            "supervisor": "a colleague at the employer",
            "quality_checks": "the employer’s business",
            "skilled_hours_freed": "the employer’s business",
            "cost_difference_week": "the employer’s business",
            "new_wage_week": "the employer’s business",
            "undone_work_hours": "the employer’s business",
            "is_optimal": "machinery of this service",
            "warnings": "machinery of this service",
            "engine_version": "machinery of this service",
            "carve_seen": "tells of the employer’s staff and tasks, by ids of this service",
        },
        becomes_record=False,
    ),
    Section(
        "contacts_with_employers",
        ContactSeeker,
        Action.CONTACTS_READ,
        named={"contact_id": _CONTACT},
        becomes_record=False,
    ),
    Section(
        "tasks",
        Task,
        Action.TASKS_READ,
        left_out={
            "settled_by": _COLLEAGUE,
            "owner_id": _COLLEAGUE,
            "employer_id": "a task about a person is about no employer",
            "agreement_id": "a task about a person is about no agreement",
            "vacancy_id": "a task about a person is about no vacancy",
            "contact_id": "a task about a person follows no contact",
        },
        becomes_record=False,
    ),
    RESTRICTED,
)
"""In the order in which they become records: the person first."""

LEFT_OUT: dict[str, str] = {
    "school_age_facts": "restricted, and asked for anew: a parent’s consent and a permit are for one job",
    "door_opener": "a yes to this service alone, about one of its employers",
    "share_sheet": "what an employer got from this service, agreed for that one, and encrypted here",
    "restricted_opening": "who looked at restricted facts here is this service’s own trail",
    "seeker_count": "figures over the vacancies of this service",
    "match_run": "machinery of this service: which comparison ran when",
    "job_match": "what was compared with vacancies of this service; decisions on them are carried",
    "match_suggestion": "vacancies of this service that its own comparison suggested",
    "seeker_document": "files are downloaded one by one and attached anew; this record is text",
    "carried_row": "what it keeps is told again, row by row, under its own sections",
}
"""The tables that point at a person and are not carried, each with the reason."""


def carried_columns(section: Section) -> list[str]:
    """The columns of a section's table that are carried as their own value."""
    apart = {*UPKEEP, *MOMENTS, *section.named, *section.left_out}
    table: Any = section.table
    return [column.name for column in table.__table__.columns if column.name not in apart]


def keys_of(section: Section) -> set[str]:
    """The keys under which a row of this section may say something."""
    return {*carried_columns(section), *(key for named in section.named.values() for key in named.keys)}


def fixed_lists(name: str) -> set[str]:
    """The columns of the section of this name that hold one value of a fixed list."""
    table: Any = next(section.table for section in SECTIONS if section.name == name)
    return {column.name for column in table.__table__.columns if isinstance(column.type, sa.Enum)}
