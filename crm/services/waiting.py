"""People who wait: without a shortlist, with a “not yet” past its date, with a pause to look at again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from crm.models.employers import Employer
from crm.models.matches import Decision, MatchDecision
from crm.models.seekers import LOOKING, JobSeeker, SeekerStatus
from crm.models.users import Actor, User
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services.access import scoped
from crm.services.listing import Listing, how_many
from crm.services.seekers import days_waiting


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Somebody without a shortlist; `days_waiting` is None when the referral has no date."""

    id: int
    name: str
    coach: str | None
    days_waiting: int | None


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """A “not yet” whose date is over, with the measure that was to change it."""

    seeker_id: int
    seeker: str
    vacancy_id: int
    vacancy: str
    employer: str
    measure: str
    due_on: date


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A pause that has to be looked at again by its date."""

    id: int
    name: str
    reason: str
    review_on: date


def without_shortlist(
    session: Session, *, coach_id: int | None, limit: int, by: Actor, today: date
) -> Listing[WaitingRow]:
    """People looking for work whom nobody has shortlisted yet, the longest wait first.

    `coach_id` narrows to the people of one coach. No referral date comes last: it is not known to be long.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    shortlisted = sa.select(col(MatchDecision.id)).where(
        col(MatchDecision.seeker_id) == col(JobSeeker.id),
        col(MatchDecision.decision) == Decision.SHORTLIST,
    )
    query = (
        sa.select(
            col(JobSeeker.id), col(JobSeeker.preferred_name), col(User.name), col(JobSeeker.referred_on)
        )
        .join(User, col(User.id) == col(JobSeeker.coach_id), isouter=True)
        .where(
            col(JobSeeker.archived_at).is_(None),
            col(JobSeeker.status).in_(LOOKING),
            ~shortlisted.exists(),
        )
    )
    query = scoped(session, _of_coach(query, coach_id), JobSeeker, by=by, action=Action.SEEKERS_READ)
    referred = col(JobSeeker.referred_on)
    page = query.order_by(referred.is_(None), referred, col(JobSeeker.name_key)).limit(limit)
    rows = [
        WaitingRow(key, name, coach, days_waiting(since, today))
        for key, name, coach, since in session.connection().execute(page)
    ]
    return Listing(rows, how_many(session, query))


def not_yet_overdue(
    session: Session, *, owner_id: int | None, limit: int, by: Actor, today: date
) -> Listing[OverdueRow]:
    """“Not yet” decisions that still stand, for open vacancies, past their date; the oldest date first.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    query = standing_not_yets().where(col(MatchDecision.due_on) < today)
    if owner_id is not None:
        query = query.where(col(MatchDecision.owner_id) == owner_id)
    query = scoped(session, query, MatchDecision, by=by, action=Action.MATCHES_READ)
    page = query.order_by(col(MatchDecision.due_on), col(MatchDecision.id)).limit(limit)
    rows = [OverdueRow(*row) for row in session.connection().execute(page)]
    return Listing(rows, how_many(session, query))


def standing_not_yets() -> sa.Select[*tuple[Any, ...]]:
    """“Not yet” decisions about open vacancies that nothing later replaced; lists ask who may see them."""
    newer = aliased(MatchDecision)
    replaced = sa.select(col(newer.id)).where(
        col(newer.vacancy_id) == col(MatchDecision.vacancy_id),
        col(newer.seeker_id) == col(MatchDecision.seeker_id),
        col(newer.id) > col(MatchDecision.id),
    )
    return (
        sa.select(
            col(JobSeeker.id),
            col(JobSeeker.preferred_name),
            col(Vacancy.id),
            col(Vacancy.title),
            col(Employer.name),
            sa.func.coalesce(col(MatchDecision.measure), ""),
            col(MatchDecision.due_on),
        )
        .join(JobSeeker, col(JobSeeker.id) == col(MatchDecision.seeker_id))
        .join(Vacancy, col(Vacancy.id) == col(MatchDecision.vacancy_id))
        .join(Employer, col(Employer.id) == col(Vacancy.employer_id))
        .where(
            col(MatchDecision.decision) == Decision.NOT_YET,
            col(Vacancy.status).in_(OPEN_STATUSES),
            col(JobSeeker.archived_at).is_(None),
            ~replaced.exists(),
        )
    )


def pauses_to_review(
    session: Session, *, coach_id: int | None, until: date, limit: int, by: Actor
) -> Listing[PauseRow]:
    """Pauses whose review date has come or comes by `until`, the earliest first.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    review = col(JobSeeker.pause_review_on)
    query = sa.select(
        col(JobSeeker.id),
        col(JobSeeker.preferred_name),
        sa.func.coalesce(col(JobSeeker.pause_reason), ""),
        review,
    ).where(
        col(JobSeeker.archived_at).is_(None),
        col(JobSeeker.status) == SeekerStatus.PAUSED,
        review <= until,
    )
    query = scoped(session, _of_coach(query, coach_id), JobSeeker, by=by, action=Action.SEEKERS_READ)
    page = query.order_by(review, col(JobSeeker.name_key)).limit(limit)
    rows = [PauseRow(*row) for row in session.connection().execute(page)]
    return Listing(rows, how_many(session, query))


def _of_coach(query: sa.Select[*tuple[Any, ...]], coach_id: int | None) -> sa.Select[*tuple[Any, ...]]:
    return query if coach_id is None else query.where(col(JobSeeker.coach_id) == coach_id)
