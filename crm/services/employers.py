"""Employers: found, listed, recorded, changed, archived."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.errors import RuleBrokenError
from crm.models.base import folded
from crm.models.contacts import AccountDates
from crm.models.employers import Employer, EmployerInput, EmployerSite, StageMove
from crm.models.users import Actor, User
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services import archiving, employer_stages, lists, records, staff, unmerging
from crm.services.access import ensure, scoped
from crm.services.archiving import Kind
from crm.services.employer_filters import EmployerFilter, chosen_by, sort_keys
from crm.services.listing import Listing, in_all

_KIND = Kind("employer", Action.EMPLOYERS_RECORD)


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
    last_contact_on: date | None
    next_step_on: date | None


def find(session: Session, employer_id: int, *, by: Actor) -> Employer:
    """One employer, archived ones too.

    Raises:
        NotAllowedError: the person may not see employers.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    return records.fetch(session, Employer, employer_id, called=_KIND.called)


def listing(
    session: Session, wanted: EmployerFilter, *, offset: int, limit: int, by: Actor, today: date
) -> Listing[EmployerRow]:
    """One page of the employers that the filter lets through, in the order that it asks for.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    narrowed = chosen_by(wanted, by=by, today=today)
    chosen = scoped(session, narrowed, Employer, by=by, action=Action.EMPLOYERS_READ)
    page = chosen.order_by(*(key.ordered() for key in sort_keys(wanted))).offset(offset).limit(limit)
    ids = session.connection().execute(page).scalars().all()
    found = {row.id: row for row in session.connection().execute(_details(), {"ids": ids})}
    rows = [found[employer_id] for employer_id in ids if employer_id in found]
    total = in_all(session, chosen, offset=offset, shown=len(rows), limit=limit)
    return Listing([EmployerRow(*row) for row in rows], total)


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
            col(AccountDates.last_contact_on),
            col(AccountDates.next_step_on),
        )
        .join(AccountDates, col(AccountDates.employer_id) == col(Employer.id), isouter=True)
        .join(User, col(User.id) == col(Employer.owner_id), isouter=True)
        .where(col(Employer.id).in_(sa.bindparam("ids", expanding=True)))
    )


def add(session: Session, new: EmployerInput, *, by: Actor) -> Employer:
    """Record a new employer.

    Raises:
        NotAllowedError: the person may not record employers.
        RuleBrokenError: the owner is not a colleague, or a value is not in its list.
    """
    ensure(session, by, Action.EMPLOYERS_RECORD)
    _ensure_colleagues(session, new)
    lists.ensure_listed(session, new)
    return records.add(session, Employer(**new.model_dump(), name_key=folded(new.name)))


def change(session: Session, employer_id: int, edit: EmployerInput, *, version: int, by: Actor) -> Employer:
    """Change what is recorded about an employer, all but the stage: `move_stage` asks for what that needs.

    Raises:
        NotAllowedError: the person may not, or the employer is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: the owner is not a colleague, a value is not in its list, or it names another stage.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, Employer, employer_id, called=_KIND.called)
    ensure(session, by, Action.EMPLOYERS_RECORD, row)
    _ensure_colleagues(session, edit, row)
    lists.ensure_listed(session, edit, row)
    if "stage" in edit.model_fields_set and edit.stage != row.stage:
        raise RuleBrokenError("The stage is not changed here. Choose “Move to another stage”.", field="stage")
    values = edit.model_dump(exclude={"stage"}) | {"name_key": folded(edit.name)}
    return records.change(session, row, values, version=version)


def move_stage(
    session: Session, employer_id: int, wanted: StageMove, *, version: int, by: Actor, today: date
) -> Employer:
    """Move the relationship with an employer to another stage and keep the move.

    Raises:
        NotAllowedError: the person may not, or the employer is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it is there already, the day does not fit, or the stage needs a reason.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = records.fetch_to_change(session, Employer, employer_id, called=_KIND.called)
    ensure(session, by, Action.EMPLOYERS_RECORD, row)
    if row.version == version:
        employer_stages.ensure_fits(session, row, wanted, today=today)
    before = row.stage
    saved = records.change(session, row, {"stage": wanted.to_stage}, version=version)
    employer_stages.keep_move(session, saved, before, on=wanted.moved_on, why=wanted.why)
    return saved


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
        RuleBrokenError: it was merged into another one.
        StaleFormError: somebody saved it after the page was drawn.
    """
    unmerging.ensure_not_merged(session, employer_id, by=by)
    return archiving.take_back(session, Employer, employer_id, _KIND, version=version, by=by)


def _ensure_colleagues(session: Session, typed: EmployerInput, row: Employer | None = None) -> None:
    """Whoever is named anew has to work here still; whoever was named before may have left."""
    for field in ("owner_id", "second_owner_id", "single_contact_id"):
        named = getattr(typed, field)
        if row is None or named != getattr(row, field):
            staff.ensure_colleague(session, named, field=field)
