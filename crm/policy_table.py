"""The one table of who may do what to which fields of whose records. What no rule allows is denied.

A person has several roles: what one of them allows is allowed, unless a rule denies it; deny wins. Everything
here is pure: how a record stands to somebody is worked out by `crm.services.relations`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from crm.policy import Action, Answer, FieldGroup, Relation, Role, is_reading

_A, _F, _R = Action, FieldGroup, Relation

NEAR = (_R.OWN, _R.CASELOAD, _R.TEAM)
"""One's own people, one's caseload and one's team's."""

ANYWHERE = (*NEAR, _R.SERVICE)

_SEEKER = (_F.SEEKER_BASIC, _F.SEEKER_CONTACT, _F.SEEKER_WORK, _F.SEEKER_SUPPORT)
_EMPLOYER = (_F.EMPLOYER_BASIC, _F.EMPLOYER_CONTACT)

GROUPS: dict[Action, tuple[FieldGroup, ...]] = {
    _A.EMPLOYERS_READ: _EMPLOYER,
    _A.EMPLOYERS_RECORD: _EMPLOYER,
    _A.CONTACTS_READ: (_F.CONTACTS,),
    _A.CONTACTS_RECORD: (_F.CONTACTS,),
    _A.TASKS_READ: (_F.TASKS,),
    _A.TASKS_RECORD: (_F.TASKS,),
    _A.EMPLOYERS_MERGE: _EMPLOYER,
    _A.AGREEMENTS_READ: (_F.AGREEMENTS,),
    _A.AGREEMENTS_RECORD: (_F.AGREEMENTS,),
    _A.AGREEMENTS_APPROVE: (_F.AGREEMENTS,),
    _A.CLAUSES_READ: (_F.CLAUSES,),
    _A.CLAUSES_RECORD: (_F.CLAUSES,),
    _A.PROMISES_READ: (_F.PROMISES,),
    _A.PROMISES_RECORD: (_F.PROMISES,),
    _A.PLACEMENTS_READ: (_F.PLACEMENTS,),
    _A.PLACEMENTS_RECORD: (_F.PLACEMENTS,),
    _A.VACANCIES_READ: (_F.VACANCIES,),
    _A.VACANCIES_RECORD: (_F.VACANCIES,),
    _A.ANALYSES_READ: (_F.ANALYSES,),
    _A.ANALYSES_RECORD: (_F.ANALYSES,),
    _A.SEEKERS_READ: _SEEKER,
    _A.SEEKERS_RECORD: _SEEKER,
    _A.RESTRICTED_READ: (_F.RESTRICTED,),
    _A.RESTRICTED_RECORD: (_F.RESTRICTED,),
    _A.SAFEGUARDING_READ: (_F.SAFEGUARDING,),
    _A.SAFEGUARDING_RECORD: (_F.SAFEGUARDING,),
    _A.VIEWS_READ: (_F.VIEWS,),
    _A.CONSENTS_READ: (_F.CONSENTS,),
    _A.CONSENTS_RECORD: (_F.CONSENTS,),
    _A.SHEETS_READ: (_F.SHARED,),
    _A.SHEETS_RECORD: (_F.SHARED,),
    _A.MATCHES_READ: (_F.MATCHES,),
    _A.MATCHES_DECIDE: (_F.MATCHES,),
    _A.MATCHES_RUN: (_F.MATCHES,),
    _A.SHARES_READ: (_F.MATCHES,),
    _A.CARVES_READ: (_F.CARVES,),
    _A.CARVES_RECORD: (_F.CARVES,),
    _A.SAVED_VIEWS_READ: (_F.SAVED_VIEWS,),
    _A.SAVED_VIEWS_RECORD: (_F.SAVED_VIEWS,),
    _A.IMPORTS_READ: (_F.IMPORTS,),
    _A.IMPORTS_RUN: (_F.IMPORTS,),
    _A.VOCABULARY_IMPORT: (_F.VOCABULARY,),
    _A.VOCABULARY_RECORD: (_F.VOCABULARY,),
    _A.USERS_READ: (_F.COLLEAGUES,),
    _A.USERS_RECORD: (_F.COLLEAGUES,),
    _A.SERVICE_READ: (_F.SERVICE, _F.VOCABULARY),
    _A.SERVICE_RECORD: (_F.SERVICE,),
    _A.AUDIT_READ: (_F.TRAIL,),
    _A.EMPLOYERS_EXPORT: (*_EMPLOYER, _F.AGREEMENTS, _F.VACANCIES),
    _A.SEEKERS_EXPORT: (_F.SEEKER_BASIC, _F.SEEKER_WORK),
    _A.CASELOADS_READ: (_F.COLLEAGUES,),
    _A.CASELOADS_HAND_OVER: (_F.COLLEAGUES,),
    _A.BACKUPS_READ: (_F.BACKUPS,),
    _A.BACKUPS_RUN: (_F.BACKUPS,),
    _A.JOBS_READ: (_F.JOBS,),
    _A.JOBS_RUN: (_F.JOBS,),
}
"""The groups of fields that each action is about; of others it says nothing, and shows nothing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One answer for every cell of these roles, actions, relations and groups; None: all of an action's."""

    roles: Collection[Role]
    actions: Collection[Action]
    relations: Collection[Relation] = ANYWHERE
    groups: Collection[FieldGroup] | None = None
    answer: Answer = Answer.ALLOW

    def holds(self, role: Role, action: Action, group: FieldGroup) -> bool:
        """Is it about this role, action and group, whatever the relation?"""
        is_about = self.groups is None or group in self.groups
        return role in self.roles and action in self.actions and is_about


_OFFICER, _COACH, _MANAGER = (Role.ENGAGEMENT_OFFICER,), (Role.JOB_COACH,), (Role.MANAGER,)
_ADMINISTRATOR, _AUDITOR = (Role.ADMINISTRATOR,), (Role.AUDITOR,)
_FRONT = (*_OFFICER, *_COACH)
_CHANGING = frozenset(action for action in Action if not is_reading(action))
_EMPLOYER_SIDE = (
    *(_A.EMPLOYERS_READ, _A.AGREEMENTS_READ, _A.VACANCIES_READ, _A.ANALYSES_READ),
    *(_A.CONTACTS_READ, _A.TASKS_READ, _A.CLAUSES_READ, _A.PROMISES_READ, _A.PLACEMENTS_READ),
)
_KEPT_PROMISES = (_A.PROMISES_RECORD, _A.PLACEMENTS_RECORD)
_DAILY = (_A.CONTACTS_RECORD, _A.TASKS_RECORD)
_MATCHING = (_A.MATCHES_READ, _A.CARVES_READ)
_NAMES_AND_WORK = (_F.SEEKER_BASIC, _F.SEEKER_WORK, _F.SEEKER_SUPPORT)
_ANSWERED_BY_MANAGERS = frozenset(Action) - {
    *(_A.USERS_RECORD, _A.SERVICE_RECORD, _A.BACKUPS_RUN, _A.SAVED_VIEWS_READ, _A.SAVED_VIEWS_RECORD),
    _A.CLAUSES_RECORD,
}

RULES: tuple[Rule, ...] = (
    Rule(tuple(Role), (_A.SERVICE_READ, _A.USERS_READ, _A.SAVED_VIEWS_READ)),
    Rule(tuple(Role), (_A.SAVED_VIEWS_RECORD,), (_R.OWN,)),
    # Nobody is hidden from those who match: names, work and support needs of everybody, wherever they belong.
    Rule((*_FRONT, *_AUDITOR), (*_MATCHING, _A.CONSENTS_READ, _A.SHEETS_READ)),
    Rule((*_FRONT, *_AUDITOR), (_A.SEEKERS_READ,), groups=_NAMES_AND_WORK),
    Rule(_FRONT, (_A.SEEKERS_READ,), NEAR, (_F.SEEKER_CONTACT,)),
    Rule(_FRONT, (_A.SEEKERS_READ,), (_R.SERVICE,), (_F.SEEKER_CONTACT,), Answer.MASK),
    Rule(_FRONT, (_A.SHEETS_RECORD,), NEAR),
    Rule(
        _FRONT,
        (
            *(*_EMPLOYER_SIDE, *_DAILY, _A.ANALYSES_RECORD, _A.CARVES_RECORD, _A.MATCHES_RUN),
            _A.VOCABULARY_RECORD,
        ),
    ),
    Rule(
        _OFFICER,
        (
            *(_A.EMPLOYERS_RECORD, _A.AGREEMENTS_RECORD, _A.VACANCIES_RECORD, _A.MATCHES_DECIDE),
            *(_A.IMPORTS_READ, _A.IMPORTS_RUN, _A.EMPLOYERS_EXPORT),
            *_KEPT_PROMISES,
        ),
    ),
    # A colleague's account does not disappear into another without them; nobody's may (crm.services.merging).
    Rule(_OFFICER, (_A.EMPLOYERS_MERGE,), (_R.OWN, _R.CASELOAD)),
    Rule(
        _COACH,
        (
            *(_A.SEEKERS_RECORD, _A.MATCHES_DECIDE, _A.RESTRICTED_READ, _A.RESTRICTED_RECORD),
            *(_A.VIEWS_READ, _A.CONSENTS_RECORD),
            *_KEPT_PROMISES,
        ),
        NEAR,
    ),
    Rule(_MANAGER, _ANSWERED_BY_MANAGERS - {_A.SERVICE_READ, _A.USERS_READ}),
    Rule(
        _ADMINISTRATOR,
        (
            *(_A.USERS_RECORD, _A.SERVICE_RECORD, _A.VOCABULARY_IMPORT, _A.IMPORTS_READ, _A.AUDIT_READ),
            *(_A.VOCABULARY_RECORD, _A.CLAUSES_READ, _A.CLAUSES_RECORD),
            *(_A.BACKUPS_READ, _A.BACKUPS_RUN, _A.JOBS_READ, _A.JOBS_RUN),
            *(_A.CASELOADS_READ, _A.CASELOADS_HAND_OVER),
        ),
    ),
    Rule(_AUDITOR, (*_EMPLOYER_SIDE[1:], _A.IMPORTS_READ, _A.AUDIT_READ, _A.VIEWS_READ, _A.SHARES_READ)),
    Rule(_AUDITOR, (_A.EMPLOYERS_READ,), groups=(_F.EMPLOYER_BASIC,)),
    Rule(_AUDITOR, (_A.EMPLOYERS_READ,), groups=(_F.EMPLOYER_CONTACT,), answer=Answer.MASK),
    Rule(_AUDITOR, (_A.SEEKERS_READ,), groups=(_F.SEEKER_CONTACT,), answer=Answer.MASK),
    # Denied, whatever other roles allow.
    Rule(_AUDITOR, (*_CHANGING, _A.RESTRICTED_READ, _A.SAFEGUARDING_READ), answer=Answer.DENY),
    Rule(tuple(Role), _CHANGING, (_R.ARCHIVED,), answer=Answer.DENY),
)

_LOOKING_AFTER = (
    *(_A.BACKUPS_READ, _A.BACKUPS_RUN, _A.JOBS_READ, _A.JOBS_RUN),
    *(_A.CASELOADS_READ, _A.CASELOADS_HAND_OVER),
)

LEFT_TO_OTHERS: dict[Role, frozenset[Action]] = {
    Role.ENGAGEMENT_OFFICER: frozenset(
        {_A.AGREEMENTS_APPROVE, _A.CLAUSES_RECORD, _A.SEEKERS_RECORD}
        | {_A.RESTRICTED_READ, _A.RESTRICTED_RECORD}
        | {_A.SAFEGUARDING_READ, _A.SAFEGUARDING_RECORD, _A.VOCABULARY_IMPORT}
        | {_A.USERS_RECORD, _A.SERVICE_RECORD, _A.AUDIT_READ, _A.VIEWS_READ, _A.CONSENTS_RECORD}
        | {_A.SEEKERS_EXPORT, _A.SHARES_READ, *_LOOKING_AFTER}
    ),
    Role.JOB_COACH: frozenset(
        {_A.EMPLOYERS_RECORD, _A.EMPLOYERS_MERGE, _A.AGREEMENTS_RECORD, _A.AGREEMENTS_APPROVE}
        | {_A.VACANCIES_RECORD, _A.CLAUSES_RECORD}
        | {_A.SAFEGUARDING_READ, _A.SAFEGUARDING_RECORD, _A.IMPORTS_READ, _A.IMPORTS_RUN}
        | {_A.VOCABULARY_IMPORT, _A.USERS_RECORD, _A.SERVICE_RECORD, _A.AUDIT_READ}
        | {_A.EMPLOYERS_EXPORT, _A.SEEKERS_EXPORT, _A.SHARES_READ, *_LOOKING_AFTER}
    ),
    Role.MANAGER: frozenset({_A.USERS_RECORD, _A.SERVICE_RECORD, _A.BACKUPS_RUN, _A.CLAUSES_RECORD}),
    Role.ADMINISTRATOR: frozenset(
        {
            *(set(_EMPLOYER_SIDE) - {_A.CLAUSES_READ}),
            *_KEPT_PROMISES,
            *_DAILY,
            *_MATCHING,
            _A.EMPLOYERS_RECORD,
            _A.EMPLOYERS_MERGE,
            _A.AGREEMENTS_RECORD,
            _A.AGREEMENTS_APPROVE,
        }
        | {_A.VACANCIES_RECORD, _A.ANALYSES_RECORD, _A.SEEKERS_READ, _A.SEEKERS_RECORD, _A.RESTRICTED_READ}
        | {_A.RESTRICTED_RECORD, _A.SAFEGUARDING_READ, _A.SAFEGUARDING_RECORD, _A.MATCHES_DECIDE}
        | {
            _A.MATCHES_RUN,
            _A.CARVES_RECORD,
            _A.IMPORTS_RUN,
            _A.VIEWS_READ,
            _A.CONSENTS_READ,
            _A.CONSENTS_RECORD,
            _A.SHEETS_READ,
            _A.SHEETS_RECORD,
        }
        | {_A.EMPLOYERS_EXPORT, _A.SEEKERS_EXPORT, _A.SHARES_READ}
    ),
    Role.AUDITOR: frozenset({_A.BACKUPS_READ, _A.JOBS_READ, _A.CASELOADS_READ}),
}
"""What no rule of a role is about, said by name so that nothing is forgotten: a test compares."""


@cache
def answer(
    roles: frozenset[Role], action: Action, relations: frozenset[Relation], group: FieldGroup
) -> Answer:
    """What these roles, taken together, are told of a group of fields. Deny wins; deny is the default."""
    if group not in GROUPS[action]:
        return Answer.DENY
    said = {
        rule.answer
        for rule in RULES
        if not relations.isdisjoint(rule.relations) and any(rule.holds(role, action, group) for role in roles)
    }
    if Answer.DENY in said or not said:
        return Answer.DENY
    return Answer.ALLOW if Answer.ALLOW in said else Answer.MASK


@cache
def allows(roles: frozenset[Role], action: Action, relations: frozenset[Relation] | None = None) -> bool:
    """May the action be done to a record that stands so; without relations, to any record at all?"""
    if relations is None:
        return any(allows(roles, action, frozenset({relation})) for relation in ANYWHERE)
    return any(answer(roles, action, relations, group) is Answer.ALLOW for group in GROUPS[action])


@cache
def where(roles: frozenset[Role], action: Action) -> tuple[Relation, ...]:
    """The relations in which the action may be done."""
    return tuple(each for each in ANYWHERE if allows(roles, action, frozenset({each})))


@cache
def where_shown(roles: frozenset[Role], action: Action, group: FieldGroup) -> tuple[Relation, ...]:
    """The relations in which a group of fields is shown, and not hidden or masked."""
    return tuple(e for e in ANYWHERE if answer(roles, action, frozenset({e}), group) is Answer.ALLOW)


@cache
def varies(roles: frozenset[Role], action: Action, groups: frozenset[FieldGroup]) -> bool:
    """Does it make a difference for any of these groups how a record stands to somebody?"""
    said = ({answer(roles, action, frozenset({each}), group) for each in ANYWHERE} for group in groups)
    return any(len(answers) > 1 for answers in said)


def giving(action: Action, relations: frozenset[Relation] | None = None) -> list[Role]:
    """The roles that allow the action by themselves."""
    return [role for role in Role if allows(frozenset({role}), action, relations)]
