"""Agreements with employers: found, listed, recorded, changed, archived."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.errors import RuleBrokenError
from crm.models.agreement_choices import AgreementStage
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreements import Agreement
from crm.models.employers import Employer, EmployerPerson
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import archiving, records, staff
from crm.services.access import ensure, scoped, shown
from crm.services.agreement_filters import AgreementFilter, in_stage, narrowed_by
from crm.services.agreement_move_rules import ensure_stays_dated
from crm.services.agreement_reach import naming, panel_of
from crm.services.agreement_stages import EXPIRES_SOON_DAYS, IN_FORCE, shown_since, shown_stage
from crm.services.archiving import Kind
from crm.services.belonging import ensure_of_employer, live_employer, of_employer
from crm.services.listing import Listing, contains, how_many

KIND = Kind("agreement", Action.AGREEMENTS_RECORD)


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement as lists show it: the stage by date, and the days that it has been there."""

    id: int
    employer_id: int
    employer: str
    kind: str
    stage: AgreementStage
    days_in_stage: int
    ends_on: date | None
    review_on: date | None
    owner: str | None


def find(session: Session, agreement_id: int, *, by: Actor) -> Agreement:
    """One agreement, archived ones too.

    Raises:
        NotAllowedError: the person may not see agreements.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    return records.fetch(session, Agreement, agreement_id, called=KIND.called)


def listing(
    session: Session, wanted: AgreementFilter, *, offset: int, limit: int, by: Actor, today: date
) -> Listing[AgreementRow]:
    """One page of the agreements that the filter lets through, by employer; expiring ones by their last day.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    found = scoped(session, chosen(wanted, today), Agreement, by=by, action=Action.AGREEMENTS_READ)
    by_name = (col(Employer.name_key), col(Agreement.id))
    order = (col(Agreement.ends_on), *by_name) if wanted.expires_soon else by_name
    page = found.order_by(*order).offset(offset).limit(limit)
    return Listing(rows_of(session, page, today=today), how_many(session, found))


def rows_of(session: Session, query: sa.Select[*tuple[Any, ...]], *, today: date) -> list[AgreementRow]:
    """The rows of a query over agreements joined with their employers, as lists show them."""
    wanted = query.with_only_columns(
        col(Agreement.id),
        col(Agreement.employer_id),
        col(Employer.name),
        col(Agreement.kind),
        col(Agreement.stage),
        col(Agreement.stage_since),
        col(Agreement.ends_on),
        col(Agreement.review_on),
        col(User.name),
    ).join(User, col(User.id) == col(Agreement.owner_id), isouter=True)
    return [_row(found, today) for found in session.connection().execute(wanted)]


def _row(found: sa.Row[*tuple[Any, ...]], today: date) -> AgreementRow:
    key, employer_id, employer, kind, stage, since, ends_on, review_on, owner = found
    days = (today - shown_since(stage, since, ends_on, today=today)).days
    stage = shown_stage(stage, ends_on, today=today)
    return AgreementRow(key, employer_id, employer, kind, stage, days, ends_on, review_on, owner)


def live() -> sa.Select[*tuple[Any, ...]]:
    """All agreements that are not archived, joined with their employers, for queries to narrow."""
    query = sa.select(col(Agreement.id)).join(Employer, col(Employer.id) == col(Agreement.employer_id))
    return query.where(col(Agreement.archived_at).is_(None))


def expiring(today: date) -> sa.ColumnElement[bool]:
    """In SQL what `agreement_stages.expires_soon` says: in force, and ends within 90 days."""
    last = today + timedelta(days=EXPIRES_SOON_DAYS)
    return sa.and_(col(Agreement.stage).in_(IN_FORCE), col(Agreement.ends_on).between(today, last))


def chosen(wanted: AgreementFilter, today: date) -> sa.Select[*tuple[Any, ...]]:
    """The agreements that the filter lets through, joined with their employers, in no order yet."""
    query = live()
    if wanted.is_archived:
        query = sa.select(col(Agreement.id)).join(Employer, col(Employer.id) == col(Agreement.employer_id))
        query = query.where(col(Agreement.archived_at).is_not(None))
    if wanted.words.strip():
        query = query.where(
            sa.or_(contains(Employer.name_key, wanted.words), naming(wanted.words, today=today))
        )
    if wanted.stage:
        query = query.where(in_stage(wanted.stage, today))
    query = query.where(*narrowed_by(wanted, today))
    return query.where(expiring(today)) if wanted.expires_soon else query


def people_to_name(
    session: Session, employer_id: int, *, chosen: Agreement | None, by: Actor
) -> list[EmployerPerson]:
    """Whom an agreement of this employer can name, and the contact who is named already, of whichever member.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    also, contact = (chosen.adjustments_contact_id, chosen.employer_contact_id) if chosen else (None, None)
    people = of_employer(session, EmployerPerson, employer_id, also=also)
    if contact is not None and contact not in {row.key for row in people}:
        people.append(session.get_one(EmployerPerson, contact))
    return [shown(session, row, by=by, action=Action.EMPLOYERS_READ) for row in people]


def add(session: Session, employer_id: int, new: AgreementInput, *, by: Actor, today: date) -> Agreement:
    """Record an agreement as an idea; it moves on from there.

    Raises:
        NotAllowedError: the person may not record agreements.
        NotFoundError: the employer is unknown or archived.
        RuleBrokenError: the contact is not this employer's, or the owner is not a colleague.
    """
    ensure(session, by, Action.AGREEMENTS_RECORD)
    live_employer(session, employer_id)
    _ensure_named(session, employer_id, new, before=None)
    clauses: dict[str, Any] = new.model_dump() | {"started_from_id": _of_its_kind(session, new)}
    row = Agreement(**clauses, employer_id=employer_id, stage_since=today)
    return records.add(session, row)


def change(
    session: Session, agreement_id: int, edit: AgreementInput, *, version: int, by: Actor
) -> Agreement:
    """Change the clauses of an agreement; its stage stays.

    Raises:
        NotAllowedError: the person may not, or the agreement is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: the contact is not this employer's, the owner is not a colleague, or what is in
            force would lose its dates.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, Agreement, agreement_id, called=KIND.called)
    ensure(session, by, Action.AGREEMENTS_RECORD, row)
    ensure_stays_dated(row, edit)
    _ensure_named(session, row.employer_id, edit, before=row)
    return records.change(session, row, edit, version=version)


def _ensure_named(
    session: Session, employer_id: int, typed: AgreementInput, *, before: Agreement | None
) -> None:
    """Whoever was named before may stay so, though they have left; nobody for adjustments sits on a panel."""
    for field in ("adjustments_contact_id", "employer_contact_id"):
        named = getattr(typed, field)
        if before is None or named != getattr(before, field):
            ensure_of_employer(session, EmployerPerson, named, employer_id, field=field, called="person")
    if before is not None and typed.adjustments_contact_id in panel_of(session, before.key):
        raise RuleBrokenError(
            "This person sits on interview panels. Choose somebody else, or take them off the panel first.",
            field="adjustments_contact_id",
        )
    if before is None or typed.owner_id != before.owner_id:
        staff.ensure_colleague(session, typed.owner_id, field="owner_id")


def _of_its_kind(session: Session, new: AgreementInput) -> int | None:
    """It was started from one of its own kind; one that only the draft began with is dropped."""
    if new.started_from_id is None:
        return None
    source = records.fetch(session, Agreement, new.started_from_id, called=KIND.called)
    return source.key if source.kind is new.kind else None


def archive(session: Session, agreement_id: int, *, why: str, version: int, by: Actor) -> Agreement:
    """Put an agreement aside, with the reason: for what was recorded by mistake, not for what ended.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the page was drawn.
    """
    return archiving.put_aside(session, Agreement, agreement_id, KIND, why=why, version=version, by=by)


def bring_back(session: Session, agreement_id: int, *, version: int, by: Actor) -> Agreement:
    """Take an agreement out of the archive.

    Raises:
        NotAllowedError: the person may not record agreements.
        StaleFormError: somebody saved it after the page was drawn.
    """
    return archiving.take_back(session, Agreement, agreement_id, KIND, version=version, by=by)
