"""Records with readable defaults, made through the services that staff use."""

from functools import cache
from itertools import count
from typing import Any

from pydantic import SecretStr
from sqlmodel import Session

from crm.models.service import WeightsEdit, WeightsInput
from crm.models.users import SYSTEM, Actor, NewUser, Service, User
from crm.policy import Action, Role
from crm.services import access, passwords, records, service, sessions, users

PASSWORD = "lantern river tuesday"
_number = count(1)


def make_service(session: Session, name: str = "Northside Supported Employment", **words: Any) -> Service:
    """The service that everything in a test belongs to."""
    access.ensure(session, SYSTEM, Action.SERVICE_RECORD)
    return records.add(session, Service(name=name, **words))


def make_weights(session: Session, *, by: Actor = SYSTEM, why: str = "A try", **changed: float) -> Service:
    """Other weights for the service than it has, by the part that they are of."""
    here = service.current(session, by=by)
    now = {name: getattr(here, name) for name in WeightsInput.model_fields}
    typed = now | {f"weight_{part}": weight for part, weight in changed.items()} | {"why": why}
    return service.change_weights(session, WeightsEdit.model_validate(typed), version=here.version, by=by)


def make_user(
    session: Session,
    *roles: Role,
    name: str = "Sam Okafor",
    email: str | None = None,
    can_sign_in: bool = False,
) -> User:
    """A colleague, an engagement officer unless roles are given; with PASSWORD if they can sign in."""
    new = NewUser(
        name=name,
        email=email or f"colleague{next(_number)}@example.org",
        roles=frozenset(roles or {Role.ENGAGEMENT_OFFICER}),
    )
    user = users.add(session, new, by=SYSTEM)
    if can_sign_in:
        user.password_hash = digest_of_password()
        session.add(user)
        session.flush()
    return user


def make_sign_in(session: Session, user: User) -> str:
    """A session in force for this user; what AppTest takes as `at.user = {"sid": ...}`."""
    return sessions.digest(sessions.begin(session, user.key))


def make_actor(*roles: Role, name: str = "Sam Okafor") -> Actor:
    """Somebody who acts without being stored: for rules that look at roles only."""
    chosen = frozenset(roles or {Role.ENGAGEMENT_OFFICER})
    return Actor(id=None, name=name, email="sam@example.org", roles=chosen)


@cache
def digest_of_password() -> str:
    """The digest of PASSWORD, worked out once: it is slow on purpose."""
    return passwords.digest_of(SecretStr(PASSWORD))
