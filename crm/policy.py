"""The words of the policy: roles, actions, relations, groups of fields, and answers.

The rules are in `crm.policy_table`; which column is in which group, in `crm.field_groups`.
"""

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
    CONTACTS_READ = "contacts.read"
    CONTACTS_RECORD = "contacts.record"
    TASKS_READ = "tasks.read"
    TASKS_RECORD = "tasks.record"
    EMPLOYERS_MERGE = "employers.merge"
    AGREEMENTS_READ = "agreements.read"
    AGREEMENTS_RECORD = "agreements.record"
    AGREEMENTS_APPROVE = "agreements.approve"
    CLAUSES_READ = "clauses.read"
    CLAUSES_RECORD = "clauses.record"
    PROMISES_READ = "promises.read"
    PROMISES_RECORD = "promises.record"
    PLACEMENTS_READ = "placements.read"
    PLACEMENTS_RECORD = "placements.record"
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
    SHEETS_READ = "share_sheets.read"
    SHEETS_RECORD = "share_sheets.record"
    SAFEGUARDING_READ = "safeguarding.read"
    SAFEGUARDING_RECORD = "safeguarding.record"
    MATCHES_READ = "matches.read"
    MATCHES_DECIDE = "matches.decide"
    MATCHES_RUN = "matches.run"
    SHARES_READ = "shares.read"
    CARVES_READ = "carves.read"
    CARVES_RECORD = "carves.record"
    SAVED_VIEWS_READ = "saved_views.read"
    SAVED_VIEWS_RECORD = "saved_views.record"
    IMPORTS_READ = "imports.read"
    IMPORTS_RUN = "imports.run"
    VOCABULARY_IMPORT = "vocabulary.import"
    VOCABULARY_RECORD = "vocabulary.record"
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


class Relation(StrEnum):
    """How a record stands to somebody. One of the first four holds, and beside it perhaps the last."""

    OWN = "own"
    CASELOAD = "caseload"
    TEAM = "team"
    SERVICE = "service"
    ARCHIVED = "archived"


class FieldGroup(StrEnum):
    """What fields are about; who may see one field of a group may see them all."""

    UPKEEP = "upkeep"
    SEEKER_BASIC = "seeker.basic"
    SEEKER_CONTACT = "seeker.contact"
    SEEKER_WORK = "seeker.work"
    SEEKER_SUPPORT = "seeker.support"
    RESTRICTED = "restricted"
    SAFEGUARDING = "safeguarding"
    VIEWS = "views"
    CONSENTS = "consents"
    SHARED = "shared"
    MATCHES = "matches"
    CARVES = "carves"
    EMPLOYER_BASIC = "employer.basic"
    EMPLOYER_CONTACT = "employer.contact"
    CONTACTS = "contacts"
    TASKS = "tasks"
    AGREEMENTS = "agreements"
    CLAUSES = "clauses"
    PROMISES = "promises"
    PLACEMENTS = "placements"
    VACANCIES = "vacancies"
    ANALYSES = "analyses"
    SAVED_VIEWS = "saved_views"
    IMPORTS = "imports"
    VOCABULARY = "vocabulary"
    COLLEAGUES = "colleagues"
    SECRETS = "secrets"
    SERVICE = "service"
    TRAIL = "trail"
    BACKUPS = "backups"
    JOBS = "jobs"


class Answer(StrEnum):
    """What the policy says of a group of fields."""

    ALLOW = "allow"
    MASK = "mask"
    DENY = "deny"


_WORDS = {
    Role.ENGAGEMENT_OFFICER: "engagement officer",
    Role.JOB_COACH: "job coach",
    Role.MANAGER: "manager",
    Role.ADMINISTRATOR: "administrator",
    Role.AUDITOR: "auditor",
}


def role_word(role: Role) -> str:
    """The role as it is said on screens."""
    return _WORDS[role]


def is_reading(action: Action) -> bool:
    """Does the action leave every record as it is?"""
    return action.value.endswith(".read")
