"""Sign-ins in force: begun, found by the digest of their token, ended. Asked before there is an actor."""

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.config import settings
from crm.models.base import utc_now
from crm.models.users import Actor, User, UserSession

_NOTED_EVERY = timedelta(minutes=1)


def digest(token: str) -> str:
    """What is kept of a session's token: enough to recognise it, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(session: Session, user_id: int) -> str:
    """Start a session for somebody who has proved who they are; the random 256-bit token is theirs alone."""
    token = secrets.token_urlsafe(32)
    session.add(UserSession(token_digest=digest(token), user_id=user_id))
    session.flush()
    return token


def actor_of(session: Session, token_digest: str, *, now: datetime | None = None) -> Actor | None:
    """Whose session this is, with their roles of this moment; None when it is not in force."""
    found = _find(session, token_digest)
    if found is None:
        return None
    sign_in, user = found
    ended = sign_in.revoked_at is not None or user.disabled_at is not None or user.archived_at is not None
    return None if ended or _has_run_out(sign_in, now or utc_now()) else user.as_actor()


def is_due_for_a_note(session: Session, token_digest: str, *, now: datetime | None = None) -> bool:
    """Was the last use noted more than a minute ago?"""
    found = _find(session, token_digest)
    return found is not None and (now or utc_now()) - found[0].seen_at > _NOTED_EVERY


def note_use(session: Session, token_digest: str, *, now: datetime | None = None) -> None:
    """Remember that a session has just been used, so that it does not run out for want of use."""
    session.connection().execute(
        sa.update(UserSession)
        .where(col(UserSession.token_digest) == token_digest, col(UserSession.revoked_at).is_(None))
        .values(seen_at=now or utc_now())
    )


def end(session: Session, token_digest: str) -> None:
    """Sign out of one session; pages still open with it stop at their next action."""
    _revoke(session, col(UserSession.token_digest) == token_digest)


def end_all(session: Session, user_id: int) -> None:
    """Sign somebody out everywhere."""
    _revoke(session, col(UserSession.user_id) == user_id)


def _find(session: Session, token_digest: str) -> tuple[UserSession, User] | None:
    return session.exec(
        select(UserSession, User)
        .join(User, col(User.id) == col(UserSession.user_id))
        .where(UserSession.token_digest == token_digest)
    ).first()


def _has_run_out(sign_in: UserSession, now: datetime) -> bool:
    limits = settings()
    idle = now - sign_in.seen_at > timedelta(minutes=limits.session_idle_minutes)
    return idle or now - sign_in.created_at > timedelta(hours=limits.session_hours)


def _revoke(session: Session, which: sa.ColumnElement[bool]) -> None:
    session.connection().execute(
        sa.update(UserSession)
        .where(which, col(UserSession.revoked_at).is_(None))
        .values(revoked_at=utc_now())
    )
