"""Asked first by every service, reading ones too: may this person do this? Deny by default."""

import structlog
from sqlmodel import Session

from crm.audit import answer_for
from crm.errors import NotAllowedError
from crm.models.base import Record
from crm.models.users import Actor
from crm.policy import Action, allows, role_word
from crm.services import refusals

_LOG = structlog.get_logger()
_WORDS = {
    "read": "see",
    "record": "record or change",
    "approve": "approve",
    "decide": "decide on",
    "run": "run",
    "import": "import",
    "export": "take away as a file",
    "hand_over": "hand over",
}
_NOUNS = {
    "analyses": "job analyses",
    "seekers": "job seekers",
    "restricted": "restricted facts (health, benefits)",
    "views": "who opened restricted facts",
    "consents": "what people have agreed to",
    "carves": "carved jobs",
    "vocabulary": "a vocabulary of skills",
    "users": "colleagues",
    "service": "the service",
    "audit": "who changed what",
    "jobs": "background work",
    "caseloads": "caseloads: who has whom",
}


def may(actor: Actor, action: Action, record: Record | None = None) -> bool:
    """May this person do this, to this record if one is given? Archived records can only be read."""
    if record is not None and record.archived_at is not None and not action.value.endswith(".read"):
        return False
    return allows(actor.roles, action)


def ensure(session: Session, actor: Actor, action: Action, record: Record | None = None) -> None:
    """Let the service go on, with `actor` answering for what the session changes.

    Raises:
        NotAllowedError: the person's roles do not allow it, or the record is archived.
    """
    if not may(actor, action, record):
        _LOG.warning("refused", action=action.value, user_id=actor.id)
        refusals.remember(session, actor, action.value, record)
        raise NotAllowedError(_refusal(actor, action, record))
    answer_for(session, actor)


def words_of(action: Action) -> str:
    """An action in words: "See employers"."""
    noun, _, verb = action.value.partition(".")
    return f"{_WORDS[verb].capitalize()} {_NOUNS.get(noun, noun)}"


def _refusal(actor: Actor, action: Action, record: Record | None) -> str:
    noun, _, verb = action.value.partition(".")
    if record is not None and allows(actor.roles, action):
        return "This record is archived. It can be read, but not changed."
    roles = ", ".join(sorted(role_word(role) for role in actor.roles)) or "no role"
    return (
        f"Your roles ({roles}) do not let you {_WORDS[verb]} {noun}. "
        "Ask an administrator if you need this for your work."
    )
