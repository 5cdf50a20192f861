"""Promises to people as a list: narrowed, counted and cut in SQL, by the one definition of how they count."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import Given, Promise, Standing
from crm.models.agreement_uses import AgreementUse
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services.access import scoped
from crm.services.listing import Listing, contains, how_many
from crm.services.promises import Count, counted, live_uses

Query = sa.Select[*tuple[Any, ...]]


class Period(StrEnum):
    """When a promise is due, seen from today."""

    LATELY = "in_the_last_90_days"
    WEEK = "in_the_next_7_days"
    MONTH = "in_the_next_30_days"
    NO_DAY = "no_day_set"


@dataclass(frozen=True, slots=True)
class PromiseFilter:
    """What a list of promises is narrowed by; None means any. Mine: of my people, or under my agreements."""

    words: str = ""
    count: str | None = None
    promise: str | None = None
    due: str | None = None
    is_mine: bool = False
    is_archived: bool = False
    agreement_id: int | None = None
    employer_id: int | None = None
    seeker_id: int | None = None
    vacancy_id: int | None = None
    session_id: int | None = None


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise as lists show it: to whom, by which employer, when, and how it counts today.

    `is_waiting`: the person wants it, and nobody has decided yet whether they are put forward.
    """

    id: int
    seeker: str
    employer: str
    promise: Promise
    vacancy: str | None
    due_on: date | None
    happens_on: date | None
    count: Count
    is_waiting: bool


def listing(
    session: Session, wanted: PromiseFilter, *, offset: int, limit: int, by: Actor, today: date
) -> Listing[PromiseRow]:
    """One page of the promises that the filter lets through, the latest due first; unanswered: the earliest.

    Raises:
        NotAllowedError: the person may not see promises, or not to whom they were made.
    """
    chosen = scoped(session, _chosen(wanted, by, today), AgreementUse, by=by, action=Action.PROMISES_READ)
    due = sa.func.coalesce(col(AgreementUse.due_on), col(AgreementUse.asked_on))
    is_to_answer = wanted.count == Count.NOT_ANSWERED
    order = (due, col(AgreementUse.id)) if is_to_answer else (due.desc(), col(AgreementUse.id).desc())
    on_page = chosen.order_by(*order).offset(offset).limit(limit)
    named = scoped(session, _with_names(on_page, today), JobSeeker, by=by, action=Action.SEEKERS_READ)
    found = session.connection().execute(named.order_by(*order))
    return Listing([_row(one) for one in found], how_many(session, chosen))


def _row(found: sa.Row[*tuple[Any, ...]]) -> PromiseRow:
    key, seeker, employer, promise, vacancy, due_on, happens_on, counts_as, standing = found
    is_waiting = standing is Standing.ASKED
    return PromiseRow(
        key, seeker, employer, promise, vacancy, due_on, happens_on, Count(counts_as), is_waiting
    )


def total(session: Session, wanted: PromiseFilter, *, by: Actor, today: date) -> int:
    """How many promises the filter lets through.

    Raises:
        NotAllowedError: the person may not see promises.
    """
    chosen = scoped(session, _chosen(wanted, by, today), AgreementUse, by=by, action=Action.PROMISES_READ)
    return how_many(session, chosen)


def _with_names(on_page: Query, today: date) -> Query:
    """Only what is on the page is joined: sorting 50,000 rows with their names took five times as long."""
    columns = (
        col(AgreementUse.id),
        col(JobSeeker.preferred_name),
        col(Employer.name),
        col(AgreementUse.promise),
        col(Vacancy.title),
        col(AgreementUse.due_on),
        col(AgreementUse.happens_on),
        counted(today),
        col(AgreementUse.standing),
    )
    return (
        sa.select(*columns)
        .select_from(AgreementUse)
        .where(col(AgreementUse.id).in_(on_page))
        .join(JobSeeker, col(JobSeeker.id) == col(AgreementUse.seeker_id))
        .join(Employer, col(Employer.id) == col(AgreementUse.employer_id))
        .join(Vacancy, col(Vacancy.id) == col(AgreementUse.vacancy_id), isouter=True)
    )


def _chosen(wanted: PromiseFilter, by: Actor, today: date) -> Query:
    is_there = sa.not_(live_uses()) if wanted.is_archived else live_uses()
    query: Query = sa.select(col(AgreementUse.id)).where(is_there)
    for name in ("promise", "agreement_id", "employer_id", "seeker_id", "vacancy_id", "session_id"):
        value = getattr(wanted, name)
        if value is not None:
            query = query.where(col(getattr(AgreementUse, name)) == value)
    if wanted.count:
        query = query.where(counted(today) == wanted.count)
    if wanted.count == Count.NOT_ANSWERED:
        query = query.where(col(AgreementUse.given) == Given.NOT_YET, col(AgreementUse.due_on) < today)
    if wanted.due:
        query = query.where(_is_due(wanted.due, today))
    if wanted.words.strip():
        query = query.where(_named(wanted.words))
    return query.where(_is_mine(by)) if wanted.is_mine else query


def _is_due(period: str, today: date) -> sa.ColumnElement[bool]:
    due = col(AgreementUse.due_on)
    if period == Period.NO_DAY:
        return due.is_(None)
    if period == Period.LATELY:
        return due.between(today - timedelta(days=90), today - timedelta(days=1))
    return due.between(today, today + timedelta(days=7 if period == Period.WEEK else 30))


def _named(words: str) -> sa.ColumnElement[bool]:
    people = sa.select(col(JobSeeker.id)).where(contains(JobSeeker.name_key, words))
    employers = sa.select(col(Employer.id)).where(contains(Employer.name_key, words))
    return sa.or_(col(AgreementUse.seeker_id).in_(people), col(AgreementUse.employer_id).in_(employers))


def _is_mine(by: Actor) -> sa.ColumnElement[bool]:
    people = sa.select(col(JobSeeker.id)).where(col(JobSeeker.coach_id) == by.id)
    agreements = sa.select(col(Agreement.id)).where(col(Agreement.owner_id) == by.id)
    return sa.or_(col(AgreementUse.seeker_id).in_(people), col(AgreementUse.agreement_id).in_(agreements))
