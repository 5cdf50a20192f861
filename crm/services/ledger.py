"""Nobody is turned away unseen: who waits longest, what was put off, and whose referral is left open."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.base import Known
from crm.models.matches import Decision, MatchDecision
from crm.models.seekers import LOOKING, JobSeeker, SeekerStatus
from crm.models.tasks import Task, TaskStatus
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services.access import ensure, scoped
from crm.services.listing import Listing, how_many
from crm.services.seekers import days_waiting
from crm.services.waiting import standing_not_yets

DUE_AHEAD = timedelta(days=14)
"""“Not yet” decisions are shown so many days before their date."""

Query = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Whose people are meant, None for everybody’s; and whether only those who were never shortlisted."""

    coach_id: int | None = None
    is_never: bool = False


@dataclass(frozen=True, slots=True)
class WaitRow:
    """Somebody who looks for work; `days` without a shortlist is None where the referral has no date."""

    id: int
    name: str
    coach: str | None
    status: SeekerStatus
    last_shortlisted_on: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class NotYetRow:
    """A “not yet” that still stands: why, what would change it, who sees to it, and by when."""

    seeker_id: int
    seeker: str
    vacancy_id: int
    vacancy: str
    employer: str
    reason: str
    measure: str
    owner: str | None
    due_on: date


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of whom something is not said yet."""

    id: int
    name: str
    coach: str | None
    status: SeekerStatus
    referred_on: date | None


def is_looking() -> sa.ColumnElement[bool]:
    """In SQL: who looks for work, and who works and wants more hours or a next step."""
    status = col(JobSeeker.status)
    wants_more = sa.and_(status == SeekerStatus.IN_WORK, col(JobSeeker.wants_more) == Known.YES)
    return sa.and_(col(JobSeeker.archived_at).is_(None), sa.or_(status.in_(LOOKING), wants_more))


def longest_without(
    session: Session, wanted: LedgerFilter, *, offset: int, limit: int, by: Actor, today: date
) -> Listing[WaitRow]:
    """Everybody who looks for work, those who are longest without a shortlist first.

    Counted from the last shortlist, or from the referral where there was none. No referral date comes last:
    it is not known to be long.

    Raises:
        NotAllowedError: the person may not see job seekers and matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    shortlists = (
        sa.select(col(MatchDecision.seeker_id), sa.func.max(col(MatchDecision.decided_on)).label("last"))
        .where(col(MatchDecision.decision) == Decision.SHORTLIST)
        .group_by(col(MatchDecision.seeker_id))
        .subquery()
    )
    last = shortlists.c.last
    since = sa.func.coalesce(last, col(JobSeeker.referred_on))
    query = _people(wanted).join(shortlists, shortlists.c.seeker_id == col(JobSeeker.id), isouter=True)
    query = query.where(is_looking()).with_only_columns(*_WHO, last, since)
    if wanted.is_never:
        query = query.where(last.is_(None))
    query = scoped(session, query, JobSeeker, by=by, action=Action.SEEKERS_READ)
    page = query.order_by(since.is_(None), since, *_BY_NAME).offset(offset).limit(limit)
    found: Any = session.connection().execute(page)
    rows = [WaitRow(*row[:-1], days=days_waiting(row[-1], today)) for row in found]
    return Listing(rows, how_many(session, query))


def not_yets(
    session: Session, wanted: LedgerFilter, *, offset: int, limit: int, by: Actor, today: date
) -> Listing[NotYetRow]:
    """“Not yet” decisions that still stand, past their date or due within 14 days, the earliest date first.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    query = standing_not_yets().where(col(MatchDecision.due_on) <= today + DUE_AHEAD)
    if wanted.coach_id is not None:
        query = query.where(col(JobSeeker.coach_id) == wanted.coach_id)
    owner = sa.select(col(User.name)).where(col(User.id) == col(MatchDecision.owner_id)).scalar_subquery()
    *about, measure, due_on = query.selected_columns
    query = query.with_only_columns(
        *about, sa.func.coalesce(col(MatchDecision.reason), ""), measure, owner, due_on
    )
    query = scoped(session, query, MatchDecision, by=by, action=Action.MATCHES_READ)
    order = (col(MatchDecision.due_on), col(MatchDecision.id))
    page = query.order_by(*order).offset(offset).limit(limit)
    rows = [NotYetRow(*row) for row in session.connection().execute(page)]
    return Listing(rows, how_many(session, query))


def open_ends(
    session: Session, wanted: LedgerFilter, *, offset: int, limit: int, by: Actor, today: date
) -> Listing[PersonRow]:
    """People who have left without anybody saying how their referral ended, by name.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    query = _people(wanted).where(
        col(JobSeeker.archived_at).is_(None),
        col(JobSeeker.status) == SeekerStatus.EXITED,
        col(JobSeeker.referral_end).is_(None),
    )
    query = scoped(session, query, JobSeeker, by=by, action=Action.SEEKERS_READ)
    return _listed(session, query.order_by(*_BY_NAME), offset, limit)


def without_next_step(
    session: Session, wanted: LedgerFilter, *, offset: int, limit: int, by: Actor, today: date
) -> Listing[PersonRow]:
    """People who look for work with no open task about them and no “not yet” ahead, the longest wait first.

    Raises:
        NotAllowedError: the person may not see job seekers, tasks and matches.
    """
    ensure(session, by, Action.TASKS_READ)
    ensure(session, by, Action.MATCHES_READ)
    task = sa.select(col(Task.id)).where(
        col(Task.seeker_id) == col(JobSeeker.id),
        col(Task.status) == TaskStatus.OPEN,
        col(Task.archived_at).is_(None),
    )
    ahead = standing_not_yets().where(col(MatchDecision.due_on) >= today)
    looked_after = sa.select(ahead.with_only_columns(col(MatchDecision.seeker_id)).subquery().c.seeker_id)
    query = _people(wanted).where(is_looking(), ~task.exists(), col(JobSeeker.id).not_in(looked_after))
    referred = col(JobSeeker.referred_on)
    query = scoped(session, query, JobSeeker, by=by, action=Action.SEEKERS_READ)
    return _listed(session, query.order_by(referred.is_(None), referred, *_BY_NAME), offset, limit)


_WHO = (col(JobSeeker.id), col(JobSeeker.preferred_name), col(User.name), col(JobSeeker.status))
_BY_NAME = (col(JobSeeker.name_key), col(JobSeeker.id))


def _people(wanted: LedgerFilter) -> Query:
    query: Query = sa.select(*_WHO, col(JobSeeker.referred_on)).select_from(JobSeeker)
    query = query.join(User, col(User.id) == col(JobSeeker.coach_id), isouter=True)
    if wanted.coach_id is not None:
        query = query.where(col(JobSeeker.coach_id) == wanted.coach_id)
    return query


def _listed(session: Session, query: Query, offset: int, limit: int) -> Listing[PersonRow]:
    found = session.connection().execute(query.offset(offset).limit(limit))
    return Listing([PersonRow(*row) for row in found], how_many(session, query))
