"""What a person may do here, and which role gives it: the policy table in words."""

from dataclasses import dataclass

from sqlmodel import Session

from crm.models.users import Actor
from crm.policy import ALLOWED, Action, Role, role_word
from crm.services.access import ensure, words_of


@dataclass(frozen=True, slots=True)
class Permission:
    """One action in words, whether it is allowed, and the roles that give it."""

    what: str
    is_allowed: bool
    why: str


def permissions(session: Session, *, by: Actor) -> list[Permission]:
    """Every action of the product with the answer for this person.

    Raises:
        NotAllowedError: the person has no role at all.
    """
    ensure(session, by, Action.SERVICE_READ)
    return [_permission(action, by) for action in Action]


def _permission(action: Action, by: Actor) -> Permission:
    giving = [role for role in Role if action in ALLOWED[role]]
    own = [role for role in giving if role in by.roles]
    said = ", ".join(role_word(role) for role in (own or giving))
    return Permission(words_of(action), bool(own), f"As {said}" if own else f"Only as {said}")
