"""Who may do what: one pure table of roles and actions. What is not listed is denied."""

from enum import StrEnum


class Role(StrEnum):
    """A set of permissions; one person often has several."""

    ENGAGEMENT_OFFICER = "engagement_officer"
    JOB_COACH = "job_coach"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Action(StrEnum):
    """Something that a service does for somebody; reading is an action too."""

    EMPLOYERS_READ = "employers.read"
    EMPLOYERS_RECORD = "employers.record"
    AGREEMENTS_READ = "agreements.read"
    AGREEMENTS_RECORD = "agreements.record"
    AGREEMENTS_APPROVE = "agreements.approve"
    VACANCIES_READ = "vacancies.read"
    VACANCIES_RECORD = "vacancies.record"
    ANALYSES_READ = "analyses.read"
    ANALYSES_RECORD = "analyses.record"
    SEEKERS_READ = "seekers.read"
    SEEKERS_RECORD = "seekers.record"
    RESTRICTED_READ = "restricted.read"
    RESTRICTED_RECORD = "restricted.record"
    VIEWS_READ = "views.read"
    CONSENTS_READ = "consents.read"
    CONSENTS_RECORD = "consents.record"
    MATCHES_READ = "matches.read"
    MATCHES_DECIDE = "matches.decide"
    CARVES_READ = "carves.read"
    CARVES_RECORD = "carves.record"
    IMPORTS_READ = "imports.read"
    IMPORTS_RUN = "imports.run"
    VOCABULARY_IMPORT = "vocabulary.import"
    USERS_READ = "users.read"
    USERS_RECORD = "users.record"
    SERVICE_READ = "service.read"
    SERVICE_RECORD = "service.record"
    AUDIT_READ = "audit.read"
    BACKUPS_READ = "backups.read"
    BACKUPS_RUN = "backups.run"
    EMPLOYERS_EXPORT = "employers.export"
    SEEKERS_EXPORT = "seekers.export"
    JOBS_READ = "jobs.read"
    JOBS_RUN = "jobs.run"
    CASELOADS_READ = "caseloads.read"
    CASELOADS_HAND_OVER = "caseloads.hand_over"


_WORDS = {
    Role.ENGAGEMENT_OFFICER: "engagement officer",
    Role.JOB_COACH: "job coach",
    Role.MANAGER: "manager",
    Role.ADMINISTRATOR: "administrator",
    Role.AUDITOR: "auditor",
}

_EVERYBODY = {Action.SERVICE_READ}
_EMPLOYER_SIDE = {
    Action.EMPLOYERS_READ,
    Action.AGREEMENTS_READ,
    Action.VACANCIES_READ,
    Action.ANALYSES_READ,
}
_PERSON_SIDE = {Action.SEEKERS_READ, Action.CONSENTS_READ, Action.MATCHES_READ, Action.CARVES_READ}

ALLOWED: dict[Role, frozenset[Action]] = {
    Role.ENGAGEMENT_OFFICER: frozenset(
        _EVERYBODY
        | _EMPLOYER_SIDE
        | _PERSON_SIDE
        | {
            Action.EMPLOYERS_RECORD,
            Action.AGREEMENTS_RECORD,
            Action.VACANCIES_RECORD,
            Action.ANALYSES_RECORD,
            Action.MATCHES_DECIDE,
            Action.CARVES_RECORD,
            Action.IMPORTS_READ,
            Action.IMPORTS_RUN,
            Action.USERS_READ,
            Action.EMPLOYERS_EXPORT,
        }
    ),
    Role.JOB_COACH: frozenset(
        _EVERYBODY
        | _EMPLOYER_SIDE
        | _PERSON_SIDE
        | {
            Action.ANALYSES_RECORD,
            Action.SEEKERS_RECORD,
            Action.RESTRICTED_READ,
            Action.RESTRICTED_RECORD,
            Action.VIEWS_READ,
            Action.CONSENTS_RECORD,
            Action.MATCHES_DECIDE,
            Action.CARVES_RECORD,
            Action.USERS_READ,
        }
    ),
    Role.MANAGER: frozenset(set(Action) - {Action.USERS_RECORD, Action.SERVICE_RECORD, Action.BACKUPS_RUN}),
    Role.ADMINISTRATOR: frozenset(
        _EVERYBODY
        | {
            Action.USERS_READ,
            Action.USERS_RECORD,
            Action.SERVICE_RECORD,
            Action.VOCABULARY_IMPORT,
            Action.IMPORTS_READ,
            Action.AUDIT_READ,
            Action.BACKUPS_READ,
            Action.BACKUPS_RUN,
            Action.JOBS_READ,
            Action.JOBS_RUN,
            Action.CASELOADS_READ,
            Action.CASELOADS_HAND_OVER,
        }
    ),
    Role.AUDITOR: frozenset(
        _EVERYBODY
        | _EMPLOYER_SIDE
        | _PERSON_SIDE
        | {Action.VIEWS_READ, Action.IMPORTS_READ, Action.USERS_READ, Action.AUDIT_READ}
    ),
}


def role_word(role: Role) -> str:
    """The role as it is said on screens."""
    return _WORDS[role]


def allows(roles: frozenset[Role], action: Action) -> bool:
    """Do these roles, taken together, allow the action? Deny by default."""
    return any(action in ALLOWED[role] for role in roles)
