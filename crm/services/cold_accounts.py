"""Accounts without a contact for 30 days, as the first page and the list of employers mean it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from crm.models.contacts import AccountDates
from crm.models.employers import Employer, RelationshipStage
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped
from crm.services.listing import Listing

COLD_AFTER_DAYS = 30
"""An account is cold when its last contact was this many days ago, or longer."""

_DATES = aliased(AccountDates)
_LONDON = ZoneInfo("Europe/London")
_LEFT_ALONE = (RelationshipStage.DORMANT, RelationshipStage.DO_NOT_CONTACT)


@dataclass(frozen=True, slots=True)
class ColdRow:
    """One cold account; `last_contact_on` is None where there never was a contact."""

    id: int
    name: str
    last_contact_on: date | None
    recorded_at: datetime


def account_of(user_id: int | None) -> sa.ColumnElement[bool]:
    """In SQL, whether an employer is this person's account, as its owner or its second owner."""
    return sa.or_(col(Employer.owner_id) == user_id, col(Employer.second_owner_id) == user_id)


def is_cold(today: date) -> sa.ColumnElement[bool]:
    """In SQL, whether an employer has had no contact for 30 days and may be called.

    One that never had a contact counts from the day on which it was recorded. Those who are dormant, are not
    to be contacted or are left in quiet are never cold.
    """
    last = (
        sa.select(col(_DATES.last_contact_on))
        .where(col(_DATES.employer_id) == col(Employer.id))
        .correlate(Employer)
        .scalar_subquery()
    )
    return _is_cold_since(last, today)


def _is_cold_since(last: Any, today: date) -> sa.ColumnElement[bool]:
    last_day = today - timedelta(days=COLD_AFTER_DAYS)
    recorded_before = datetime.combine(last_day + timedelta(days=1), time(), _LONDON)
    return sa.and_(
        col(Employer.stage).not_in(_LEFT_ALONE),
        sa.or_(col(Employer.quiet_until).is_(None), col(Employer.quiet_until) < today),
        sa.or_(last <= last_day, sa.and_(last.is_(None), col(Employer.created_at) < recorded_before)),
    )


def longest_cold(session: Session, *, limit: int, by: Actor, today: date) -> Listing[ColdRow]:
    """This person's cold accounts, the longest without a contact first; they are counted on the way.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    last, recorded_at = col(AccountDates.last_contact_on), col(Employer.created_at)
    query = (
        sa.select(col(Employer.id), col(Employer.name), last, recorded_at, sa.func.count().over())
        .join(AccountDates, col(AccountDates.employer_id) == col(Employer.id), isouter=True)
        .where(col(Employer.archived_at).is_(None), account_of(by.id), _is_cold_since(last, today))
    )
    query = scoped(session, query, Employer, by=by, action=Action.EMPLOYERS_READ)
    since = sa.func.coalesce(last, sa.func.date(recorded_at))
    page = query.order_by(since, col(Employer.name_key), col(Employer.id)).limit(limit)
    rows: Any = session.connection().execute(page).all()
    return Listing([ColdRow(*row[:4]) for row in rows], rows[0][4] if rows else 0)
