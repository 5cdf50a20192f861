"""Asked first by every service, reading ones too: may this person do this? Deny by default."""

from typing import Any, TypeVar

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import object_session
from sqlmodel import Session

from crm.audit import answer_for
from crm.db import reading
from crm.errors import NotAllowedError
from crm.field_groups import groups_of
from crm.models.base import Record, Table
from crm.models.users import Actor
from crm.policy import Action, Answer, FieldGroup, Relation
from crm.policy_table import ANYWHERE, allows, answer, varies, where, where_shown
from crm.services import refusals
from crm.services.refusal_words import refusal
from crm.services.relations import in_relation, of_record

R = TypeVar("R", bound=Record)
Query = TypeVar("Query", bound=sa.Select[*tuple[Any, ...]])

_LOG = structlog.get_logger()

NOT_SHOWN = "Not shown to you"
"""What stands in place of a value that somebody may not see."""


def may(
    actor: Actor, action: Action, record: Record | None = None, *, is_beneath_archive: bool = False
) -> bool:
    """May this person do this, to this record if one is given?

    An archived record can only be read; `is_beneath_archive` asks what would hold if it were brought back.
    """
    if record is None:
        return allows(actor.roles, action)
    is_by_relation = where(actor.roles, action) not in ((), ANYWHERE)
    stands = _stands(actor, record, is_by_relation=is_by_relation, is_beneath_archive=is_beneath_archive)
    return allows(actor.roles, action, stands)


def ensure(
    session: Session,
    actor: Actor,
    action: Action,
    record: Record | None = None,
    *,
    is_beneath_archive: bool = False,
) -> None:
    """Let the service go on, with `actor` answering for what the session changes.

    Raises:
        NotAllowedError: the person's roles do not allow it, or not to this record.
    """
    if not may(actor, action, record, is_beneath_archive=is_beneath_archive):
        _LOG.warning("refused", action=action.value, user_id=actor.id)
        refusals.remember(session, actor, action.value, record)
        raise NotAllowedError(refusal(session, actor, action, record))
    answer_for(session, actor)


def scoped(session: Session, query: Query, table: type[Table], *, by: Actor, action: Action) -> Query:
    """A query over a table, narrowed to what this person may have listed; every list is made through it.

    Raises:
        NotAllowedError: there is nothing that the action may be done to.
    """
    ensure(session, by, action)
    return _within(query, table, by, where(by.roles, action))


def scoped_to_group(
    session: Session, query: Query, table: type[Table], group: FieldGroup, *, by: Actor, action: Action
) -> Query:
    """A query over a table, narrowed to the rows of which this person is shown a group of fields unmasked.

    Raises:
        NotAllowedError: there is nothing that the action may be done to.
    """
    ensure(session, by, action)
    return _within(query, table, by, where_shown(by.roles, action, group))


def _within(query: Query, table: type[Table], by: Actor, relations: tuple[Relation, ...]) -> Query:
    if relations == ANYWHERE:
        return query
    return query.where(sa.or_(sa.false(), *(in_relation(table, by, relation) for relation in relations)))


def shown(session: Session, row: R, *, by: Actor, action: Action) -> R:
    """A record as this person may see it: itself, or a copy with what they may not see replaced.

    A copy belongs to no session, so that nothing of it is ever saved.
    """
    hidden = hidden_fields(session, row, by=by, action=action)
    if not hidden:
        return row
    kept: dict[str, Any] = {name: getattr(row, name) for name in type(row).model_fields}
    kind: Any = type(row)
    return kind(**kept | {name: masked(how) for name, how in hidden.items()})


def hidden_fields(
    session: Session, row: Record, *, by: Actor, action: Action, part: type[Record] | None = None
) -> dict[str, Answer]:
    """The fields of a record, or of one kind of its parts, that this person may not see, and how so.

    Raises:
        NotAllowedError: the person may see nothing of it.
    """
    ensure(session, by, action, row)
    named = groups_of(str((part or type(row)).__tablename__))
    is_by_relation = varies(by.roles, action, frozenset(named.values()))
    stands = _stands(by, row, is_by_relation=is_by_relation)
    said = {name: answer(by.roles, action, stands, group) for name, group in named.items()}
    return {name: how for name, how in said.items() if how is not Answer.ALLOW}


def masked(how: Answer) -> str | None:
    """What stands in place of a hidden value: the words that say so, or nothing at all."""
    return NOT_SHOWN if how is Answer.MASK else None


def _stands(
    actor: Actor, record: Record, *, is_by_relation: bool, is_beneath_archive: bool = False
) -> frozenset[Relation]:
    """How a record stands to somebody; the relation is looked up only where it makes a difference."""
    nearest = _nearest(actor, record) if is_by_relation else Relation.SERVICE
    is_archived = record.archived_at is not None and not is_beneath_archive
    return frozenset({nearest, Relation.ARCHIVED} if is_archived else {nearest})


def _nearest(actor: Actor, record: Record) -> Relation:
    """Looked up where the record comes from; a page's records come from a session that has ended."""
    held = object_session(record)
    if isinstance(held, Session):
        return of_record(held, actor, record)
    with reading() as session:
        return of_record(session, actor, record)
