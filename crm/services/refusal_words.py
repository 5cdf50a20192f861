"""Why somebody may not do something: which role or relation would allow it, and whom to ask."""

from collections.abc import Collection

from sqlmodel import Session

from crm.models.base import Record
from crm.models.users import Actor, User
from crm.policy import Action, Relation, Role, is_reading, role_word
from crm.policy_table import allows, giving, where
from crm.services.relations import owner_of

_VERBS = {
    "read": "see",
    "record": "record or change",
    "merge": "merge",
    "approve": "approve",
    "decide": "decide on",
    "run": "run",
    "import": "import",
    "export": "take away as a file",
    "hand_over": "hand over",
}
_NOUNS = {
    "analyses": "job analyses",
    "clauses": "the clauses of agreements",
    "promises": "what was promised to people",
    "placements": "jobs that people started",
    "contacts": "contacts with employers",
    "seekers": "job seekers",
    "restricted": "restricted facts (health, benefits)",
    "safeguarding": "safeguarding concerns",
    "views": "who opened restricted facts",
    "consents": "what people have agreed to",
    "share_sheets": "pages that employers were given about people",
    "matches": "shortlists and comparisons",
    "shares": "who gets shortlisted, group by group",
    "carves": "carved jobs",
    "saved_views": "kept views of lists",
    "vocabulary": "the vocabulary of skills",
    "users": "colleagues",
    "service": "the service",
    "audit": "who changed what",
    "jobs": "background work",
    "caseloads": "caseloads: who has whom",
}
_RELATIONS = {
    Relation.OWN: "your own",
    Relation.CASELOAD: "in your caseload",
    Relation.TEAM: "your team’s or nobody’s",
    Relation.SERVICE: "anybody’s",
}


def words_of(action: Action) -> str:
    """An action in words: "See employers"."""
    words = _does(action)
    return words[:1].upper() + words[1:]


def relation_words(relations: Collection[Relation]) -> str:
    """Some relations in words: "your own, in your caseload, your team’s or nobody’s"."""
    return ", ".join(words for relation, words in _RELATIONS.items() if relation in relations)


def role_words(roles: Collection[Role], *, joined: str = ", ") -> str:
    """Some roles in words, in the order of the policy."""
    return joined.join(role_word(role) for role in Role if role in roles)


def refusal(session: Session, actor: Actor, action: Action, record: Record | None) -> str:
    """Why the policy says no to this person, in a sentence or two."""
    if not allows(actor.roles, action) and allows(actor.roles - {Role.AUDITOR}, action):
        return (
            f"You cannot {_does(action)} while you are an auditor: an auditor only reads, and never "
            "restricted facts, whatever other roles allow. Ask an administrator to take that role away."
        )
    if not allows(actor.roles, action):
        return _role_is_missing(actor, action)
    if record is not None and record.archived_at is not None and not is_reading(action):
        return "This record is archived. It can be read, but not changed."
    return _relation_is_missing(session, actor, action, record)


def _does(action: Action) -> str:
    noun, _, verb = action.value.partition(".")
    return f"{_VERBS[verb]} {_NOUNS.get(noun, noun)}"


def _role_is_missing(actor: Actor, action: Action) -> str:
    roles = role_words(actor.roles) or "no role"
    others = role_words(giving(action), joined=" or ")
    return (
        f"Your roles ({roles}) do not let you {_does(action)}: that takes the role of {others}. "
        "Ask an administrator for it if your work needs it, or a colleague who has it."
    )


def _relation_is_missing(session: Session, actor: Actor, action: Action, record: Record | None) -> str:
    allowed = relation_words(where(actor.roles, action))
    owner_id = owner_of(session, record) if record is not None else None
    owner = session.get(User, owner_id) if owner_id is not None else None
    named = f"{owner.name}, who looks after this one," if owner else "a colleague of its team"
    anywhere = role_words(giving(action, frozenset({Relation.SERVICE})), joined=" or ")
    return (
        f"As {role_words(actor.roles)} you can {_does(action)} only where they are {allowed}. "
        f"Ask {named} or somebody with the role of {anywhere}; they can also give it into your caseload."
    )
