"""The policy: whole, as expected cell by cell, and true to the rules that it was written from."""

from itertools import combinations
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from crm.field_groups import COLUMNS, UPKEEP, groups_of
from crm.models.base import Record
from crm.models.tables import MODULES
from crm.policy import Action, Answer, FieldGroup, Relation, Role
from crm.policy_table import ANYWHERE, GROUPS, LEFT_TO_OTHERS, RULES, allows, answer, where
from crm.services.relations import BELONGING, OWNERS
from tests.policy_matrix import lines

EXPECTED = Path(__file__).with_name("policy_matrix.txt")
OFFICER, COACH, MANAGER = Role.ENGAGEMENT_OFFICER, Role.JOB_COACH, Role.MANAGER
ADMINISTRATOR, AUDITOR = Role.ADMINISTRATOR, Role.AUDITOR
CELLS = [(action, group) for action in Action for group in FieldGroup]
SETS_OF_ROLES = [frozenset(chosen) for size in range(6) for chosen in combinations(Role, size)]
STANDINGS = [frozenset({near, *more}) for near in ANYWHERE for more in ((), (Relation.ARCHIVED,))]
FOR_THE_MACHINERY = {FieldGroup.UPKEEP, FieldGroup.SECRETS}
NOBODYS = {
    *("ImportBatch", "MatchRun", "Service", "Team", "User", "Cover", "Handover", "Export", "ListChoice"),
    *("Programme", "BulkChange", "LearntWords", "ClauseWording", "WeightsVersion"),
}
"""Records that nobody looks after and that are no part of one; a colleague stands to one as a colleague."""


def said(role: Role, action: Action, group: FieldGroup, *relations: Relation) -> set[Answer]:
    return {answer(frozenset({role}), action, frozenset({each}), group) for each in relations or ANYWHERE}


def tables() -> dict[str, set[str]]:
    assert len(MODULES) > 1
    return {
        table.name: {column.name for column in table.columns} for table in SQLModel.metadata.sorted_tables
    }


def test_the_whole_table_is_as_it_is_expected():
    assert "\n".join(lines()) == EXPECTED.read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_rule_for_every_action_or_leaves_it_to_others_by_name(role: Role):
    ruled = {
        action
        for rule in RULES
        for action in rule.actions
        if role in rule.roles and set(rule.relations) != {Relation.ARCHIVED}
    }
    assert ruled | LEFT_TO_OTHERS[role] == set(Action)
    assert not ruled & LEFT_TO_OTHERS[role]


def test_every_action_says_which_fields_it_is_about():
    assert {action for action in Action if not GROUPS.get(action)} == set()


def test_every_group_of_fields_belongs_to_an_action_or_is_for_the_machinery_alone():
    assert {group for groups in GROUPS.values() for group in groups} | FOR_THE_MACHINERY == set(FieldGroup)


def test_no_role_has_two_answers_for_one_cell():
    for role in Role:
        for action, group in CELLS:
            for relation in ANYWHERE:
                given = [
                    rule.answer
                    for rule in RULES
                    if rule.holds(role, action, group) and relation in rule.relations
                ]
                assert len({*given} - {Answer.DENY}) <= 1, (role, action, group, relation)


@pytest.mark.parametrize("table", sorted(tables()))
def test_every_column_of_a_table_is_in_exactly_one_group(table: str):
    named = [column for columns in COLUMNS[table].values() for column in columns.split()]
    assert len(named) == len(set(named))
    assert set(groups_of(table)) == tables()[table] - UPKEEP


def test_no_group_names_a_table_that_is_not_there():
    assert set(COLUMNS) == set(tables())


def test_every_kind_of_record_stands_as_somebodys_or_is_known_to_be_nobodys():
    kinds = {kind.__name__ for kind in Record.__subclasses__()}
    assert kinds == {kind.__name__ for kind in OWNERS} | set(BELONGING) | NOBODYS


def test_what_an_action_is_not_about_is_denied_to_everybody():
    for roles in SETS_OF_ROLES:
        for action, group in CELLS:
            if group not in GROUPS[action]:
                assert {answer(roles, action, each, group) for each in STANDINGS} == {Answer.DENY}


def test_nobody_without_a_role_may_do_anything():
    assert not any(allows(frozenset(), action, each) for action in Action for each in STANDINGS)


def test_an_officer_sees_work_adjustments_and_never_diagnosis_or_benefits():
    assert said(OFFICER, Action.SEEKERS_READ, FieldGroup.SEEKER_SUPPORT) == {Answer.ALLOW}
    for action in Action:
        assert said(OFFICER, action, FieldGroup.RESTRICTED) == {Answer.DENY}


def test_a_coach_sees_contact_and_restricted_facts_of_own_caseload_and_team_only():
    near, rest = ANYWHERE[:3], ANYWHERE[3]
    assert said(COACH, Action.SEEKERS_READ, FieldGroup.SEEKER_CONTACT, *near) == {Answer.ALLOW}
    assert said(COACH, Action.SEEKERS_READ, FieldGroup.SEEKER_CONTACT, rest) == {Answer.MASK}
    assert said(COACH, Action.RESTRICTED_READ, FieldGroup.RESTRICTED, *near) == {Answer.ALLOW}
    assert said(COACH, Action.RESTRICTED_READ, FieldGroup.RESTRICTED, rest) == {Answer.DENY}


@pytest.mark.parametrize("action", [Action.SEEKERS_RECORD, Action.RESTRICTED_RECORD, Action.MATCHES_DECIDE])
def test_a_coach_changes_only_people_of_their_own_caseload_and_team(action: Action):
    assert set(where(frozenset({COACH}), action)) == {Relation.OWN, Relation.CASELOAD, Relation.TEAM}


@pytest.mark.parametrize("role", [OFFICER, COACH, MANAGER])
def test_nobody_is_hidden_from_those_who_match(role: Role):
    for group in (FieldGroup.SEEKER_BASIC, FieldGroup.SEEKER_WORK, FieldGroup.SEEKER_SUPPORT):
        assert said(role, Action.SEEKERS_READ, group) == {Answer.ALLOW}
    assert said(role, Action.MATCHES_READ, FieldGroup.MATCHES) == {Answer.ALLOW}


def test_a_manager_sees_everything_and_changes_neither_users_nor_settings():
    for action in Action:
        if action.value.endswith(".read"):
            assert where(frozenset({MANAGER}), action) == ANYWHERE
    assert not allows(frozenset({MANAGER}), Action.USERS_RECORD)
    assert not allows(frozenset({MANAGER}), Action.SERVICE_RECORD)


def test_an_administrator_sees_nothing_of_job_seekers():
    personal = {group for group in FieldGroup if group.value.startswith("seeker")}
    personal |= {FieldGroup.RESTRICTED, FieldGroup.SAFEGUARDING, FieldGroup.MATCHES, FieldGroup.CARVES}
    for action in Action:
        for group in personal:
            assert said(ADMINISTRATOR, action, group) == {Answer.DENY}


def test_safeguarding_is_the_managers_alone():
    assert all(
        said(role, action, FieldGroup.SAFEGUARDING) == {Answer.DENY}
        for role in Role
        if role is not MANAGER
        for action in Action
    )
    assert said(MANAGER, Action.SAFEGUARDING_READ, FieldGroup.SAFEGUARDING) == {Answer.ALLOW}


def test_an_auditor_only_reads_and_never_restricted_facts_whatever_other_roles_allow():
    for roles in SETS_OF_ROLES:
        if AUDITOR in roles:
            done = {action for action in Action if allows(roles, action)}
            assert all(action.value.endswith(".read") for action in done)
            assert Action.RESTRICTED_READ not in done


def test_another_role_takes_nothing_away_unless_it_is_the_auditors():
    for roles in SETS_OF_ROLES:
        for role in set(Role) - {AUDITOR}:
            for action in Action:
                assert set(where(roles, action)) <= set(where(roles | {role}, action))


def test_what_is_archived_can_be_read_as_before_and_not_changed_by_anybody():
    for roles in SETS_OF_ROLES:
        for action, group in CELLS:
            for near in ANYWHERE:
                live = answer(roles, action, frozenset({near}), group)
                aside = answer(roles, action, frozenset({near, Relation.ARCHIVED}), group)
                assert aside == (live if action.value.endswith(".read") else Answer.DENY)
