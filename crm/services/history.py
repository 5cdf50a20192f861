"""What happened to a record and its parts, line by line, with what the fields held before and after."""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import audit_values
from crm.errors import NotFoundError
from crm.models.agreement_papers import AgreementSignature
from crm.models.agreement_parts import AgreementMember, AgreementPanelist, AgreementSite
from crm.models.agreement_uses import AgreementUse, PromisedSession
from crm.models.agreements import Agreement
from crm.models.analyses import JobAnalysis, JobTask, WorkplaceSupport
from crm.models.audit import AuditEntry
from crm.models.awareness import AwarenessSession
from crm.models.base import Record
from crm.models.carve_cases import CarveCase
from crm.models.carve_stages import CarveMove, CarveProposal
from crm.models.carves import CarveTask, JobCarve
from crm.models.consents import Consent
from crm.models.documents import EmployerDocument, SeekerDocument
from crm.models.door_openers import DoorOpener
from crm.models.employers import Employer, EmployerPerson, EmployerSite
from crm.models.placements import Placement
from crm.models.profiles import Connection, PastJob, ProfileStep, ProfileVersion, Qualification
from crm.models.programmes import Programme
from crm.models.seekers import JobSeeker, ProfileSkill, SupportNeed, VocationalProfile
from crm.models.sharing import ShareSheet
from crm.models.tasks import Task
from crm.models.users import Actor, Service, User
from crm.models.vacancies import Vacancy, VacancyCriterion
from crm.models.workplaces import JobRisk, WorkplacePhoto
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, hidden_fields, scoped
from crm.services.listing import Listing, how_many

RecordId = int | sa.BindParameter[int]
"""A record's id, or what stands for it in a question that is put together once."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record that has a history: who may see it, and the parts whose changes belong to it."""

    table: type[Record]
    called: str
    action: Action
    parts: tuple[tuple[type[Record], str], ...] = ()


KINDS = {
    "employer": Kind(
        Employer,
        "employer",
        Action.EMPLOYERS_READ,
        (
            (EmployerSite, "employer_id"),
            (EmployerPerson, "employer_id"),
            (AwarenessSession, "employer_id"),
            (DoorOpener, "employer_id"),
            (EmployerDocument, "employer_id"),
        ),
    ),
    "agreement": Kind(
        Agreement,
        "agreement",
        Action.AGREEMENTS_READ,
        (
            (AgreementMember, "agreement_id"),
            (AgreementSite, "agreement_id"),
            (AgreementPanelist, "agreement_id"),
            (AgreementSignature, "agreement_id"),
            (PromisedSession, "agreement_id"),
            (EmployerDocument, "agreement_id"),
        ),
    ),
    "promise": Kind(AgreementUse, "promise", Action.PROMISES_READ),
    "placement": Kind(Placement, "job started", Action.PLACEMENTS_READ),
    "vacancy": Kind(Vacancy, "vacancy", Action.VACANCIES_READ, ((VacancyCriterion, "vacancy_id"),)),
    "analysis": Kind(
        JobAnalysis,
        "job analysis",
        Action.ANALYSES_READ,
        (
            (JobTask, "analysis_id"),
            (WorkplaceSupport, "analysis_id"),
            (JobRisk, "analysis_id"),
            (WorkplacePhoto, "analysis_id"),
            (EmployerDocument, "analysis_id"),
        ),
    ),
    "seeker": Kind(
        JobSeeker,
        "job seeker",
        Action.SEEKERS_READ,
        (
            (VocationalProfile, "seeker_id"),
            (ProfileSkill, "seeker_id"),
            (SupportNeed, "seeker_id"),
            (ProfileStep, "seeker_id"),
            (ProfileVersion, "seeker_id"),
            (PastJob, "seeker_id"),
            (Qualification, "seeker_id"),
            (Connection, "seeker_id"),
            (Consent, "seeker_id"),
            (ShareSheet, "seeker_id"),
            (SeekerDocument, "seeker_id"),
        ),
    ),
    "task": Kind(Task, "task", Action.TASKS_READ),
    "carved-job": Kind(
        JobCarve,
        "carved job",
        Action.CARVES_READ,
        (
            (CarveTask, "carve_id"),
            (CarveCase, "carve_id"),
            (CarveMove, "carve_id"),
            (CarveProposal, "carve_id"),
        ),
    ),
    "service": Kind(Service, "service", Action.SERVICE_READ),
    "programme": Kind(Programme, "programme", Action.SERVICE_READ),
}
"""By the address of the record's own page."""

EDIT = "edit"
"""What an entry of the trail is called among other things that happened."""


Values = dict[str, tuple[Any, Any]]
"""By field, what it held before and after."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One change: when, by whom, to which part, and each field before and after.

    `values` is empty for something new, and where they are not known: made before they were kept, or erased.
    """

    at: datetime
    by: str
    action: str
    part: str
    fields: tuple[str, ...]
    values: Values


def history(
    session: Session, kind: str, record_id: int, *, offset: int, limit: int, by: Actor
) -> Listing[Happened]:
    """What happened to a record and its parts, the latest first.

    Raises:
        NotAllowedError: the person may not see records of this kind.
        NotFoundError: there is no such kind or record.
    """
    known = KINDS.get(kind)
    if known is None:
        raise NotFoundError("There is no history of this kind. Open it from the page of a record.")
    ensure(session, by, known.action)
    record = records.fetch(session, known.table, record_id, called=known.called)
    wanted = sa.select(AuditEntry).where(concerning(kind, record.key))
    query = scoped(session, wanted, AuditEntry, by=by, action=known.action)
    page = query.order_by(col(AuditEntry.id).desc()).offset(offset).limit(limit)
    entries = list(session.scalars(page))
    values = audit_values.read(session, [entry.id for entry in entries if entry.id is not None])
    _name_colleagues(session, values)
    hidden = hidden_of_parts(session, kind, record, by=by)
    rows = [
        _happened(entry, known.table, values.get(entry.id or 0, {}), hidden[entry.record_kind])
        for entry in entries
    ]
    return Listing(rows, how_many(session, query))


def since_import(
    session: Session,
    table: type[Record],
    record_ids: Sequence[int],
    batch_id: int,
    *,
    by: Actor,
    action: Action,
) -> dict[int, list[Happened]]:
    """What happened to each of some records after an import left them, by id, the earliest first.

    Raises:
        NotAllowedError: the person may not see records of this kind.
    """
    # The figures of a batch are the last thing that its import saves, and entries stand in that order.
    came_in = sa.select(sa.func.min(col(AuditEntry.id))).where(
        *_of("ImportBatch", [batch_id]), col(AuditEntry.action) == "change"
    )
    query = sa.select(AuditEntry).where(
        *_of(table.__name__, record_ids), col(AuditEntry.id) > came_in.scalar_subquery()
    )
    query = scoped(session, query, AuditEntry, by=by, action=action)
    entries = list(session.scalars(query.order_by(col(AuditEntry.id))))
    values = audit_values.read(session, [entry.id for entry in entries if entry.id is not None])
    _name_colleagues(session, values)
    found: dict[int, list[Happened]] = defaultdict(list)
    for entry in entries:
        record = records.fetch(session, table, entry.record_id, called="record")
        hidden = hidden_fields(session, record, by=by, action=action)
        found[entry.record_id].append(_happened(entry, table, values.get(entry.id or 0, {}), hidden))
    return found


def concerning(kind: str, record_id: RecordId) -> sa.ColumnElement[bool]:
    """In SQL: is an entry of the trail about this record or about one of its parts?"""
    known = KINDS[kind]
    itself = sa.and_(*_of(known.table.__name__, [record_id]))
    return sa.or_(itself, *_of_parts(known, record_id))


def hidden_of_parts(session: Session, kind: str, record: Record, *, by: Actor) -> dict[str, Container[str]]:
    """What of a record and of its parts this person may not see, by kind of record.

    Raises:
        NotAllowedError: the person may see nothing of it.
    """
    known = KINDS[kind]
    return {
        table.__name__: hidden_fields(session, record, by=by, action=known.action, part=table)
        for table in (known.table, *(part for part, _ in known.parts))
    }


def _happened(entry: AuditEntry, whole: type[Record], values: Values, hidden: Container[str]) -> Happened:
    """One line, without what of it somebody may not see: not even that such a field was changed."""
    fields = [name for name in entry.fields.split(",") if name]
    return Happened(
        at=entry.at,
        by=entry.actor_name,
        action=entry.action,
        part="" if entry.record_kind == whole.__name__ else entry.record_kind,
        fields=tuple(name for name in fields if name not in hidden),
        values={name: both for name, both in values.items() if name not in hidden},
    )


_COLLEAGUES = {"owner_id", "second_owner_id", "single_contact_id", "coach_id", "analyst_id", "given_by"}


def _name_colleagues(session: Session, values: dict[int, Values]) -> None:
    """Put names where a field holds the id of a colleague."""
    held = [(fields, name) for fields in values.values() for name in _COLLEAGUES & fields.keys()]
    ids = {key for fields, name in held for key in fields[name] if key is not None}
    query = sa.select(col(User.id), col(User.name)).where(col(User.id).in_(ids))
    names: dict[Any, str] = {row[0]: row[1] for row in session.connection().execute(query)} if ids else {}
    for fields, name in held:
        before, after = fields[name]
        fields[name] = names.get(before, before), names.get(after, after)


def _of(kind: str, record_ids: Sequence[RecordId]) -> tuple[sa.ColumnElement[bool], ...]:
    return col(AuditEntry.record_kind) == kind, col(AuditEntry.record_id).in_(record_ids)


def _of_parts(kind: Kind, record_id: RecordId) -> list[sa.ColumnElement[bool]]:
    return [
        sa.and_(
            col(AuditEntry.record_kind) == part.__name__,
            col(AuditEntry.record_id).in_(
                sa.select(col(part.id)).where(getattr(part, link) == record_id).scalar_subquery()
            ),
        )
        for part, link in kind.parts
    ]
