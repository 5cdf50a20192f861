"""Signing in: at most ten wrong passwords in five minutes for an account, and for an address."""

from datetime import timedelta

import sqlalchemy as sa
from pydantic import SecretStr
from sqlmodel import Session, col, select

from crm.db import reading, transaction
from crm.errors import NotAllowedError, NotSignedInError
from crm.models.base import utc_now
from crm.models.reach import tidy_email
from crm.models.users import FailedSignIn, User
from crm.services import passwords, sessions

MOST_FAILURES = 10
WINDOW = timedelta(minutes=5)
_WRONG = "The e-mail address or the password is not right. Check both, then try again."


def sign_in(email: str, password: SecretStr, *, address: str) -> str:
    """Check who somebody is, and give the token of their new session.

    It opens its own short transactions: the digest takes a while, and nobody else may wait for it.

    Args:
        email: as typed.
        password: as typed.
        address: the network address that asks, counted against guessing from one place.

    Raises:
        NotAllowedError: too many wrong passwords for this account or from this address.
        NotSignedInError: the account, its password or its state do not fit; which of them is not told.
    """
    account = _account(email)
    counted = (f"account {account}", f"address {address}")
    with reading() as session:
        _ensure_not_guessing(session, counted)
        user = session.exec(select(User).where(User.email == account)).first()
    proved = passwords.is_right(password, user.password_hash if user else None)
    if user is None or not proved or user.disabled_at is not None or user.archived_at is not None:
        _count_failure(counted)
        raise NotSignedInError(_WRONG)
    with transaction() as session:
        _forget(session, counted[:1])
        return sessions.begin(session, user.key)


def _account(email: str) -> str:
    try:
        return tidy_email(email.strip())
    except ValueError:
        return email.strip().casefold()[:300]


def _ensure_not_guessing(session: Session, counted: tuple[str, ...]) -> None:
    recent = (
        select(sa.func.count())
        .select_from(FailedSignIn)
        .where(col(FailedSignIn.counted_for).in_(counted), col(FailedSignIn.at) > utc_now() - WINDOW)
        .group_by(col(FailedSignIn.counted_for))
    )
    if any(count >= MOST_FAILURES for count in session.exec(recent)):
        raise NotAllowedError(
            "There have been too many wrong passwords. Wait five minutes, then try again, "
            "or ask an administrator for a new password."
        )


def _count_failure(counted: tuple[str, ...]) -> None:
    with transaction() as session:
        session.connection().execute(
            sa.delete(FailedSignIn).where(col(FailedSignIn.at) <= utc_now() - WINDOW)
        )
        session.add_all(FailedSignIn(counted_for=what) for what in counted)


def _forget(session: Session, counted: tuple[str, ...]) -> None:
    session.connection().execute(sa.delete(FailedSignIn).where(col(FailedSignIn.counted_for).in_(counted)))
