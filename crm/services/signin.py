"""Signing in and out: at most ten wrong passwords in five minutes for an account, and for an address.

The trail tells of each sign-in and sign-out, and of wrong passwords once for an account in five minutes:
who guesses a thousand times does not write a thousand entries.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from pydantic import SecretStr
from sqlmodel import Session, col, select

from crm import audit
from crm.db import reading, transaction
from crm.errors import NotAllowedError, NotSignedInError
from crm.models.base import utc_now
from crm.models.reach import tidy_email
from crm.models.users import Actor, FailedSignIn, User
from crm.services import guessing, passwords, sessions
from crm.services.guessing import MOST_FAILURES, WINDOW

STRANGER = Actor(id=None, name="somebody not signed in", email="", roles=frozenset())
_NOBODY = "accounts that nobody has"
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
        _count_failure(counted, user)
        raise NotSignedInError(_WRONG)
    with transaction() as session:
        return begin(session, user, wrong_before=_forget(session, counted[:1]))


def begin(session: Session, user: User, *, wrong_before: int = 0) -> str:
    """Start a session for somebody who has proved who they are, and tell the trail; gives its token."""
    said = {"wrong_passwords_before": wrong_before} if wrong_before else {}
    _note(session, user.as_actor(), "sign_in", user, said)
    return sessions.begin(session, user.key)


def sign_out(session: Session, token: str) -> None:
    """End the session of this token, and tell the trail; nothing happens when it has ended already."""
    digest = sessions.digest(token)
    found = sessions.in_force(session, digest)
    if found is not None and found.actor.id is not None:
        audit.note(session, found.actor, "sign_out", (User.__name__, found.actor.id))
    sessions.end(session, digest)


def _note(session: Session, actor: Actor, action: str, user: User | None, said: dict[str, int]) -> None:
    record = User.__name__, user.key if user else 0
    audit.note(session, actor, action, record, said, about=record if user else audit.EVERYBODY)


def _account(email: str) -> str:
    try:
        return tidy_email(email.strip())
    except ValueError:
        return email.strip().casefold()[:300]


def _ensure_not_guessing(session: Session, counted: tuple[str, ...]) -> None:
    if guessing.is_held_off(session, counted):
        raise NotAllowedError(
            "There have been too many wrong passwords. Wait five minutes, then try again, "
            "or ask an administrator for a new password."
        )


def _count_failure(counted: tuple[str, ...], user: User | None) -> None:
    now = utc_now()
    whose = counted[0] if user else _NOBODY
    with transaction() as session:
        guessing.forget_old(session, now)
        if not _failures(session, whose, since=_window_of(now)):
            _note(session, STRANGER, "wrong_password", user, {})
        elif user and _failures(session, whose, since=now - WINDOW) == MOST_FAILURES - 1:
            _note(session, STRANGER, "held_off", user, {"wrong_passwords": MOST_FAILURES})
        session.add_all(FailedSignIn(counted_for=what, at=now) for what in {*counted, whose})


def _window_of(now: datetime) -> datetime:
    """When the five minutes that this moment lies in began, by the clock."""
    length = int(WINDOW.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // length * length, UTC)


def _failures(session: Session, counted_for: str, *, since: datetime) -> int:
    held = (col(FailedSignIn.counted_for) == counted_for, col(FailedSignIn.at) >= since)
    return session.exec(select(sa.func.count()).select_from(FailedSignIn).where(*held)).one()


def _forget(session: Session, counted: tuple[str, ...]) -> int:
    """Forget the failures of an account that has signed in; gives how many there were."""
    gone = sa.delete(FailedSignIn).where(col(FailedSignIn.counted_for).in_(counted))
    return session.connection().execute(gone).rowcount
