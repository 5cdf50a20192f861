"""Holding off whoever guesses: failures of the last five minutes, counted by account and by address."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.base import utc_now
from crm.models.users import FailedSignIn

MOST_FAILURES = 10
WINDOW = timedelta(minutes=5)


def is_held_off(session: Session, counted: tuple[str, ...]) -> bool:
    """Have there been too many failures for any of these in the last five minutes?"""
    recent = (
        select(sa.func.count())
        .select_from(FailedSignIn)
        .where(col(FailedSignIn.counted_for).in_(counted), col(FailedSignIn.at) > utc_now() - WINDOW)
        .group_by(col(FailedSignIn.counted_for))
    )
    return any(count >= MOST_FAILURES for count in session.exec(recent))


def forget_old(session: Session, now: datetime) -> None:
    """Drop failures that count no more."""
    session.connection().execute(sa.delete(FailedSignIn).where(col(FailedSignIn.at) <= now - WINDOW))
