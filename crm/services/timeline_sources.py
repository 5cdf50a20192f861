"""What the timeline of an employer is put together from.

A new kind is one more value of `TimelineKind`, one more row of `SOURCES`, and the words
for it in `crm.ui.timeline_rows`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from crm.models.agreement_choices import CriteriaMet, Given, Promise, Standing
from crm.models.agreement_uses import AgreementUse
from crm.models.agreements import Agreement, AgreementMove
from crm.models.analyses import JobAnalysis
from crm.models.audit import AuditEntry
from crm.models.awareness import AwarenessSession
from crm.models.base import Table, UtcDateTime
from crm.models.carve_stages import CarveMove
from crm.models.carves import JobCarve
from crm.models.contacts import ContactKind, ContactSeeker, EmployerContact
from crm.models.documents import EmployerDocument
from crm.models.employers import Employer, EmployerStageMove
from crm.models.matches import Decision, MatchDecision
from crm.models.placements import Placement
from crm.models.seekers import JobSeeker
from crm.models.tasks import Task, TaskStatus
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import history

Rows = sa.Select[*tuple[Any, ...]]
_NO_TEXT = sa.cast(sa.null(), sa.String)
_NO_ID = sa.cast(sa.null(), sa.Integer)
COLUMNS: tuple[sa.ColumnClause[Any], ...] = (
    sa.column("source", sa.String()),
    sa.column("id", sa.Integer()),
    sa.column("happened_on", sa.Date()),
    sa.column("made_at", UtcDateTime()),
    sa.column("who_id", sa.Integer()),
    sa.column("title", sa.String()),
    sa.column("detail", sa.String()),
    sa.column("note", sa.String()),
    sa.column("about_id", sa.Integer()),
)
"""The columns that every source has, by name and type."""

EMPLOYER = sa.bindparam("employer_id", type_=sa.Integer())
"""Stands for the employer, so that what is asked is put together once and not at each look."""

_INTERVIEWS = (ContactKind.INTERVIEW, ContactKind.MOCK_INTERVIEW)


class TimelineKind(StrEnum):
    """What the timeline of an employer can be narrowed to."""

    CONTACTS = "contacts"
    NEXT_STEPS = "next_steps"
    STAGE_MOVES = "stage_moves"
    AGREEMENTS = "agreements"
    VACANCIES = "vacancies"
    ANALYSES = "job_analyses"
    CARVES = "carved_jobs"
    PEOPLE = "people_met"
    PROMISES = "promises"
    AWARENESS = "awareness_sessions"
    DOCUMENTS = "documents"
    EDITS = "edits"


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of row: what it is filed under, what one must be allowed to see, and the rows of EMPLOYER."""

    kind: TimelineKind
    asked: tuple[tuple[type[Table], Action], ...]
    rows: Rows


def _row(
    source: str,
    table: Any,
    on: Any,
    who: Any,
    title: Any = _NO_TEXT,
    *,
    detail: Any = _NO_TEXT,
    note: Any = _NO_TEXT,
    about: Any = _NO_ID,
) -> Rows:
    """The columns that every source has, of the rows of a table that are not archived."""
    columns = (sa.literal(source), table.id, on, table.created_at, who, title, detail, note, about)
    return _named(*columns).where(col(table.archived_at).is_(None))


def _named(*columns: Any) -> Rows:
    """What a source says in each of the columns, as plain text, numbers and dates."""
    pairs = zip(COLUMNS, columns, strict=True)
    return sa.select(*(sa.type_coerce(said, named.type).label(named.name) for named, said in pairs))


def _made_on(table: Any) -> Any:
    return sa.func.date(col(table.created_at))


def _contacts() -> Rows:
    it = EmployerContact
    query = _row("contact", it, it.held_on, it.held_by, it.kind, detail=it.purpose, note=it.summary)
    return query.where(col(it.employer_id) == EMPLOYER)


def _next_steps() -> Rows:
    it = Task
    query = _row("task", it, it.settled_on, it.settled_by, it.title, detail=it.status, note=it.settled_how)
    return query.where(col(it.employer_id) == EMPLOYER, col(it.status) != TaskStatus.OPEN)


def _stage_moves() -> Rows:
    it = EmployerStageMove
    query = _row("stage_move", it, it.moved_on, it.created_by, it.to_stage, detail=it.from_stage, note=it.why)
    return query.where(col(it.employer_id) == EMPLOYER)


def _agreements() -> Rows:
    """Each agreement on the day of its first move where that was before it was recorded here."""
    moves = sa.select(sa.func.min(AgreementMove.moved_on)).correlate(Agreement)
    first = moves.where(col(AgreementMove.agreement_id) == col(Agreement.id)).scalar_subquery()
    made: Any = _made_on(Agreement)
    on = sa.case((first < made, first), else_=made)
    query = _row("agreement", Agreement, on, Agreement.created_by, Agreement.kind, about=Agreement.id)
    return query.where(col(Agreement.employer_id) == EMPLOYER)


def _agreement_moves() -> Rows:
    it = AgreementMove
    query = _row(
        "agreement_move",
        it,
        it.moved_on,
        it.created_by,
        Agreement.kind,
        detail=it.to_stage,
        note=it.why,
        about=it.agreement_id,
    )
    query = query.join(Agreement, col(Agreement.id) == col(it.agreement_id))
    return query.where(col(Agreement.employer_id) == EMPLOYER, col(Agreement.archived_at).is_(None))


def _vacancies() -> Rows:
    it = Vacancy
    query = _row("vacancy", it, _made_on(it), it.created_by, it.title, detail=it.kind, about=it.id)
    return query.where(col(it.employer_id) == EMPLOYER)


def _analyses() -> Rows:
    it = JobAnalysis
    query = _row("analysis", it, it.analysed_on, it.analyst_id, it.title, about=it.id)
    return query.where(col(it.employer_id) == EMPLOYER)


def _carves() -> Rows:
    it = JobCarve
    query = _row("carve", it, _made_on(it), it.created_by, it.title, detail=it.stage, about=it.id)
    return query.where(col(it.employer_id) == EMPLOYER)


def _carve_moves() -> Rows:
    it = CarveMove
    query = _row(
        "carve_move",
        it,
        it.moved_on,
        it.created_by,
        JobCarve.title,
        detail=it.to_stage,
        note=it.words,
        about=it.carve_id,
    )
    query = query.join(JobCarve, col(JobCarve.id) == col(it.carve_id))
    return query.where(col(JobCarve.employer_id) == EMPLOYER, col(JobCarve.archived_at).is_(None))


def _put_forward() -> Rows:
    it = MatchDecision
    query = _row(
        "shortlisted",
        it,
        it.decided_on,
        it.decided_by,
        JobSeeker.preferred_name,
        detail=Vacancy.title,
        about=it.seeker_id,
    )
    query = query.join(Vacancy, col(Vacancy.id) == col(it.vacancy_id))
    query = query.join(JobSeeker, col(JobSeeker.id) == col(it.seeker_id))
    return query.where(col(Vacancy.employer_id) == EMPLOYER, col(it.decision) == Decision.SHORTLIST)


def _interviewed() -> Rows:
    it = ContactSeeker
    query = _row(
        "interviewed",
        it,
        EmployerContact.held_on,
        EmployerContact.held_by,
        JobSeeker.preferred_name,
        detail=EmployerContact.kind,
        about=it.seeker_id,
    )
    query = query.join(EmployerContact, col(EmployerContact.id) == col(it.contact_id))
    query = query.join(JobSeeker, col(JobSeeker.id) == col(it.seeker_id))
    return query.where(
        col(EmployerContact.employer_id) == EMPLOYER,
        col(EmployerContact.archived_at).is_(None),
        col(EmployerContact.kind).in_(_INTERVIEWS),
    )


def _started() -> Rows:
    it = Placement
    query = _row(
        "started",
        it,
        it.starts_on,
        it.created_by,
        JobSeeker.preferred_name,
        detail=it.title,
        about=it.seeker_id,
    )
    query = query.join(JobSeeker, col(JobSeeker.id) == col(it.seeker_id))
    return query.where(col(it.employer_id) == EMPLOYER)


def _promises(source: str, on: Any, *where: sa.ColumnElement[bool]) -> Rows:
    it = AgreementUse
    query = _row(
        source, it, on, it.referred_by, JobSeeker.preferred_name, detail=it.promise, note=it.given_why
    )
    query = query.join(JobSeeker, col(JobSeeker.id) == col(it.seeker_id))
    return query.where(col(it.employer_id) == EMPLOYER, col(it.standing) == Standing.REFERRED, *where)


def _referred() -> Rows:
    return _promises("referred", col(AgreementUse.referred_on))


def _kept() -> Rows:
    return _promises("promise_kept", col(AgreementUse.happens_on), col(AgreementUse.given) == Given.YES)


def _broken() -> Rows:
    """On the day it was due, or would have been: nobody says on which day something did not happen."""
    it = AgreementUse
    on = sa.func.coalesce(col(it.happens_on), col(it.due_on), col(it.referred_on))
    owed = sa.or_(col(it.promise) != Promise.INTERVIEW, col(it.criteria_met) == CriteriaMet.YES)
    settled = col(it.criteria_met) != CriteriaMet.DISPUTED
    return _promises("promise_broken", on, col(it.given) == Given.NOT_BY_EMPLOYER, owed, settled)


def _awareness() -> Rows:
    it = AwarenessSession
    query = _row("awareness", it, it.held_on, it.given_by, note=it.feedback, about=it.came)
    return query.where(col(it.employer_id) == EMPLOYER)


def _documents() -> Rows:
    """Those of its agreements, vacancies and job analyses too."""
    it = EmployerDocument
    query = _row(
        "document", it, _made_on(it), it.created_by, it.name, detail=it.file_type, note=it.note, about=it.id
    )
    return query.where(col(it.employer_id) == EMPLOYER)


def _edits() -> Rows:
    """What was changed later about the employer and its parts; that a part was added is in its history."""
    it: Any = AuditEntry
    on = sa.func.date(it.at)
    named = _named(
        *(sa.literal(history.EDIT), it.id, on, it.at, it.actor_id),
        *(it.action, it.record_kind, it.fields, _NO_ID),
    )
    is_new = sa.and_(it.action == "add", it.record_kind == Employer.__name__)
    is_told = sa.or_(it.action.not_in(("add", "refused")), is_new)
    return named.where(history.concerning("employer", EMPLOYER), is_told)


_A, _K = Action, TimelineKind
_CONTACTS = (EmployerContact, _A.CONTACTS_READ)
_AGREEMENTS = (Agreement, _A.AGREEMENTS_READ)
_PROMISES = (AgreementUse, _A.PROMISES_READ)
_SEEKERS = (JobSeeker, _A.SEEKERS_READ)
_DOCUMENTS_READ = (_A.EMPLOYERS_READ, _A.AGREEMENTS_READ, _A.VACANCIES_READ, _A.ANALYSES_READ)

SOURCES: tuple[Source, ...] = (
    Source(_K.CONTACTS, (_CONTACTS,), _contacts()),
    Source(_K.NEXT_STEPS, ((Task, _A.TASKS_READ),), _next_steps()),
    Source(_K.STAGE_MOVES, ((EmployerStageMove, _A.EMPLOYERS_READ),), _stage_moves()),
    Source(_K.AGREEMENTS, (_AGREEMENTS,), _agreements()),
    Source(_K.AGREEMENTS, (_AGREEMENTS,), _agreement_moves()),
    Source(_K.VACANCIES, ((Vacancy, _A.VACANCIES_READ),), _vacancies()),
    Source(_K.ANALYSES, ((JobAnalysis, _A.ANALYSES_READ),), _analyses()),
    Source(_K.CARVES, ((JobCarve, _A.CARVES_READ),), _carves()),
    Source(_K.CARVES, ((JobCarve, _A.CARVES_READ),), _carve_moves()),
    Source(_K.PEOPLE, ((MatchDecision, _A.MATCHES_READ), _SEEKERS), _put_forward()),
    Source(_K.PEOPLE, (_CONTACTS, _SEEKERS), _interviewed()),
    Source(_K.PEOPLE, ((Placement, _A.PLACEMENTS_READ), _SEEKERS), _started()),
    Source(_K.PROMISES, (_PROMISES, _SEEKERS), _referred()),
    Source(_K.PROMISES, (_PROMISES, _SEEKERS), _kept()),
    Source(_K.PROMISES, (_PROMISES, _SEEKERS), _broken()),
    Source(_K.AWARENESS, ((AwarenessSession, _A.EMPLOYERS_READ),), _awareness()),
    Source(_K.DOCUMENTS, tuple((EmployerDocument, action) for action in _DOCUMENTS_READ), _documents()),
    Source(_K.EDITS, ((AuditEntry, _A.EMPLOYERS_READ),), _edits()),
)
"""All sources; `asked` are the tables that one shows something of, each with what one must be allowed."""
