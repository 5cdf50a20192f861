"""The private calendar address of each person: made and shown once, asked for by a calendar, stopped.

The address is the secret, so only its digest is kept. A new one takes the place of the one before.
"""

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import audit
from crm.db import reading, transaction
from crm.errors import NotAllowedError, NotFoundError
from crm.models.base import utc_now
from crm.models.feeds import CalendarFeed
from crm.models.users import Actor, FailedSignIn, User
from crm.policy import Action
from crm.services import guessing, sessions
from crm.services.access import ensure, may


def make(session: Session, *, by: Actor, now: datetime | None = None) -> str:
    """Make an address for one's own calendar in place of any earlier one; gives its random part.

    Raises:
        NotAllowedError: the person has no tasks of their own.
    """
    ensure(session, by, Action.TASKS_RECORD)
    made = now or utc_now()
    _end(session, by, made)
    token = secrets.token_urlsafe(32)
    session.add(CalendarFeed(token_digest=sessions.digest(token), user_id=_own(by), created_at=made))
    _note(session, by, "make_calendar_address")
    return token


def stop(session: Session, *, by: Actor, now: datetime | None = None) -> None:
    """Let one's calendar address stop working.

    Raises:
        NotAllowedError: the person may not see the service.
    """
    ensure(session, by, Action.SERVICE_READ)
    if _end(session, by, now or utc_now()):
        _note(session, by, "stop_calendar_address")


def since(session: Session, *, by: Actor) -> datetime | None:
    """When one's calendar address was made; None without one.

    Raises:
        NotAllowedError: the person may not see the service.
    """
    ensure(session, by, Action.SERVICE_READ)
    query = select(CalendarFeed.created_at).where(
        CalendarFeed.user_id == by.id, col(CalendarFeed.revoked_at).is_(None)
    )
    return session.exec(query.order_by(col(CalendarFeed.id).desc())).first()


def whose(token: str, *, address: str) -> Actor:
    """Whose calendar this is. Nobody is signed in: the address itself is the proof.

    It opens its own short transactions. An address that was stopped is no guess: a calendar goes on asking
    for it, and does not hold off its neighbours.

    Args:
        token: the random part of the address.
        address: the network address that asks, counted against guessing from one place.

    Raises:
        NotAllowedError: too many wrong addresses were tried from this place.
        NotFoundError: it never was, was stopped, or its owner is shut out or has no tasks any more.
    """
    counted = f"calendar {address}"
    with reading() as session:
        if guessing.is_held_off(session, (counted,)):
            raise NotAllowedError("Too many wrong addresses were tried from here. Try again in five minutes.")
        digest = sessions.digest(token)
        query = select(CalendarFeed, User).join(User, col(User.id) == col(CalendarFeed.user_id))
        found = session.exec(query.where(CalendarFeed.token_digest == digest)).first()
    if found is None:
        _count_guess(counted)
    elif _is_in_force(*found):
        return found[1].as_actor()
    raise NotFoundError("There is no such calendar.")


def _is_in_force(feed: CalendarFeed, user: User) -> bool:
    is_here = user.disabled_at is None and user.archived_at is None
    return feed.revoked_at is None and is_here and may(user.as_actor(), Action.TASKS_RECORD)


def _count_guess(counted: str) -> None:
    now = utc_now()
    with transaction() as session:
        guessing.forget_old(session, now)
        session.add(FailedSignIn(counted_for=counted, at=now))


def _end(session: Session, by: Actor, now: datetime) -> bool:
    """Stop what is in force; was there anything?"""
    stopped = (
        sa.update(CalendarFeed)
        .where(col(CalendarFeed.user_id) == by.id, col(CalendarFeed.revoked_at).is_(None))
        .values(revoked_at=now)
    )
    return session.connection().execute(stopped).rowcount > 0


def _note(session: Session, by: Actor, action: str) -> None:
    record = User.__name__, _own(by)
    audit.note(session, by, action, record, about=record)


def _own(by: Actor) -> int:
    if by.id is None:
        raise NotAllowedError("A calendar belongs to somebody who can sign in.")
    return by.id
