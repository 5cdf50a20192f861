"""Colleagues who can sign in: added, given roles, shut out and let in again."""

from pydantic import SecretStr
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.base import utc_now
from crm.models.users import Actor, NewUser, User
from crm.policy import Action, Role
from crm.services import access, passwords, records, sessions

_CALLED = "colleague"


def add(session: Session, new: NewUser, *, by: Actor) -> User:
    """Add a colleague; without a password they cannot sign in yet.

    Raises:
        RuleBrokenError: the e-mail address belongs to somebody already, or the password is easy to guess.
    """
    access.ensure(session, by, Action.USERS_RECORD)
    user = User(name=new.name, email=new.email, role_names=_names_of(new.roles))
    if new.password is not None:
        passwords.ensure_strong(new.password, about=(new.name, new.email))
        user.password_hash = passwords.digest_of(new.password)
    try:
        return records.add(session, user)
    except IntegrityError as problem:
        raise RuleBrokenError(
            f"Somebody with the e-mail address {new.email} can sign in already.", field="email"
        ) from problem


def everybody(session: Session, *, by: Actor) -> list[User]:
    """All colleagues by name, those shut out too."""
    access.ensure(session, by, Action.USERS_READ)
    return list(session.exec(select(User).order_by(col(User.name), col(User.id))))


def one(session: Session, email: str, *, by: Actor) -> User:
    """The colleague with this e-mail address.

    Raises:
        NotFoundError: nobody has it.
    """
    access.ensure(session, by, Action.USERS_READ)
    user = session.exec(select(User).where(User.email == email)).first()
    if user is None:
        raise NotFoundError(f"Nobody with the e-mail address {email} can sign in.")
    return user


def give_roles(session: Session, user_id: int, roles: frozenset[Role], *, version: int, by: Actor) -> User:
    """Set what a colleague may do; it holds from their next action on.

    Raises:
        RuleBrokenError: nobody would be left to look after the users.
        StaleFormError: somebody changed this colleague since the form was drawn.
    """
    access.ensure(session, by, Action.USERS_RECORD)
    user = records.fetch_to_change(session, User, user_id, called=_CALLED)
    if Role.ADMINISTRATOR not in roles:
        _ensure_another_administrator(session, user)
    return records.change(session, user, {"role_names": _names_of(roles)}, version=version)


def set_password(session: Session, user_id: int, password: SecretStr, *, version: int, by: Actor) -> User:
    """Give a colleague a new password and sign them out everywhere.

    Raises:
        RuleBrokenError: the password is easy to guess.
        StaleFormError: somebody changed this colleague since the form was drawn.
    """
    access.ensure(session, by, Action.USERS_RECORD)
    user = records.fetch_to_change(session, User, user_id, called=_CALLED)
    passwords.ensure_strong(password, about=(user.name, user.email))
    records.change(session, user, {"password_hash": passwords.digest_of(password)}, version=version)
    sessions.end_all(session, user.key)
    return user


def disable(session: Session, user_id: int, *, version: int, by: Actor) -> User:
    """Shut a colleague out, at their next action and on every device.

    Raises:
        RuleBrokenError: nobody would be left to look after the users.
        StaleFormError: somebody changed this colleague since the form was drawn.
    """
    access.ensure(session, by, Action.USERS_RECORD)
    user = records.fetch_to_change(session, User, user_id, called=_CALLED)
    _ensure_another_administrator(session, user)
    records.change(session, user, {"disabled_at": utc_now()}, version=version)
    sessions.end_all(session, user.key)
    return user


def enable(session: Session, user_id: int, *, version: int, by: Actor) -> User:
    """Let a colleague in again.

    Raises:
        StaleFormError: somebody changed this colleague since the form was drawn.
    """
    access.ensure(session, by, Action.USERS_RECORD)
    user = records.fetch_to_change(session, User, user_id, called=_CALLED)
    return records.change(session, user, {"disabled_at": None}, version=version)


def _names_of(roles: frozenset[Role]) -> str:
    return ",".join(role.value for role in Role if role in roles)


def _ensure_another_administrator(session: Session, user: User) -> None:
    if Role.ADMINISTRATOR not in user.roles or user.disabled_at is not None:
        return
    others = session.exec(select(User).where(User.id != user.id, col(User.disabled_at).is_(None)))
    if not any(Role.ADMINISTRATOR in other.roles for other in others):
        raise RuleBrokenError(
            f"{user.name} is the only administrator. Make somebody else one first.", field="roles"
        )
