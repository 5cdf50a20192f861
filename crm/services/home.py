"""What the first page counts and lists: a few figures, the agreements to act on, what changed last."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.config import settings
from crm.models.agreement_choices import AgreementStage
from crm.models.agreements import Agreement
from crm.models.audit import AuditEntry
from crm.models.employers import Employer, RelationshipStage
from crm.models.seekers import JobSeeker
from crm.models.users import Actor, User
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action, Role
from crm.services import agreements
from crm.services.access import ensure, scoped
from crm.services.agreement_stages import IN_FORCE
from crm.services.agreements import AgreementRow
from crm.services.listing import Listing, how_many
from crm.services.waiting import LOOKING

_NOBODY_ASKED = (RelationshipStage.IDENTIFIED, RelationshipStage.DORMANT, RelationshipStage.DO_NOT_CONTACT)
"""The stages in which an employer needs no account owner."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the service has today, archived records left out."""

    employers: int
    agreements_in_force: int
    agreements_expiring: int
    vacancies_open: int
    seekers_looking: int


@dataclass(frozen=True, slots=True)
class UnownedRow:
    """An employer in contact that nobody looks after."""

    id: int
    name: str
    stage: RelationshipStage


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the trail: who did what to which record, and which fields; never their values."""

    at: datetime
    by: str
    action: str
    record_kind: str
    record_id: int
    fields: str


def figures(session: Session, *, by: Actor, today: date) -> Figures:
    """The counts of the first page, in one query.

    Raises:
        NotAllowedError: the person may not see employers, agreements, vacancies and job seekers.
    """
    in_force = sa.and_(
        col(Agreement.stage).in_(IN_FORCE),
        sa.or_(col(Agreement.ends_on).is_(None), col(Agreement.ends_on) >= today),
    )
    counted: list[tuple[Any, Action, sa.ColumnElement[bool]]] = [
        (Employer, Action.EMPLOYERS_READ, sa.true()),
        (Agreement, Action.AGREEMENTS_READ, in_force),
        (Agreement, Action.AGREEMENTS_READ, agreements.expiring(today)),
        (Vacancy, Action.VACANCIES_READ, col(Vacancy.status).in_(OPEN_STATUSES)),
        (JobSeeker, Action.SEEKERS_READ, col(JobSeeker.status).in_(LOOKING)),
    ]
    counts = [_count(session, *what, by=by) for what in counted]
    return Figures(*session.connection().execute(sa.select(*counts)).one())


def _count(
    session: Session, table: Any, action: Action, wanted: sa.ColumnElement[bool], *, by: Actor
) -> sa.ScalarSelect[int]:
    query = sa.select(sa.func.count()).select_from(table).where(col(table.archived_at).is_(None), wanted)
    return scoped(session, query, table, by=by, action=action).scalar_subquery()


def without_owner(session: Session, *, limit: int, by: Actor) -> Listing[UnownedRow]:
    """Employers that the service is in contact with and that have no account owner, by name.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    query = sa.select(col(Employer.id), col(Employer.name), col(Employer.stage)).where(
        col(Employer.archived_at).is_(None),
        col(Employer.owner_id).is_(None),
        col(Employer.stage).not_in(_NOBODY_ASKED),
    )
    query = scoped(session, query, Employer, by=by, action=Action.EMPLOYERS_READ)
    total = how_many(session, query)
    if not total:  # By name, the database would look at every employer to find none.
        return Listing([], 0)
    page = query.order_by(col(Employer.name_key), col(Employer.id)).limit(limit)
    return Listing([UnownedRow(*row) for row in session.connection().execute(page)], total)


def agreements_to_act_on(session: Session, *, limit: int, by: Actor, today: date) -> Listing[AgreementRow]:
    """Agreements that end within 90 days or are in review, those that end first at the top.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    in_review = sa.and_(
        col(Agreement.stage) == AgreementStage.IN_REVIEW,
        sa.or_(col(Agreement.ends_on).is_(None), col(Agreement.ends_on) >= today),
    )
    wanted = agreements.live().where(sa.or_(agreements.expiring(today), in_review))
    chosen = scoped(session, wanted, Agreement, by=by, action=Action.AGREEMENTS_READ)
    ends = col(Agreement.ends_on)
    page = chosen.order_by(ends.is_(None), ends, col(Agreement.id)).limit(limit)
    return Listing(agreements.rows_of(session, page, today=today), how_many(session, chosen))


def recent_changes(session: Session, *, limit: int, by: Actor) -> list[Change]:
    """The latest lines of the audit trail.

    Raises:
        NotAllowedError: the person may not read the trail.
    """
    ensure(session, by, Action.AUDIT_READ)
    query = sa.select(
        col(AuditEntry.at),
        col(AuditEntry.actor_name),
        col(AuditEntry.action),
        col(AuditEntry.record_kind),
        col(AuditEntry.record_id),
        col(AuditEntry.fields),
    )
    page = query.order_by(col(AuditEntry.id).desc()).limit(limit)
    return [Change(*row) for row in session.connection().execute(page)]


def colleagues_by_role(session: Session, *, by: Actor) -> dict[Role, int]:
    """How many colleagues who are not shut out have each role.

    Raises:
        NotAllowedError: the person may not see who works here.
    """
    ensure(session, by, Action.USERS_READ)
    query = sa.select(col(User.role_names)).where(
        col(User.disabled_at).is_(None), col(User.archived_at).is_(None)
    )
    named = [names.split(",") for names in session.connection().execute(query).scalars()]
    return {role: sum(role.value in names for names in named) for role in Role}


def where_records_lie(session: Session, *, by: Actor) -> str:
    """The address of the database, its password left out.

    Raises:
        NotAllowedError: the person does not look after the service.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    address = sa.make_url(settings().database_url)
    return address.database or "" if address.drivername == "sqlite" else address.render_as_string()
