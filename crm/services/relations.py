"""How a record stands to somebody: their own, in their caseload, their team's, or the rest of the service's.

What belongs to a job seeker or an employer stands as they do. A record whose coach or owner is nobody is
every team's.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreements import Agreement
from crm.models.analyses import JobAnalysis
from crm.models.base import Record, Table
from crm.models.carves import JobCarve
from crm.models.contacts import EmployerContact
from crm.models.employer_lists import SavedView
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.tasks import Task
from crm.models.users import Actor, Cover, User
from crm.models.vacancies import Vacancy
from crm.policy import Relation

_LONDON = ZoneInfo("Europe/London")

OWNERS: dict[type[Record], str] = {
    JobSeeker: "coach_id",
    Employer: "owner_id",
    Agreement: "owner_id",
    Task: "owner_id",
    SavedView: "user_id",
}
"""The records that somebody looks after, and the field that says who."""

BELONGING: dict[str, tuple[str, type[Record]]] = {
    "VocationalProfile": ("seeker_id", JobSeeker),
    "ProfileSkill": ("seeker_id", JobSeeker),
    "SupportNeed": ("seeker_id", JobSeeker),
    "ProfileStep": ("seeker_id", JobSeeker),
    "ProfileVersion": ("seeker_id", JobSeeker),
    "PastJob": ("seeker_id", JobSeeker),
    "Qualification": ("seeker_id", JobSeeker),
    "Connection": ("seeker_id", JobSeeker),
    "SchoolAgeFacts": ("seeker_id", JobSeeker),
    "RowDispute": ("seeker_id", JobSeeker),
    "CarriedRow": ("seeker_id", JobSeeker),
    "RestrictedFacts": ("seeker_id", JobSeeker),
    "RestrictedOpening": ("seeker_id", JobSeeker),
    "Consent": ("seeker_id", JobSeeker),
    "ShareSheet": ("seeker_id", JobSeeker),
    "MatchDecision": ("seeker_id", JobSeeker),
    "JobMatch": ("seeker_id", JobSeeker),
    "MatchSuggestion": ("seeker_id", JobSeeker),
    "SeekerDocument": ("seeker_id", JobSeeker),
    "EmployerSite": ("employer_id", Employer),
    "EmployerPerson": ("employer_id", Employer),
    "EmployerStageMove": ("employer_id", Employer),
    "EmployerTag": ("employer_id", Employer),
    "BulkChangeRow": ("employer_id", Employer),
    "AwarenessSession": ("employer_id", Employer),
    "DoorOpener": ("employer_id", Employer),
    "EmployerDocument": ("employer_id", Employer),
    "EmployerContact": ("employer_id", Employer),
    "ContactPerson": ("contact_id", EmployerContact),
    "ContactSeeker": ("contact_id", EmployerContact),
    "DuplicatePair": ("first_id", Employer),
    "EmployerMerge": ("kept_id", Employer),
    "Vacancy": ("employer_id", Employer),
    "VacancyCriterion": ("vacancy_id", Vacancy),
    "JobAnalysis": ("employer_id", Employer),
    "JobTask": ("analysis_id", JobAnalysis),
    "WorkplaceSupport": ("analysis_id", JobAnalysis),
    "JobRisk": ("analysis_id", JobAnalysis),
    "WorkplacePhoto": ("analysis_id", JobAnalysis),
    "JobCarve": ("employer_id", Employer),
    "CarveTask": ("carve_id", JobCarve),
    "CarveCase": ("carve_id", JobCarve),
    "CarveMove": ("carve_id", JobCarve),
    "CarveProposal": ("carve_id", JobCarve),
    "AgreementMember": ("agreement_id", Agreement),
    "AgreementSite": ("agreement_id", Agreement),
    "AgreementPanelist": ("agreement_id", Agreement),
    "AgreementVersion": ("agreement_id", Agreement),
    "AgreementSignature": ("agreement_id", Agreement),
    "PromisedSession": ("agreement_id", Agreement),
    "AgreementUse": ("seeker_id", JobSeeker),
    "Placement": ("seeker_id", JobSeeker),
    "Reminder": ("agreement_id", Agreement),
    "AgreementMove": ("agreement_id", Agreement),
}
"""What stands as the record that it belongs to; by name, so that this module reaches nothing restricted."""


def root(session: Session, record: Record) -> Record | None:
    """The record that somebody looks after and that this one is part of: itself, if it is no part."""
    belonging = BELONGING.get(type(record).__name__)
    if belonging is None:
        return record
    link, table = belonging
    whole = session.get(table, getattr(record, link))
    return None if whole is None else root(session, whole)


def of_record(session: Session, actor: Actor, record: Record) -> Relation:
    """The nearest relation between somebody and a record, whether it is archived or not."""
    whole = root(session, record)
    if isinstance(whole, User):
        return _to_colleague(session, actor, whole.id)
    if whole is None or type(whole) not in OWNERS:
        return Relation.SERVICE
    owner_id = owner_of(session, whole)
    if owner_id == actor.id is not None:
        return Relation.OWN
    if _is_covering(session, actor, whole):
        return Relation.CASELOAD
    return Relation.TEAM if owner_id is None else _to_colleague(session, actor, owner_id)


def owner_of(session: Session, record: Record) -> int | None:
    """The coach or owner who looks after a record, or after what it is part of; None if nobody does."""
    whole = root(session, record)
    field = None if whole is None else OWNERS.get(type(whole))
    return None if field is None else getattr(whole, field)


def _to_colleague(session: Session, actor: Actor, user_id: int | None) -> Relation:
    if user_id == actor.id is not None:
        return Relation.OWN
    colleague = session.get(User, user_id)
    is_team = colleague is not None and colleague.team_id == actor.team_id
    return Relation.TEAM if is_team else Relation.SERVICE


def in_relation(table: type[Table], actor: Actor, relation: Relation) -> sa.ColumnElement[bool]:
    """In SQL what `of_record` says of the rows of a table."""
    if table.__name__ in BELONGING:
        link, whole = BELONGING[table.__name__]
        kind: Any = whole
        wanted = sa.select(kind.id).where(in_relation(whole, actor, relation))
        return col(getattr(table, link)).in_(wanted)
    if not (issubclass(table, Record) and table in OWNERS):
        return sa.literal(relation is Relation.SERVICE)
    return _looked_after(table, actor)[relation]


def _looked_after(table: type[Record], actor: Actor) -> dict[Relation, sa.ColumnElement[bool]]:
    owner = col(getattr(table, OWNERS[table]))
    own = sa.false() if actor.id is None else sa.func.coalesce(owner == actor.id, sa.false())
    covered = col(table.id).in_(_covered(actor, table))
    mates = sa.select(col(User.id)).where(col(User.team_id).is_not_distinct_from(actor.team_id))
    of_team = sa.or_(owner.is_(None), owner.in_(mates))
    return {
        Relation.OWN: own,
        Relation.CASELOAD: sa.and_(~own, covered),
        Relation.TEAM: sa.and_(~own, ~covered, of_team),
        Relation.SERVICE: sa.and_(~own, ~covered, ~of_team),
    }


def _is_covering(session: Session, actor: Actor, record: Record) -> bool:
    covered = _covered(actor, type(record)).where(col(Cover.record_id) == record.id)
    return session.connection().execute(covered.limit(1)).first() is not None


def _covered(actor: Actor, table: type[Record]) -> sa.Select[Any]:
    """The ids of the records of a table that somebody has in their caseload today."""
    return sa.select(col(Cover.record_id)).where(
        col(Cover.user_id) == actor.id,
        col(Cover.record_kind) == table.__name__,
        col(Cover.until) >= _today(),
        col(Cover.archived_at).is_(None),
    )


def _today() -> date:
    return datetime.now(_LONDON).date()
