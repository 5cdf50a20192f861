"""Colleagues, as forms and lists name them."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services.access import ensure


def names(session: Session, *, by: Actor) -> dict[int, str]:
    """The names of colleagues who can still sign in or be given work, by id, in order of name.

    Raises:
        NotAllowedError: the person may not see who works here.
    """
    ensure(session, by, Action.USERS_READ)
    query = select(User).where(col(User.archived_at).is_(None), col(User.disabled_at).is_(None))
    return {user.key: user.name for user in session.exec(query.order_by(col(User.name)))}


def ensure_colleague(session: Session, user_id: int | None, *, field: str) -> None:
    """Let a form go on if whom it names, if anybody, is a colleague who can be given work.

    Raises:
        RuleBrokenError: nobody who still works here has this id; `field` named them.
    """
    user = session.get(User, user_id) if user_id is not None else None
    if user_id is not None and (user is None or user.archived_at or user.disabled_at):
        raise RuleBrokenError("Choose a colleague who still works here.", field=field)


def name_of(session: Session, user_id: int | None, *, by: Actor) -> str | None:
    """The name of a colleague, also of one who has left; None when nobody is meant.

    Raises:
        NotAllowedError: the person may not see who works here.
    """
    ensure(session, by, Action.USERS_READ)
    user = session.get(User, user_id) if user_id is not None else None
    return user.name if user else None


def names_of(session: Session, user_ids: Collection[int], *, by: Actor) -> dict[int, str]:
    """The names of these colleagues, also of those who have left, by id.

    Raises:
        NotAllowedError: the person may not see who works here.
    """
    ensure(session, by, Action.USERS_READ)
    if not user_ids:
        return {}
    query = select(User.id, User.name).where(col(User.id).in_(user_ids))
    return {key: name for key, name in session.exec(query) if key is not None}
