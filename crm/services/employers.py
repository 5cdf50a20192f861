"""Employers: found, listed, recorded, changed, archived."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.base import folded
from crm.models.employers import Employer, EmployerInput, EmployerSite
from crm.models.users import Actor, User
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services import archiving, cold_accounts, lists, records, staff
from crm.services.access import ensure, scoped
from crm.services.archiving import Kind
from crm.services.listing import Listing, contains, in_all

_KIND = Kind("employer", Action.EMPLOYERS_RECORD)


@dataclass(frozen=True, slots=True)
class EmployerFilter:
    """What a list of employers is narrowed by; None means any.

    `account_of` is an owner or second owner; `cold_on` the day, as 2026-11-03, on which the last contact was
    30 days ago or longer.
    """

    words: str = ""
    stage: str | None = None
    tier: str | None = None
    is_archived: bool = False
    account_of: int | None = None
    cold_on: str | None = None


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """One employer as lists show it."""

    id: int
    name: str
    stage: str
    tier: str
    size_band: str
    postcode: str | None
    owner: str | None
    open_vacancies: int


def find(session: Session, employer_id: int, *, by: Actor) -> Employer:
    """One employer, archived ones too.

    Raises:
        NotAllowedError: the person may not see employers.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    return records.fetch(session, Employer, employer_id, called=_KIND.called)


def listing(
    session: Session, wanted: EmployerFilter, *, offset: int, limit: int, by: Actor
) -> Listing[EmployerRow]:
    """One page of the employers that the filter lets through, by name.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    chosen = scoped(session, _chosen(wanted), Employer, by=by, action=Action.EMPLOYERS_READ)
    page = chosen.order_by(col(Employer.name_key), col(Employer.id)).offset(offset).limit(limit)
    ids = session.connection().execute(page).scalars().all()
    rows = session.connection().execute(_details(), {"ids": ids}).all()
    total = in_all(session, chosen, offset=offset, shown=len(rows), limit=limit)
    return Listing([EmployerRow(*row) for row in rows], total)


def _chosen(wanted: EmployerFilter) -> sa.Select[*tuple[Any, ...]]:
    query = sa.select(col(Employer.id), col(Employer.name_key))
    archived = col(Employer.archived_at)
    query = query.where(archived.is_not(None) if wanted.is_archived else archived.is_(None))
    if wanted.words.strip():
        query = query.where(contains(Employer.name_key, wanted.words))
    if wanted.stage:
        query = query.where(col(Employer.stage) == wanted.stage)
    if wanted.tier:
        query = query.where(col(Employer.tier) == wanted.tier)
    if wanted.account_of is not None:
        query = query.where(cold_accounts.account_of(wanted.account_of))
    if wanted.cold_on:
        query = query.where(cold_accounts.is_cold(date.fromisoformat(wanted.cold_on)))
    return query


@cache
def _details() -> sa.Select[*tuple[Any, ...]]:
    """The details of the employers with these `ids`, in one query that is put together only once."""
    postcode = (
        sa.select(sa.func.min(col(EmployerSite.postcode)))
        .where(col(EmployerSite.employer_id) == col(Employer.id))
        .scalar_subquery()
    )
    vacancies = (
        sa.select(sa.func.count())
        .where(
            col(Vacancy.employer_id) == col(Employer.id),
            col(Vacancy.status).in_(OPEN_STATUSES),
            col(Vacancy.archived_at).is_(None),
        )
        .scalar_subquery()
    )
    return (
        sa.select(
            col(Employer.id),
            col(Employer.name),
            col(Employer.stage),
            col(Employer.tier),
            col(Employer.size_band),
            postcode,
            col(User.name),
            vacancies,
        )
        .join(User, col(User.id) == col(Employer.owner_id), isouter=True)
        .where(col(Employer.id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(Employer.name_key), col(Employer.id))
    )


def add(session: Session, new: EmployerInput, *, by: Actor) -> Employer:
    """Record a new employer.

    Raises:
        NotAllowedError: the person may not record employers.
        RuleBrokenError: the owner is not a colleague, or a value is not in its list.
    """
    ensure(session, by, Action.EMPLOYERS_RECORD)
    staff.ensure_colleague(session, new.owner_id, field="owner_id")
    lists.ensure_listed(session, new)
    return records.add(session, Employer(**new.model_dump(), name_key=folded(new.name)))


def change(session: Session, employer_id: int, edit: EmployerInput, *, version: int, by: Actor) -> Employer:
    """Change what is recorded about an employer.

    Raises:
        NotAllowedError: the person may not, or the employer is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: the owner is not a colleague, or a value is not in its list.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, Employer, employer_id, called=_KIND.called)
    ensure(session, by, Action.EMPLOYERS_RECORD, row)
    if edit.owner_id != row.owner_id:
        staff.ensure_colleague(session, edit.owner_id, field="owner_id")
    lists.ensure_listed(session, edit, row)
    values = edit.model_dump() | {"name_key": folded(edit.name)}
    return records.change(session, row, values, version=version)


def archive(session: Session, employer_id: int, *, why: str, version: int, by: Actor) -> Employer:
    """Put an employer aside, with the reason; what belongs to it stays as it is.

    Raises:
        NotAllowedError: the person may not, or the employer is archived already.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the page was drawn.
    """
    return archiving.put_aside(session, Employer, employer_id, _KIND, why=why, version=version, by=by)


def bring_back(session: Session, employer_id: int, *, version: int, by: Actor) -> Employer:
    """Take an employer out of the archive.

    Raises:
        NotAllowedError: the person may not record employers.
        StaleFormError: somebody saved it after the page was drawn.
    """
    return archiving.take_back(session, Employer, employer_id, _KIND, version=version, by=by)
