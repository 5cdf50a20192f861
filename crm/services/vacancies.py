"""Vacancies: found, listed, recorded, changed, archived."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreements import Agreement
from crm.models.base import folded
from crm.models.employers import Employer, EmployerSite
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy, VacancyInput
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, scoped
from crm.services.agreement_reach import covering
from crm.services.archiving import reason_given
from crm.services.belonging import ensure_of_employer, live_employer, of_employer
from crm.services.listing import Listing, contains, how_many

CLOSING_SOON_DAYS = 14
"""A vacancy closes soon when it closes within this many days, today included."""


@dataclass(frozen=True, slots=True)
class VacancyFilter:
    """What a list of vacancies is narrowed by; None means any."""

    words: str = ""
    status: str | None = None
    kind: str | None = None
    employer_id: int | None = None
    is_closing_soon: bool = False
    is_open: bool = False
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """One vacancy as lists show it; hours are a week, pay is £ an hour."""

    id: int
    title: str
    employer_id: int
    employer: str
    status: str
    kind: str
    hours_min: float | None
    hours_max: float | None
    pay_hourly: float | None
    place: str | None
    closes_on: date | None


def find(session: Session, vacancy_id: int, *, by: Actor) -> Vacancy:
    """One vacancy, archived ones too.

    Raises:
        NotAllowedError: the person may not see vacancies.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.VACANCIES_READ)
    return records.fetch(session, Vacancy, vacancy_id, called="vacancy")


def listing(
    session: Session, wanted: VacancyFilter, *, offset: int, limit: int, by: Actor, today: date
) -> Listing[VacancyRow]:
    """One page of the vacancies that the filter lets through: those that close soonest first.

    Those without a closing date follow, then those that closed; within a day by title.

    Raises:
        NotAllowedError: the person may not see vacancies.
    """
    chosen = scoped(session, _chosen(wanted, today), Vacancy, by=by, action=Action.VACANCIES_READ)
    page = chosen.order_by(*_soonest_first(today)).offset(offset).limit(limit).subquery()
    query = (
        sa.select(
            col(Vacancy.id),
            col(Vacancy.title),
            col(Vacancy.employer_id),
            col(Employer.name),
            col(Vacancy.status),
            col(Vacancy.kind),
            col(Vacancy.hours_min),
            col(Vacancy.hours_max),
            col(Vacancy.pay_hourly),
            col(Vacancy.place),
            col(Vacancy.closes_on),
        )
        .join(page, page.c.id == col(Vacancy.id))
        .join(Employer, col(Employer.id) == col(Vacancy.employer_id))
        .order_by(*_soonest_first(today))
    )
    rows = session.connection().execute(query).all()
    return Listing([VacancyRow(*row) for row in rows], how_many(session, chosen))


def _chosen(wanted: VacancyFilter, today: date) -> sa.Select[Any]:
    archived = col(Vacancy.archived_at)
    query = sa.select(col(Vacancy.id)).where(
        archived.is_not(None) if wanted.is_archived else archived.is_(None)
    )
    if wanted.words.strip():
        employers = sa.select(col(Employer.id)).where(contains(Employer.name_key, wanted.words))
        query = query.where(
            sa.or_(contains(Vacancy.title_key, wanted.words), col(Vacancy.employer_id).in_(employers))
        )
    if wanted.status:
        query = query.where(col(Vacancy.status) == wanted.status)
    if wanted.kind:
        query = query.where(col(Vacancy.kind) == wanted.kind)
    if wanted.employer_id is not None:
        query = query.where(col(Vacancy.employer_id) == wanted.employer_id)
    if wanted.is_open:
        query = query.where(col(Vacancy.status).in_(OPEN_STATUSES))
    return query.where(closing_soon(today)) if wanted.is_closing_soon else query


def closing_soon(today: date) -> sa.ColumnElement[bool]:
    """In SQL, whether a vacancy is open and closes within 14 days."""
    last = today + timedelta(days=CLOSING_SOON_DAYS)
    return sa.and_(col(Vacancy.closes_on).between(today, last), col(Vacancy.status).in_(OPEN_STATUSES))


def _soonest_first(today: date) -> tuple[Any, ...]:
    closes = col(Vacancy.closes_on)
    rank = sa.case((closes.is_(None), 1), (closes < today, 2), else_=0)
    return (rank, closes, col(Vacancy.title_key), col(Vacancy.id))


def sites_and_agreements(
    session: Session, employer_id: int, *, chosen: Vacancy | None, by: Actor
) -> tuple[list[EmployerSite], list[Agreement]]:
    """What a vacancy of this employer can name; archived ones only where `chosen` names them already.

    Raises:
        NotAllowedError: the person may not see vacancies.
    """
    ensure(session, by, Action.VACANCIES_READ)
    site_id, agreement_id = (chosen.site_id, chosen.agreement_id) if chosen else (None, None)
    return (
        of_employer(session, EmployerSite, employer_id, also=site_id),
        _agreements(session, employer_id, also=agreement_id),
    )


def add(session: Session, employer_id: int, new: VacancyInput, *, by: Actor) -> Vacancy:
    """Record a vacancy of an employer.

    Raises:
        NotAllowedError: the person may not record vacancies.
        NotFoundError: the employer is unknown or archived.
        RuleBrokenError: the site is not this employer's, or the agreement does not cover it.
    """
    ensure(session, by, Action.VACANCIES_RECORD)
    live_employer(session, employer_id)
    _ensure_site(session, employer_id, new.site_id)
    _ensure_agreement(session, employer_id, new.agreement_id)
    row = Vacancy(**new.model_dump(), title_key=folded(new.title), employer_id=employer_id)
    return records.add(session, row)


def change(session: Session, vacancy_id: int, edit: VacancyInput, *, version: int, by: Actor) -> Vacancy:
    """Change what is recorded about a vacancy. A figure that is changed loses the origin of the old one.

    Raises:
        NotAllowedError: the person may not, or the vacancy is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: the site is not this employer's, or the agreement does not cover it.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, Vacancy, vacancy_id, called="vacancy")
    ensure(session, by, Action.VACANCIES_RECORD, row)
    if edit.site_id != row.site_id:
        _ensure_site(session, row.employer_id, edit.site_id)
    if edit.agreement_id != row.agreement_id:
        _ensure_agreement(session, row.employer_id, edit.agreement_id)
    values = edit.model_dump()
    if row.version == version:
        row.title_key, row.figure_sources = folded(edit.title), _still_true(row, values)
    return records.change(session, row, values, version=version)


def archive(session: Session, vacancy_id: int, *, why: str, version: int, by: Actor) -> Vacancy:
    """Put a vacancy aside, with the reason.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    row = records.fetch_to_change(session, Vacancy, vacancy_id, called="vacancy")
    ensure(session, by, Action.VACANCIES_RECORD, row)
    return records.archive(session, row, why=reason_given(why), version=version)


def bring_back(session: Session, vacancy_id: int, *, version: int, by: Actor) -> Vacancy:
    """Take a vacancy out of the archive.

    Raises:
        NotAllowedError: the person may not record vacancies.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    ensure(session, by, Action.VACANCIES_RECORD)
    row = records.fetch_to_change(session, Vacancy, vacancy_id, called="vacancy")
    ensure(session, by, Action.VACANCIES_RECORD, row, is_beneath_archive=True)
    return records.bring_back(session, row, version=version)


def _still_true(row: Vacancy, typed: dict[str, Any]) -> dict[str, Any]:
    """The origins of those figures that the typed values leave as they are."""
    return {
        name: origin
        for name, origin in row.figure_sources.items()
        if name not in typed or typed[name] == getattr(row, name)
    }


def _ensure_site(session: Session, employer_id: int, site_id: int | None) -> None:
    ensure_of_employer(session, EmployerSite, site_id, employer_id, field="site_id", called="site")


def _ensure_agreement(session: Session, employer_id: int, agreement_id: int | None) -> None:
    if agreement_id is None:
        return
    offered = {one.key for one in _agreements(session, employer_id, also=None)}
    if agreement_id not in offered:
        raise RuleBrokenError(
            "This agreement does not cover this employer. Choose another.", field="agreement_id"
        )


def _agreements(session: Session, employer_id: int, *, also: int | None) -> list[Agreement]:
    """The agreements that cover an employer, signed by itself or by a group, and the one named before."""
    offered = sa.and_(covering(employer_id, today=None), col(Agreement.archived_at).is_(None))
    query = select(Agreement).where(sa.or_(offered, col(Agreement.id) == also))
    return list(session.exec(query.order_by(col(Agreement.id))))
