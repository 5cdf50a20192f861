"""Who has whom: the people that a colleague coaches, and the employers and agreements they own."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import AgreementKind
from crm.models.agreements import Agreement
from crm.models.base import Record
from crm.models.caseloads import CaseloadKind
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor, Team, User
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, scoped
from crm.services.listing import Listing, contains, how_many, in_all


@dataclass(frozen=True, slots=True)
class Holding:
    """Where it is said who has records of a kind, and what one must be allowed to be given them."""

    table: type[Record]
    field: str
    action: Action

    @property
    def holder(self) -> Any:
        """The column that holds whose a record is."""
        return getattr(self.table, self.field)


HOLDINGS = {
    CaseloadKind.SEEKERS: Holding(JobSeeker, "coach_id", Action.SEEKERS_RECORD),
    CaseloadKind.EMPLOYERS: Holding(Employer, "owner_id", Action.EMPLOYERS_RECORD),
    CaseloadKind.AGREEMENTS: Holding(Agreement, "owner_id", Action.AGREEMENTS_RECORD),
}


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """One colleague and how much they have, archived records left out."""

    id: int
    name: str
    team: str | None
    is_shut_out: bool
    seekers: int
    employers: int
    agreements: int


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """One record of a caseload: a name and no more, as whoever hands over may see no cases."""

    id: int
    name: str
    agreement_kind: AgreementKind | None = None


def listing(session: Session, words: str, *, offset: int, limit: int, by: Actor) -> Listing[CaseloadRow]:
    """One page of the colleagues with what each has, those first who are shut out and still have something.

    Raises:
        NotAllowedError: the person may not see who has whom.
    """
    counts = [_count_of(kind) for kind in CaseloadKind]
    is_out = col(User.disabled_at).is_not(None)
    left_behind = sa.and_(is_out, sa.or_(*(count > 0 for count in counts)))
    query = (
        sa.select(col(User.id), col(User.name), col(Team.name), is_out, *counts)
        .join(Team, col(Team.id) == col(User.team_id), isouter=True)
        .where(col(User.archived_at).is_(None))
    )
    if words.strip():
        query = query.where(contains(sa.func.lower(col(User.name)), words))
    query = scoped(session, query, User, by=by, action=Action.CASELOADS_READ)
    order = (sa.case((left_behind, 0), else_=1), is_out, sa.func.lower(col(User.name)), col(User.id))
    found: Any = session.connection().execute(query.order_by(*order).offset(offset).limit(limit))
    rows = [CaseloadRow(*row) for row in found]
    return Listing(rows, in_all(session, query, offset=offset, shown=len(rows), limit=limit))


def _count_of(kind: CaseloadKind) -> sa.ScalarSelect[int]:
    held = HOLDINGS[kind]
    live = col(held.table.archived_at).is_(None)
    return (
        sa.select(sa.func.count(col(held.table.id)))
        .where(held.holder == col(User.id), live)
        .scalar_subquery()
    )


def sizes(session: Session, user_id: int, *, by: Actor) -> dict[CaseloadKind, int]:
    """How much a colleague has of each kind, archived records left out.

    Raises:
        NotAllowedError: the person may not see who has whom.
    """
    ensure(session, by, Action.CASELOADS_READ)
    counts = (_count_of(kind) for kind in CaseloadKind)
    found = session.connection().execute(sa.select(*counts).select_from(User).where(col(User.id) == user_id))
    return dict(zip(CaseloadKind, next(iter(found), (0, 0, 0)), strict=True))


def colleague(session: Session, user_id: int, *, by: Actor) -> User:
    """The colleague whose caseload is looked at.

    Raises:
        NotAllowedError: the person may not see who has whom.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.CASELOADS_READ)
    return records.fetch(session, User, user_id, called="colleague")


def held(
    session: Session, user_id: int, kind: CaseloadKind, *, offset: int, limit: int, by: Actor
) -> Listing[HeldRecord]:
    """One page of what a colleague has of a kind, by name.

    Raises:
        NotAllowedError: the person may not see who has whom.
    """
    query = _named(kind).where(HOLDINGS[kind].holder == user_id, _live(kind))
    query = scoped(session, query, HOLDINGS[kind].table, by=by, action=Action.CASELOADS_READ)
    found: Any = session.connection().execute(query.offset(offset).limit(limit))
    return Listing([HeldRecord(*row) for row in found], how_many(session, query))


def held_ids(session: Session, user_id: int, kind: CaseloadKind, *, by: Actor) -> list[int]:
    """The ids of all that a colleague has of a kind.

    Raises:
        NotAllowedError: the person may not see who has whom.
    """
    ensure(session, by, Action.CASELOADS_READ)
    table = HOLDINGS[kind].table
    query = (
        sa.select(col(table.id)).where(HOLDINGS[kind].holder == user_id, _live(kind)).order_by(col(table.id))
    )
    return [key for key in session.connection().execute(query).scalars() if key is not None]


def named(session: Session, kind: CaseloadKind, ids: list[int], *, by: Actor) -> list[HeldRecord]:
    """Some records by name; no more ids at once than a page or a message holds.

    Raises:
        NotAllowedError: the person may not see who has whom.
    """
    ensure(session, by, Action.CASELOADS_READ)
    found: Any = session.connection().execute(_named(kind).where(col(HOLDINGS[kind].table.id).in_(ids)))
    return [HeldRecord(*row) for row in found]


def _live(kind: CaseloadKind) -> sa.ColumnElement[bool]:
    return col(HOLDINGS[kind].table.archived_at).is_(None)


def _named(kind: CaseloadKind) -> Any:
    """Ids and names of records of a kind, by name; an agreement is called after its employer."""
    if kind is CaseloadKind.SEEKERS:
        people = sa.select(col(JobSeeker.id), col(JobSeeker.preferred_name))
        return people.order_by(col(JobSeeker.name_key), col(JobSeeker.id))
    if kind is CaseloadKind.EMPLOYERS:
        return sa.select(col(Employer.id), col(Employer.name)).order_by(
            col(Employer.name_key), col(Employer.id)
        )
    return (
        sa.select(col(Agreement.id), col(Employer.name), col(Agreement.kind))
        .join(Employer, col(Employer.id) == col(Agreement.employer_id))
        .order_by(col(Employer.name_key), col(Agreement.id))
    )
