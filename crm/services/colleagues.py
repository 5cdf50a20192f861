"""Colleagues as administrators look after them: the list, one of them, and where they are signed in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import audit
from crm.errors import NotFoundError
from crm.models.base import utc_now
from crm.models.users import Actor, User, UserSession
from crm.policy import Action, Role
from crm.services import records, sessions
from crm.services.access import ensure, scoped
from crm.services.listing import Listing, contains, in_all


class Access(StrEnum):
    """Whether a colleague can sign in."""

    CAN_SIGN_IN = "can_sign_in"
    NO_PASSWORD_YET = "no_password_yet"  # noqa: S105
    SHUT_OUT = "shut_out"


@dataclass(frozen=True, slots=True)
class ColleagueRow:
    """One line of the list of colleagues; `seen_at` is when they last used the service."""

    id: int
    name: str
    email: str
    roles: frozenset[Role]
    access: Access
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser that a colleague is signed in with."""

    id: int
    since: datetime
    seen_at: datetime


def access_of(user: User) -> Access:
    """Whether somebody can sign in."""
    return _access(user.disabled_at, user.password_hash is not None)


def _access(disabled_at: datetime | None, has_password: bool) -> Access:
    if disabled_at is not None:
        return Access.SHUT_OUT
    return Access.CAN_SIGN_IN if has_password else Access.NO_PASSWORD_YET


def listing(session: Session, words: str, *, offset: int, limit: int, by: Actor) -> Listing[ColleagueRow]:
    """One page of the colleagues whose name or address holds the words, by name.

    Raises:
        NotAllowedError: the person may not look after colleagues.
    """
    last = sa.select(sa.func.max(col(UserSession.seen_at))).where(col(UserSession.user_id) == col(User.id))
    query = sa.select(
        col(User.id),
        col(User.name),
        col(User.email),
        col(User.role_names),
        col(User.disabled_at),
        col(User.password_hash).is_not(None),
        last.scalar_subquery(),
    ).where(col(User.archived_at).is_(None))
    if words.strip():
        held = (contains(sa.func.lower(column), words) for column in (col(User.name), col(User.email)))
        query = query.where(sa.or_(*held))
    query = scoped(session, query, User, by=by, action=Action.USERS_RECORD)
    page = query.order_by(sa.func.lower(col(User.name)), col(User.id)).offset(offset).limit(limit)
    found: Any = session.connection().execute(page)
    rows = [
        ColleagueRow(key, name, email, _roles(roles), _access(disabled, has_password), seen)
        for key, name, email, roles, disabled, has_password, seen in found
    ]
    return Listing(rows, in_all(session, query, offset=offset, shown=len(rows), limit=limit))


def _roles(names: str) -> frozenset[Role]:
    return frozenset(Role(name) for name in names.split(",") if name)


def find(session: Session, user_id: int, *, by: Actor) -> User:
    """One colleague.

    Raises:
        NotAllowedError: the person may not look after colleagues.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.USERS_RECORD)
    return records.fetch(session, User, user_id, called="colleague")


def signed_in(session: Session, user_id: int, *, by: Actor) -> list[SignedIn]:
    """Where somebody is signed in, last used first; one's own, or anybody's for those who look after them.

    Raises:
        NotAllowedError: it is somebody else, and the person may not look after colleagues.
    """
    _ensure_own(session, user_id, by)
    query = (
        select(UserSession)
        .where(UserSession.user_id == user_id, col(UserSession.revoked_at).is_(None))
        .order_by(col(UserSession.seen_at).desc())
    )
    now = utc_now()
    live = [
        kept for kept in session.exec(query) if not sessions.has_run_out(kept.created_at, kept.seen_at, now)
    ]
    return [SignedIn(kept.key, kept.created_at, kept.seen_at) for kept in live]


def sign_out(session: Session, session_id: int, *, by: Actor) -> None:
    """End one sign-in; a page open with it stops at its next action.

    Raises:
        NotAllowedError: it is somebody else's, and the person may not look after colleagues.
        NotFoundError: there is no such sign-in.
    """
    kept = session.get(UserSession, session_id)
    if kept is None:
        raise NotFoundError("This sign-in was not found. It has ended already.")
    _ensure_own(session, kept.user_id, by)
    audit.note(session, by, "sign_out", (User.__name__, kept.user_id))
    sessions.end(session, kept.token_digest)


def _ensure_own(session: Session, user_id: int, by: Actor) -> None:
    ensure(session, by, Action.SERVICE_READ if by.id == user_id else Action.USERS_RECORD)
