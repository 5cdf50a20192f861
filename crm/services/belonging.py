"""Forms name other records by id, and an id can be forged: what is named must belong where the form says."""

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.base import Record
from crm.models.employers import Employer
from crm.services import records

R = TypeVar("R", bound=Record)


def live_employer(session: Session, employer_id: int) -> Employer:
    """The employer that something new is recorded for.

    Raises:
        NotFoundError: there is none with this id, or it is archived.
    """
    row = records.fetch(session, Employer, employer_id, called="employer")
    if row.archived_at is not None:
        raise NotFoundError(f"{row.name} is archived. Bring the employer back before you add to it.")
    return row


def of_employer(session: Session, table: type[R], employer_id: int, *, also: int | None = None) -> list[R]:
    """What a form of this employer can name: its records that are not archived, and the one named before."""
    kind: Any = table
    offered = sa.or_(col(table.archived_at).is_(None), col(table.id) == also)
    query = select(table).where(kind.employer_id == employer_id, offered).order_by(col(table.id))
    return list(session.exec(query))


def ensure_of_employer(
    session: Session, table: type[R], record_id: int | None, employer_id: int, *, field: str, called: str
) -> None:
    """Let a form go on if the record it names, if any, is one that this employer's forms offer.

    Raises:
        RuleBrokenError: it does not exist, is archived, or belongs to somebody else; `field` named it.
    """
    if record_id is None:
        return
    row: Any = session.get(table, record_id)
    if row is None or row.archived_at is not None or row.employer_id != employer_id:
        raise RuleBrokenError(f"This {called} is not one of this employer’s. Choose another.", field=field)
