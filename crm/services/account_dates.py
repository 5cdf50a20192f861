"""When each employer was last in contact and when something is next due: worked out again at every change."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from crm.models.contacts import AccountDates, EmployerContact
from crm.models.tasks import Task, TaskStatus
from crm.services.listing import parts


def refresh(session: Session, employer_ids: Sequence[int]) -> None:
    """Work out the dates of these employers from their contacts and open tasks.

    The caller holds the employers' rows or the write lock, so that two changes cannot pass each other.
    """
    for some in parts(sorted(set(employer_ids))):
        session.connection().execute(sa.delete(AccountDates).where(col(AccountDates.employer_id).in_(some)))
        rows = [dict(row) for row in session.connection().execute(_worked_out(some)).mappings()]
        if rows:
            session.connection().execute(sa.insert(AccountDates), rows)


def _worked_out(employer_ids: Sequence[int]) -> sa.Select[*tuple[Any, ...]]:
    ids = sa.union(
        sa.select(col(EmployerContact.employer_id)).where(col(EmployerContact.employer_id).in_(employer_ids)),
        sa.select(col(Task.employer_id)).where(col(Task.employer_id).in_(employer_ids)),
    ).subquery()
    employer_id: sa.ColumnElement[int] = ids.c.employer_id
    each = aliased(EmployerContact)
    latest = (
        sa.select(col(each.id))
        .where(col(each.employer_id) == employer_id, col(each.archived_at).is_(None))
        .order_by(col(each.held_on).desc(), col(each.id).desc())
        .limit(1)
        .correlate(ids)
        .scalar_subquery()
    )
    next_step = (
        sa.select(sa.func.min(col(Task.due_on)))
        .where(
            col(Task.employer_id) == employer_id,
            col(Task.status) == TaskStatus.OPEN,
            col(Task.archived_at).is_(None),
        )
        .scalar_subquery()
    )
    contact: Any = EmployerContact
    return sa.select(
        employer_id.label("employer_id"),
        contact.held_on.label("last_contact_on"),
        contact.held_by.label("last_contact_by"),
        next_step.label("next_step_on"),
    ).select_from(ids.outerjoin(contact, contact.id == latest))
