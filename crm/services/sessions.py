"""Sign-ins in force: begun, found by the digest of their token, ended. Asked before there is an actor."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.config import settings
from crm.models.base import utc_now
from crm.models.users import Actor, User, UserSession, roles_of

_NOTED_EVERY = timedelta(minutes=1)

_DIGEST = sa.bindparam("token_digest", type_=sa.String())
_IN_FORCE = (
    sa.select(
        *(col(UserSession.created_at), col(UserSession.seen_at)),
        *(col(User.id), col(User.name), col(User.email), col(User.role_names), col(User.team_id)),
    )
    .join(User, col(User.id) == col(UserSession.user_id))
    .where(
        col(UserSession.token_digest) == _DIGEST,
        col(UserSession.revoked_at).is_(None),
        col(User.disabled_at).is_(None),
        col(User.archived_at).is_(None),
    )
)
"""Asked several times for each page, so it is put together once and makes no records of what it finds."""


def digest(token: str) -> str:
    """What is kept of a session's token: enough to recognise it, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(session: Session, user_id: int) -> str:
    """Start a session for somebody who has proved who they are; the random 256-bit token is theirs alone."""
    token = secrets.token_urlsafe(32)
    session.add(UserSession(token_digest=digest(token), user_id=user_id))
    session.flush()
    return token


@dataclass(frozen=True, slots=True)
class SignIn:
    """A session in force: whose it is, with their roles of this moment, and is its use to be noted?"""

    actor: Actor
    is_note_due: bool


def in_force(session: Session, token_digest: str, *, now: datetime | None = None) -> SignIn | None:
    """The session with this digest; None when it was ended, has run out, or its owner is shut out."""
    found = session.connection().execute(_IN_FORCE, {_DIGEST.key: token_digest}).first()
    moment = now or utc_now()
    if found is None or has_run_out(found.created_at, found.seen_at, moment):
        return None
    actor = Actor(found.id, found.name, found.email, roles_of(found.role_names), found.team_id)
    return SignIn(actor, is_note_due=moment - found.seen_at > _NOTED_EVERY)


def count_in_force(session: Session, *, now: datetime | None = None) -> int:
    """How many sessions have neither been ended nor run out."""
    moment, limits = now or utc_now(), settings()
    return session.exec(
        select(sa.func.count())
        .select_from(UserSession)
        .where(
            col(UserSession.revoked_at).is_(None),
            col(UserSession.seen_at) >= moment - timedelta(minutes=limits.session_idle_minutes),
            col(UserSession.created_at) >= moment - timedelta(hours=limits.session_hours),
        )
    ).one()


def seconds_left(session: Session, token_digest: str, *, now: datetime | None = None) -> tuple[int, int]:
    """How long a session in force still lasts: if it is not used, and at most. Both 0 when it has ended."""
    moment = now or utc_now()
    if in_force(session, token_digest, now=moment) is None:
        return 0, 0
    kept = session.exec(select(UserSession).where(UserSession.token_digest == token_digest)).one()
    limits = settings()
    unused = kept.seen_at + timedelta(minutes=limits.session_idle_minutes) - moment
    at_most = kept.created_at + timedelta(hours=limits.session_hours) - moment
    return int(min(unused, at_most).total_seconds()), int(at_most.total_seconds())


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


def has_run_out(created_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Was this session begun too long ago, or not used for too long?"""
    limits = settings()
    idle = now - seen_at > timedelta(minutes=limits.session_idle_minutes)
    return idle or now - created_at > timedelta(hours=limits.session_hours)


def _revoke(session: Session, which: sa.ColumnElement[bool]) -> None:
    session.connection().execute(
        sa.update(UserSession)
        .where(which, col(UserSession.revoked_at).is_(None))
        .values(revoked_at=utc_now())
    )
