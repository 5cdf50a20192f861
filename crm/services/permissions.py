"""What a person may do here, to whose records, and which role gives it: the policy table in words."""

from dataclasses import dataclass

from sqlmodel import Session

from crm.models.users import Actor
from crm.policy import Action, Answer, FieldGroup, is_reading
from crm.policy_table import ANYWHERE, GROUPS, answer, giving, where
from crm.services.access import ensure
from crm.services.refusal_words import relation_words, role_words, words_of

GROUP_WORDS = {
    FieldGroup.SEEKER_CONTACT: "e-mail address, telephone and postcode",
    FieldGroup.EMPLOYER_CONTACT: "e-mail addresses, telephones and notes of employers’ people",
}
"""Groups that are hidden from somebody who sees the rest of the record."""


@dataclass(frozen=True, slots=True)
class Permission:
    """One action in words: whether it is allowed, to whose records, what is not shown, and why."""

    what: str
    is_allowed: bool
    whose: str
    why: str


def permissions(session: Session, *, by: Actor) -> list[Permission]:
    """Every action of the product with the answer for this person.

    Raises:
        NotAllowedError: the person has no role at all.
    """
    ensure(session, by, Action.SERVICE_READ)
    return [_permission(action, by) for action in Action]


def _permission(action: Action, by: Actor) -> Permission:
    roles = giving(action)
    found = where(by.roles, action)
    if found:
        why = f"As {role_words([role for role in roles if role in by.roles])}"
        return Permission(words_of(action), True, whose(by, action), why)
    held = [role for role in roles if role in by.roles]
    why = "An auditor only reads" if held else f"Only as {role_words(roles)}"
    return Permission(words_of(action), False, "", why)


def whose(by: Actor, action: Action) -> str:
    """To whose records an action may be done, and what of them is not shown; empty if to none."""
    found = where(by.roles, action)
    if not found:
        return ""
    reach = "All" if found == ANYWHERE else f"What is {relation_words(found)}"
    hidden = [_hidden(by, group, action) for group in GROUPS[action]] if is_reading(action) else []
    return ". ".join([reach, *(words for words in hidden if words)])


def _hidden(by: Actor, group: FieldGroup, action: Action) -> str:
    seen = {
        relation
        for relation in ANYWHERE
        if answer(by.roles, action, frozenset({relation}), group) is Answer.ALLOW
    }
    if len(seen) == len(ANYWHERE) or group not in GROUP_WORDS:
        return ""
    words = f"Not shown: {GROUP_WORDS[group]}"
    return f"{words}, unless they are {relation_words(seen)}" if seen else words


def relation_meanings() -> list[tuple[str, str]]:
    """What each relation means, for those who ask why they see one record whole and another not."""
    return [
        ("Your own", "You are the coach of the person, or the owner of the employer or agreement."),
        ("In your caseload", "It was given into your caseload, up to and with a day."),
        ("Your team’s or nobody’s", "Its coach or owner is in your team, or nobody looks after it yet."),
        ("The rest of the service’s", "Everything else: whoever matches sees names and work of everybody."),
        ("Archived", "Put aside. It can be read as before and brought back, but not changed."),
    ]
