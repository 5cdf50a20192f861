"""Colleagues who can sign in: added, given roles, shut out and let in again."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.base import utc_now
from crm.models.users import Actor, ColleagueInput, NewUser, User
from crm.policy import Action, Role
from crm.services import access, passwords, records, sessions, teams

_CALLED = "colleague"


def add(session: Session, new: NewUser, *, by: Actor) -> User:
    """Add a colleague; without a password they cannot sign in yet.

    Raises:
        RuleBrokenError: the e-mail address belongs to somebody already, the password is easy to guess, or
            the team is archived.
    """
    access.ensure(session, by, Action.USERS_RECORD)
    teams.ensure_live(session, new.team_id)
    user = User(name=new.name, email=new.email, role_names=_names_of(new.roles), team_id=new.team_id)
    if new.password is not None:
        passwords.ensure_strong(new.password, about=(new.name, new.email))
        user.password_hash = passwords.digest_of(new.password)
    try:
        return records.add(session, user)
    except IntegrityError as problem:
        raise _taken(new.email) from problem


def _taken(email: str) -> RuleBrokenError:
    return RuleBrokenError(f"Somebody with the e-mail address {email} can sign in already.", field="email")


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


def change(session: Session, user_id: int, typed: ColleagueInput, *, version: int, by: Actor) -> User:
    """Change a colleague's name, address, team and roles; the roles hold from their next action on.

    Raises:
        RuleBrokenError: the address is somebody else's, the team is archived, or nobody would be left to
            look after the users.
        StaleFormError: somebody changed this colleague since the form was drawn.
    """
    access.ensure(session, by, Action.USERS_RECORD)
    user = records.fetch_to_change(session, User, user_id, called=_CALLED)
    access.ensure(session, by, Action.USERS_RECORD, user)
    if Role.ADMINISTRATOR not in typed.roles:
        _ensure_another_administrator(session, user)
    if typed.team_id != user.team_id:
        teams.ensure_live(session, typed.team_id)
    values = typed.model_dump(exclude={"roles"}) | {"role_names": _names_of(typed.roles)}
    try:
        return records.change(session, user, values, version=version)
    except IntegrityError as problem:
        raise _taken(typed.email) from problem


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
