"""What lies ahead: the signatures expected month by month, and what each colleague has in hand."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.policy import Action
from crm.services import staff
from crm.services.access import ensure
from crm.services.agreement_figures import EVERY, chosen
from crm.services.agreement_filters import (
    NO_DAY,
    OVERDUE,
    AgreementFilter,
    Phase,
    has_moved_lately,
    in_phase,
)

LOAD = Action.AUDIT_READ
"""Who may see how much each colleague has: those who look into how the service works."""


@dataclass(frozen=True, slots=True)
class Signings:
    """How many signatures are expected in a month (2026-12), are `OVERDUE`, or are expected on `NO_DAY`."""

    when: str
    agreements: int


@dataclass(frozen=True, slots=True)
class OwnerLoad:
    """What one colleague, or nobody, has: agreements on the way and in force, and how they move.

    `oldest_days` are those for which the one on the way that waits longest has been in its stage.
    """

    owner_id: int | None
    owner: str | None
    on_the_way: int
    in_force: int
    has_moved: int
    oldest_days: int | None


def signings(session: Session, wanted: AgreementFilter = EVERY, *, by: Actor, today: date) -> list[Signings]:
    """The agreements on the way by when their signature is expected: overdue, month by month, on no day.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    on = col(Agreement.expected_signing_on)
    query = chosen(session, wanted, by=by, today=today).where(in_phase(Phase.ON_THE_WAY, today))
    query = query.with_only_columns(on, sa.func.count()).group_by(on)
    found: dict[str, int] = defaultdict(int)
    for day, number in session.connection().execute(query):
        found[NO_DAY if day is None else OVERDUE if day < today else f"{day:%Y-%m}"] += number
    months = sorted(found.keys() - {OVERDUE, NO_DAY})
    return [Signings(when, found[when]) for when in (OVERDUE, *months, NO_DAY) if when in found]


def by_owner(session: Session, wanted: AgreementFilter = EVERY, *, by: Actor, today: date) -> list[OwnerLoad]:
    """What each owner has on the way and in force, who has most on the way first; in one statement.

    Raises:
        NotAllowedError: the person may not see agreements, or how colleagues work.
    """
    ensure(session, by, LOAD)
    waits = in_phase(Phase.ON_THE_WAY, today)
    sums = [_how_many(one) for one in (waits, in_phase(Phase.IN_FORCE, today), has_moved_lately(today))]
    oldest = sa.func.min(sa.case((waits, col(Agreement.stage_since)), else_=None))
    owner = col(Agreement.owner_id)
    query = chosen(session, wanted, by=by, today=today).with_only_columns(owner, *sums, oldest)
    rows: Any = session.connection().execute(query.group_by(owner)).all()
    names = staff.names_of(session, [row[0] for row in rows if row[0] is not None], by=by)
    loads = [
        OwnerLoad(key, names.get(key), waiting, in_force, moved, (today - since).days if since else None)
        for key, waiting, in_force, moved, since in rows
        if waiting or in_force or moved
    ]
    return sorted(loads, key=lambda one: (-one.on_the_way, -one.in_force, one.owner or "", one.owner_id or 0))


def _how_many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))
