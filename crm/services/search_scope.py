"""What somebody can find: the kinds they may see, the records of each, and whose numbers and addresses.

Who may not see a telephone number does not find anybody by it either.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.search import EntryKind, SearchEntry, code_lot
from crm.models.users import Actor
from crm.policy import Action, FieldGroup
from crm.policy_table import ANYWHERE, where, where_shown
from crm.search_sources import SOURCES
from crm.services.access import may, scoped, scoped_to_group

_ACTIONS: dict[EntryKind, tuple[Action, FieldGroup | None]] = {
    EntryKind.EMPLOYER: (Action.EMPLOYERS_READ, FieldGroup.EMPLOYER_BASIC),
    EntryKind.PERSON: (Action.EMPLOYERS_READ, FieldGroup.EMPLOYER_CONTACT),
    EntryKind.VACANCY: (Action.VACANCIES_READ, None),
    EntryKind.AGREEMENT: (Action.AGREEMENTS_READ, None),
    EntryKind.SEEKER: (Action.SEEKERS_READ, FieldGroup.SEEKER_CONTACT),
}
"""Which action each kind takes, and what group its numbers and addresses are in."""

Narrowing = sa.ColumnElement[bool] | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody can find of one kind. A narrowing of None lets every record through."""

    kind: EntryKind
    records: Narrowing
    has_codes: bool
    codes: Narrowing

    @property
    def names(self) -> str:
        """The lot of its names."""
        return self.kind.value

    @property
    def numbers(self) -> str:
        """The lot of its numbers and addresses."""
        return code_lot(self.kind)


def kinds_for(by: Actor) -> list[EntryKind]:
    """The kinds of record that this person can find anything of."""
    return [kind for kind, (action, _) in _ACTIONS.items() if may(by, action)]


def scope_of(session: Session, kind: EntryKind, *, by: Actor) -> Scope:
    """What this person can find of a kind.

    Raises:
        NotAllowedError: nothing of it.
    """
    action, group = _ACTIONS[kind]
    table: Any = SOURCES[kind].table
    every = sa.select(col(table.id))
    seen = scoped(session, every, table, by=by, action=action)
    records = _narrowed(where(by.roles, action), lambda: seen)
    shown = where_shown(by.roles, action, group) if group else ()
    if not shown or group is None:
        return Scope(kind, records, has_codes=False, codes=None)
    codes = _narrowed(shown, lambda: scoped_to_group(session, every, table, group, by=by, action=action))
    return Scope(kind, records, has_codes=True, codes=codes)


def _narrowed(relations: tuple[Any, ...], within: Callable[[], sa.Select[Any]]) -> Narrowing:
    return None if relations == ANYWHERE else col(SearchEntry.record_id).in_(within())
