"""Vacancies that the night suggested: shown to the coach of the person, and ended in one of four ways."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.employers import Employer
from crm.models.matches import MatchDecision, MatchSuggestion, SuggestionEnd
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, scoped
from crm.services.listing import Listing, how_many
from crm.services.seeker_inputs import is_live


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """One suggestion as the coach reads it."""

    id: int
    seeker_id: int
    seeker: str
    vacancy_id: int
    vacancy: str
    employer: str
    reason: str
    suggested_on: date


@dataclass(frozen=True, slots=True)
class SuggestionCounts:
    """How many suggestions stand, for how many people, and for how many of these nobody is the coach."""

    standing: int
    people: int
    without_coach: int


def of_coach(session: Session, *, limit: int, by: Actor) -> Listing[SuggestionRow]:
    """The suggestions that stand for the people of whoever asks: everybody's first before anybody's second.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    row = MatchSuggestion
    turn = sa.func.row_number().over(partition_by=col(row.seeker_id), order_by=col(row.id))
    query = (
        sa.select(
            col(row.id),
            col(row.seeker_id),
            col(JobSeeker.preferred_name),
            col(row.vacancy_id),
            col(Vacancy.title),
            col(Employer.name),
            col(row.reason),
            col(row.suggested_on),
        )
        .join(JobSeeker, col(JobSeeker.id) == col(row.seeker_id))
        .join(Vacancy, col(Vacancy.id) == col(row.vacancy_id))
        .join(Employer, col(Employer.id) == col(Vacancy.employer_id))
        .where(_stands(), col(JobSeeker.coach_id) == by.id)
    )
    query = scoped(session, query, MatchSuggestion, by=by, action=Action.MATCHES_READ)
    waits = col(JobSeeker.referred_on)
    page = query.order_by(turn, waits.is_(None), waits, col(row.id)).limit(limit)
    found = [SuggestionRow(*each) for each in session.connection().execute(page)]
    return Listing(found, how_many(session, query))


def counts(session: Session, *, by: Actor) -> SuggestionCounts:
    """How many suggestions stand in the whole service; nobody is named.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    row = MatchSuggestion
    nobodys = sa.case((col(JobSeeker.coach_id).is_(None), col(row.seeker_id)))
    people = (sa.func.count(sa.distinct(one)) for one in (col(row.seeker_id), nobodys))
    query = (
        sa.select(sa.func.count(), *people)
        .select_from(row)
        .join(JobSeeker, col(JobSeeker.id) == col(row.seeker_id))
        .join(Vacancy, col(Vacancy.id) == col(row.vacancy_id))
        .where(_stands())
    )
    query = scoped(session, query, MatchSuggestion, by=by, action=Action.MATCHES_READ)
    return SuggestionCounts(*session.connection().execute(query).one())


def _stands() -> sa.ColumnElement[bool]:
    """Does it stand? What is over by its facts does not, though the night has yet to write that down."""
    return sa.and_(col(MatchSuggestion.ended_on).is_(None), ~_is_over(), ~_is_decided())


def _is_over() -> sa.ColumnElement[bool]:
    is_open = sa.and_(col(Vacancy.archived_at).is_(None), col(Vacancy.status).in_(OPEN_STATUSES))
    return ~sa.and_(is_open, is_live())


def _is_decided() -> sa.ColumnElement[bool]:
    same = (
        col(MatchDecision.seeker_id) == col(MatchSuggestion.seeker_id),
        col(MatchDecision.vacancy_id) == col(MatchSuggestion.vacancy_id),
    )
    return sa.select(col(MatchDecision.id)).where(*same).exists()


def looked_at(session: Session, suggestion_id: int, *, by: Actor, today: date) -> MatchSuggestion:
    """Say that a suggestion was looked at, so that it stands no longer on the first page.

    Raises:
        NotAllowedError: the person may not decide about this job seeker.
        NotFoundError: there is no such suggestion.
    """
    row = _to_change(session, suggestion_id, by)
    return _end(session, row, SuggestionEnd.LOOKED_AT, by=by, today=today) if row.ended_on is None else row


def stand_again(session: Session, suggestion_id: int, *, by: Actor) -> MatchSuggestion:
    """Take back how a suggestion ended.

    Raises:
        NotAllowedError: the person may not decide about this job seeker.
        NotFoundError: there is no such suggestion.
    """
    row = _to_change(session, suggestion_id, by)
    back = {"ended_on": None, "ended_by": None, "ended_how": None}
    return records.change(session, row, back, version=row.version)


def end_of_pair(
    session: Session, vacancy_id: int, seeker_id: int, how: SuggestionEnd, *, by: Actor, today: date
) -> int | None:
    """End the suggestion of this vacancy to this person if it stands; gives its id. Who asks may decide."""
    wanted = MatchSuggestion.vacancy_id == vacancy_id, MatchSuggestion.seeker_id == seeker_id
    found = select(MatchSuggestion).where(*wanted, col(MatchSuggestion.ended_on).is_(None))
    row = session.exec(found.with_for_update()).first()
    return None if row is None else _end(session, row, how, by=by, today=today).key


def end_over(session: Session, *, by: Actor, today: date) -> int:
    """End what is over by its facts: closed, decided on, or the person looks for work no more.

    Raises:
        NotAllowedError: the person may not run matching.
    """
    ensure(session, by, Action.MATCHES_RUN)
    query = (
        select(MatchSuggestion, _is_decided())
        .join(JobSeeker, col(JobSeeker.id) == col(MatchSuggestion.seeker_id))
        .join(Vacancy, col(Vacancy.id) == col(MatchSuggestion.vacancy_id))
        .where(col(MatchSuggestion.ended_on).is_(None), sa.or_(_is_over(), _is_decided()))
        .order_by(col(MatchSuggestion.id))
    )
    found = session.exec(query).all()
    for row, is_decided in found:
        how = SuggestionEnd.DECIDED if is_decided else SuggestionEnd.OVER
        _end(session, row, how, by=by, today=today)
    return len(found)


def _to_change(session: Session, suggestion_id: int, by: Actor) -> MatchSuggestion:
    row = records.fetch_to_change(session, MatchSuggestion, suggestion_id, called="suggestion")
    seeker = records.fetch(session, JobSeeker, row.seeker_id, called="job seeker")
    ensure(session, by, Action.MATCHES_DECIDE, seeker)
    return row


def _end(
    session: Session, row: MatchSuggestion, how: SuggestionEnd, *, by: Actor, today: date
) -> MatchSuggestion:
    values = {"ended_on": today, "ended_by": by.id, "ended_how": how}
    return records.change(session, row, values, version=row.version)
