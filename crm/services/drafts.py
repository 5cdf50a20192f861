"""What somebody has typed into a form and not saved: kept so that no error, stale form or restart loses it.

A draft is its writer's own: nobody else can read it, whatever their roles. It is kept locked, as it may hold
what is restricted.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from crm.errors import NotSignedInError
from crm.locks import lock, unlock
from crm.models.base import utc_now
from crm.models.users import Actor, FormDraft


@dataclass(frozen=True, slots=True)
class Draft:
    """Typed values by field name, and the version of the record that the form was drawn from."""

    values: dict[str, Any]
    drawn_version: int | None


def find(session: Session, form: str, record_key: str, *, by: Actor) -> Draft | None:
    """The draft of this person for this form and record, if there is one."""
    row = _row(session, form, record_key, by)
    return Draft(json.loads(unlock(row.values_locked, place_of(row))), row.drawn_version) if row else None


def forms(session: Session, record_key: str, *, by: Actor) -> set[str]:
    """The forms for this record in which this person has typed something and not saved it."""
    query = select(FormDraft.form).where(FormDraft.user_id == _owner(by), FormDraft.record_key == record_key)
    return set(session.exec(query))


def begun(session: Session, forms: str, *, by: Actor) -> list[tuple[str, str]]:
    """Forms whose names begin so, with their records, with something of this person in them, latest first."""
    query = select(FormDraft.form, FormDraft.record_key).where(
        FormDraft.user_id == _owner(by), col(FormDraft.form).startswith(forms, autoescape=True)
    )
    return list(session.exec(query.order_by(col(FormDraft.saved_at).desc())))


def keep(session: Session, form: str, record_key: str, draft: Draft, *, by: Actor) -> None:
    """Store what is typed so far, in place of what was stored before.

    Raises:
        NotSignedInError: there is nobody to keep it for.
    """
    row = _row(session, form, record_key, by)
    if row is None:
        row = FormDraft(user_id=_owner(by), form=form, record_key=record_key, values_locked="")
    row.values_locked = lock(json.dumps(draft.values), place_of(row))
    row.drawn_version, row.saved_at = draft.drawn_version, utc_now()
    session.add(row)


def drop(session: Session, form: str, record_key: str, *, by: Actor) -> None:
    """Forget the draft: it was saved, or its writer does not want it."""
    row = _row(session, form, record_key, by)
    if row is not None:
        session.delete(row)


def place_of(row: Any) -> str:
    """Where a draft is locked for: this writer, form and record."""
    return f"form_draft of {row.user_id} {row.form} {row.record_key}"


def _row(session: Session, form: str, record_key: str, by: Actor) -> FormDraft | None:
    return session.exec(
        select(FormDraft).where(
            FormDraft.user_id == _owner(by), FormDraft.form == form, FormDraft.record_key == record_key
        )
    ).first()


def _owner(by: Actor) -> int:
    if by.id is None:
        raise NotSignedInError("Sign in to have what you type kept.")
    return by.id
