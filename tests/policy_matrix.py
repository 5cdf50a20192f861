"""The policy as a table that a person can read: `python -m tests.policy_matrix` prints it."""

from collections.abc import Iterator

from crm.policy import Action, Answer, FieldGroup, Relation, Role
from crm.policy_table import ANYWHERE, GROUPS, answer

LETTERS = {Answer.ALLOW: "A", Answer.MASK: "m", Answer.DENY: "."}
HEAD = """\
Who may do what to which fields: A allowed, m masked, . denied.
Four letters stand for: own, caseload, team, service; after the stroke the same for archived records.
"""


def cell(role: Role, action: Action, group: FieldGroup) -> str:
    """What a role is told: four relations, and the same when the record is archived."""
    archived = frozenset({Relation.ARCHIVED})
    live = (answer(frozenset({role}), action, frozenset({each}), group) for each in ANYWHERE)
    aside = (answer(frozenset({role}), action, archived | {each}, group) for each in ANYWHERE)
    return f"{''.join(map(LETTERS.__getitem__, live))}/{''.join(map(LETTERS.__getitem__, aside))}"


def lines() -> Iterator[str]:
    """The whole table."""
    yield HEAD
    yield _line("action", "fields", *(role.value for role in Role))
    for action in Action:
        for group in GROUPS[action]:
            yield _line(action, group, *(cell(role, action, group) for role in Role))


def _line(action: str, group: str, *cells: str) -> str:
    return f"{action:21}{group:18}{''.join(f'{each:20}' for each in cells)}".rstrip()


if __name__ == "__main__":
    print("\n".join(lines()))
