"""What each action of the policy is in words, for the help page and whoever asks why a button is missing."""

from crm.policy import Action, Role, role_word
from crm.policy_table import giving
from crm.ui.calling import in_our_words

_NOUNS = {
    "employers": "employers, their sites and people",
    "contacts": "contacts with employers",
    "tasks": "tasks and next steps",
    "agreements": "agreements",
    "vacancies": "vacancies",
    "analyses": "job analyses",
    "seekers": "job seekers and their profiles",
    "restricted": "restricted facts: health, benefits, age",
    "views": "who opened restricted facts, and why",
    "consents": "what people have agreed to",
    "share_sheets": "pages for employers about people",
    "safeguarding": "safeguarding concerns",
    "matches": "shortlists and comparisons",
    "shares": "who gets shortlisted, group by group",
    "carves": "carved jobs",
    "saved_views": "views of lists that people keep",
    "imports": "imports of lists and adverts",
    "vocabulary": "the skills vocabulary: what words mean",
    "users": "colleagues and their roles",
    "service": "the service and its settings",
    "audit": "the trail of changes",
    "backups": "backups",
    "jobs": "background work",
    "caseloads": "caseloads: who has whom",
    "clauses": "the clauses of agreements",
    "promises": "what was promised to people",
    "placements": "jobs that people started",
}
_VERBS = {
    "read": "See",
    "record": "Record and change",
    "merge": "Merge",
    "approve": "Approve",
    "decide": "Decide on",
    "run": "Run",
    "import": "Import",
    "export": "Take away as a file",
    "hand_over": "Hand over",
}


def action_words(action: Action) -> str:
    """An action as a sentence begins: “Record and change vacancies”."""
    noun, _, verb = action.value.partition(".")
    return in_our_words(f"{_VERBS[verb]} {_NOUNS[noun]}")


def allowed_by(action: Action, roles: frozenset[Role]) -> list[str]:
    """Which of these roles allow the action, in words."""
    return [role_word(role) for role in giving(action) if role in roles]
