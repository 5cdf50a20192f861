"""Which employers stand before and after one in a list: found in the list's own order, one row each way."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped
from crm.services.employer_filters import EmployerFilter, all_rows, chosen_by, sort_keys
from crm.services.listing import beyond, how_many

COUNTED = 1000
"""In longer lists nobody is told the place: counting would cost more than it is worth."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An employer as the link to it needs it."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Who stands before and after an employer; its place and their number only in a short list."""

    before: Neighbour | None
    after: Neighbour | None
    place: int | None = None
    total: int | None = None


def neighbours(
    session: Session, wanted: EmployerFilter, employer_id: int, *, by: Actor, today: date
) -> Neighbours | None:
    """Who stands beside an employer in the list that the filter makes; None when there is no such employer.

    One that the filter does not let through any more, as its stage was moved, still stands at its place.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    keys = sort_keys(wanted)
    here = all_rows().with_only_columns(*(key.column for key in keys)).where(col(Employer.id) == employer_id)
    values = session.connection().execute(here).first()
    if values is None:
        return None
    chosen = scoped(
        session, chosen_by(wanted, by=by, today=today), Employer, by=by, action=Action.EMPLOYERS_READ
    )

    def beside(*, backwards: bool) -> Neighbour | None:
        query = chosen.with_only_columns(col(Employer.id), col(Employer.name))
        query = query.where(beyond(keys, values, backwards=backwards))
        query = query.order_by(*(key.ordered(backwards=backwards) for key in keys))
        row: Any = session.connection().execute(query.limit(1)).first()
        return Neighbour(row.id, row.name) if row else None

    place, total = _place(session, chosen, employer_id, beyond(keys, values, backwards=True))
    return Neighbours(beside(backwards=True), beside(backwards=False), place, total)


def _place(
    session: Session, chosen: sa.Select[*tuple[Any, ...]], employer_id: int, is_before: Any
) -> tuple[int | None, int | None]:
    """Which one it is of how many, counted only as far as a short list goes."""
    total = how_many(session, chosen.limit(COUNTED + 1))
    is_in = how_many(session, chosen.where(col(Employer.id) == employer_id))
    if total > COUNTED or not is_in:
        return None, None
    return how_many(session, chosen.where(is_before)) + 1, total
