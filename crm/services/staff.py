"""Colleagues, as forms and lists name them."""

from sqlmodel import Session, col, select

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
