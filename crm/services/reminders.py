"""Reminders to renew agreements: 90, 60 and 30 days before the end, each once, dealt with by somebody."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import NotFoundError
from crm.models.agreements import Agreement
from crm.models.base import utc_now
from crm.models.employers import Employer
from crm.models.reminders import Reminder, ReminderKind
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, scoped
from crm.services.agreement_stages import IN_FORCE
from crm.services.listing import Listing, how_many

DAYS_BEFORE = {
    ReminderKind.RENEWAL_30: 30,
    ReminderKind.RENEWAL_60: 60,
    ReminderKind.RENEWAL_90: 90,
}
"""The nearest first: an agreement recorded 40 days before its end has one reminder waiting, not two."""


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """One reminder that waits: which agreement, with whom, when it ends, whose it is."""

    id: int
    agreement_id: int
    employer: str
    kind: ReminderKind
    ends_on: date
    owner: str | None


def make_due(session: Session, *, by: Actor, today: date) -> int:
    """Make the reminders that are due today or were missed; tells how many.

    Raises:
        NotAllowedError: the person may not record agreements.
    """
    ensure(session, by, Action.AGREEMENTS_RECORD)
    made = 0
    for agreement_id, ends_on in session.connection().execute(_ending(today)).all():
        left = (ends_on - today).days
        kind = next(kind for kind, days in DAYS_BEFORE.items() if left <= days)
        if not _is_made(session, agreement_id, kind, ends_on):
            due_on = ends_on - timedelta(days=DAYS_BEFORE[kind])
            new = Reminder(agreement_id=agreement_id, kind=kind, ends_on=ends_on, due_on=due_on)
            records.add(session, new)
            made += 1
    return made


def _ending(today: date) -> sa.Select[*tuple[Any, ...]]:
    last = today + timedelta(days=max(DAYS_BEFORE.values()))
    return sa.select(col(Agreement.id), col(Agreement.ends_on)).where(
        col(Agreement.archived_at).is_(None),
        col(Agreement.stage).in_(IN_FORCE),
        col(Agreement.ends_on).between(today, last),
    )


def _is_made(session: Session, agreement_id: int, kind: ReminderKind, ends_on: date) -> bool:
    query = select(Reminder.id).where(
        Reminder.agreement_id == agreement_id, Reminder.kind == kind, Reminder.ends_on == ends_on
    )
    return session.exec(query).first() is not None


def waiting(session: Session, *, limit: int, by: Actor, today: date) -> Listing[ReminderRow]:
    """The reminders that nobody has dealt with, the nearest end first: the latest of each agreement.

    What was renewed, ended or archived meanwhile waits no more.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    latest = sa.select(sa.func.max(col(Reminder.id))).where(_is_open(today)).join(Agreement, _its_agreement())
    query = (
        sa.select(
            col(Reminder.id),
            col(Reminder.agreement_id),
            col(Employer.name),
            col(Reminder.kind),
            col(Reminder.ends_on),
            col(User.name),
        )
        .join(Agreement, _its_agreement())
        .join(Employer, col(Employer.id) == col(Agreement.employer_id))
        .join(User, col(User.id) == col(Agreement.owner_id), isouter=True)
        .where(col(Reminder.id).in_(latest.group_by(col(Reminder.agreement_id))))
    )
    query = scoped(session, query, Reminder, by=by, action=Action.AGREEMENTS_READ)
    page = query.order_by(col(Reminder.ends_on), col(Reminder.id)).limit(limit)
    rows = [ReminderRow(*row) for row in session.connection().execute(page)]
    return Listing(rows, how_many(session, query))


def _its_agreement() -> sa.ColumnElement[bool]:
    return col(Agreement.id) == col(Reminder.agreement_id)


def _is_open(today: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Reminder.dealt_at).is_(None),
        col(Agreement.archived_at).is_(None),
        col(Agreement.stage).in_(IN_FORCE),
        col(Agreement.ends_on) == col(Reminder.ends_on),
        col(Reminder.ends_on) >= today,
    )


def is_waiting(session: Session, agreement_id: int, *, by: Actor, today: date) -> bool:
    """Does a reminder about this agreement wait for somebody?

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    return session.exec(_open_of(agreement_id, today)).first() is not None


def deal_with(session: Session, agreement_id: int, *, by: Actor, today: date) -> None:
    """Note that somebody has seen to the renewal of an agreement: no reminder of it waits any more.

    Raises:
        NotAllowedError: the person may not record agreements, or the agreement is archived.
        NotFoundError: there is no such agreement, or no reminder waits.
    """
    agreement = records.fetch(session, Agreement, agreement_id, called="agreement")
    ensure(session, by, Action.AGREEMENTS_RECORD, agreement)
    found = list(session.exec(_open_of(agreement_id, today)))
    if not found:
        raise NotFoundError("No reminder waits for this agreement any more.")
    for reminder in found:
        values = {"dealt_at": utc_now(), "dealt_by": by.id}
        records.change(session, reminder, values, version=reminder.version)


def _open_of(agreement_id: int, today: date) -> SelectOfScalar[Reminder]:
    query = select(Reminder).join(Agreement, _its_agreement())
    return query.where(Reminder.agreement_id == agreement_id, _is_open(today))
