"""What each action of the policy is in words, for the help page and whoever asks why a button is missing."""

from crm.policy import Action, Role, role_word
from crm.policy_table import giving

_NOUNS = {
    "employers": "employers, their sites and people",
    "agreements": "agreements",
    "vacancies": "vacancies",
    "analyses": "job analyses",
    "seekers": "job seekers and their profiles",
    "restricted": "restricted facts: health, benefits, age",
    "safeguarding": "safeguarding concerns",
    "matches": "shortlists and comparisons",
    "carves": "carved jobs",
    "imports": "imports of employers and adverts",
    "vocabulary": "a skills vocabulary such as ESCO",
    "users": "colleagues and their roles",
    "service": "the service and its settings",
    "audit": "the trail of changes",
}
_VERBS = {
    "read": "See",
    "record": "Record and change",
    "approve": "Approve",
    "decide": "Decide on",
    "run": "Run",
    "import": "Import",
}


def action_words(action: Action) -> str:
    """An action as a sentence begins: “Record and change vacancies”."""
    noun, _, verb = action.value.partition(".")
    return f"{_VERBS[verb]} {_NOUNS[noun]}"


def allowed_by(action: Action, roles: frozenset[Role]) -> list[str]:
    """Which of these roles allow the action, in words."""
    return [role_word(role) for role in giving(action) if role in roles]
