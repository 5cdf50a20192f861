"""Links with which colleagues choose their own password: for one person, once, for three days.

No e-mail is sent: an administrator hands the link over. The link is the secret, so only its digest is kept.
"""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from pydantic import SecretStr
from sqlmodel import Session, col, select

from crm.db import reading, transaction
from crm.errors import NotFoundError
from crm.models.base import utc_now
from crm.models.users import SYSTEM, Actor, Invitation, User
from crm.policy import Action
from crm.services import access, passwords, records, sessions

LASTS = timedelta(days=3)
_GONE = (
    "This link has been used, has run out, or was replaced by a newer one. "
    "Ask an administrator of your service for a new link."
)


def invite(session: Session, user_id: int, *, by: Actor, now: datetime | None = None) -> str:
    """Make a link for a colleague, in place of any earlier one, and give its random part.

    Raises:
        NotAllowedError: the person may not look after colleagues, or the colleague is archived.
        NotFoundError: there is no such colleague.
    """
    access.ensure(session, by, Action.USERS_RECORD)
    user = records.fetch_to_change(session, User, user_id, called="colleague")
    access.ensure(session, by, Action.USERS_RECORD, user)
    made = now or utc_now()
    _use_up(session, user.key, made)
    token = secrets.token_urlsafe(32)
    link = Invitation(
        token_digest=sessions.digest(token), user_id=user.key, created_at=made, ends_at=made + LASTS
    )
    session.add(link)
    session.flush()
    return token


def invited(session: Session, token: str, *, now: datetime | None = None) -> User:
    """Whose link this is. Asked before anybody is signed in: the link itself is the proof.

    Raises:
        NotFoundError: the link was used, has run out or never was.
    """
    found = session.exec(
        select(User)
        .join(Invitation, col(Invitation.user_id) == col(User.id))
        .where(
            Invitation.token_digest == sessions.digest(token),
            col(Invitation.used_at).is_(None),
            col(Invitation.ends_at) > (now or utc_now()),
            col(User.archived_at).is_(None),
            col(User.disabled_at).is_(None),
        )
    ).first()
    if found is None:
        raise NotFoundError(_GONE)
    return found


def accept(token: str, password: SecretStr, *, now: datetime | None = None) -> User:
    """Set the password that the person behind the link chose, sign them out elsewhere, and use the link up.

    It opens its own transaction, and works the digest out before it: nobody else may wait for that.

    Raises:
        NotFoundError: the link was used, has run out or never was.
        RuleBrokenError: the password is easy to guess; the link stays good.
    """
    with reading() as session:
        user = invited(session, token, now=now)
    passwords.ensure_strong(password, about=(user.name, user.email))
    digest = passwords.digest_of(password)
    with transaction() as session:
        user = invited(session, token, now=now)
        access.ensure(session, SYSTEM, Action.USERS_RECORD)
        records.change(session, user, {"password_hash": digest}, version=user.version)
        _use_up(session, user.key, now or utc_now())
        sessions.end_all(session, user.key)
        return user


def _use_up(session: Session, user_id: int, now: datetime) -> None:
    session.connection().execute(
        sa.update(Invitation)
        .where(col(Invitation.user_id) == user_id, col(Invitation.used_at).is_(None))
        .values(used_at=now)
    )
