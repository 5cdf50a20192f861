"""What all kinds of record have in common: fetched live, changed by version, archived and brought back."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlmodel import Session

from crm import audit
from crm.errors import FieldChange, NotFoundError, StaleFormError
from crm.models.base import Record, utc_now
from crm.models.users import User
from crm.services import likeness_keys

R = TypeVar("R", bound=Record)


def fetch(session: Session, table: type[R], record_id: int, *, called: str) -> R:
    """The record with this id, archived ones too.

    Raises:
        NotFoundError: there is none; `called` says in staff's words what was looked for.
    """
    row = session.get(table, record_id)
    if row is None:
        raise NotFoundError(f"This {called} was not found. Go back to the list and search for it by name.")
    return row


def fetch_to_change(session: Session, table: type[R], record_id: int, *, called: str) -> R:
    """The same, held until the transaction ends, so that two savers cannot both pass the version check.

    Raises:
        NotFoundError: there is none.
    """
    row = session.get(table, record_id, with_for_update=True)
    if row is None:
        raise NotFoundError(f"This {called} was not found. Go back to the list and search for it by name.")
    return row


def add(session: Session, row: R) -> R:
    """Store a new record and give it its id."""
    session.add(row)
    session.flush()
    likeness_keys.note_changed(session, row)
    return row


def add_many(session: Session, table: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Store many new records at once, each with its audit entry; gives their ids in the order of the rows.

    Each row holds every field of its table but the upkeep ones: no default is filled in.
    """
    ids = audit.add_many(session, table, rows)
    likeness_keys.note_saved(session, table, zip(ids, rows, strict=True))
    return ids


def change(session: Session, row: R, values: BaseModel | dict[str, Any], *, version: int) -> R:
    """Set the given fields of a record that the form was drawn from at `version`.

    Raises:
        StaleFormError: somebody saved the record since; it lists what differs from what was typed.
    """
    typed = values.model_dump() if isinstance(values, BaseModel) else values
    if row.version != version:
        raise _stale(session, row, typed)
    for name, value in typed.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    session.add(row)
    session.flush()
    likeness_keys.note_changed(session, row)
    return row


def archive(session: Session, row: R, *, why: str, version: int) -> R:
    """Put a record aside, with the reason; it stays readable and can be brought back.

    Raises:
        StaleFormError: somebody saved the record since the screen was drawn.
    """
    actor = session.info["actor"]
    return change(
        session,
        row,
        {"archived_at": utc_now(), "archived_by": actor.id, "archived_why": why},
        version=version,
    )


def bring_back(session: Session, row: R, *, version: int) -> R:
    """Take a record out of the archive.

    Raises:
        StaleFormError: somebody saved the record since the screen was drawn.
    """
    values = {"archived_at": None, "archived_by": None, "archived_why": None}
    return change(session, row, values, version=version)


def _stale(session: Session, row: Record, typed: dict[str, Any]) -> StaleFormError:
    changes = [
        FieldChange(name, getattr(row, name)) for name, value in typed.items() if getattr(row, name) != value
    ]
    saver = session.get(User, row.updated_by) if row.updated_by else None
    return StaleFormError(
        f"{saver.name if saver else 'Somebody'} saved this record after you opened the form. "
        "Nothing you typed is lost: compare it with what is stored now, then save again.",
        changes=changes,
        version=row.version,
    )
