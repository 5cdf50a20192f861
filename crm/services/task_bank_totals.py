"""An employer's task bank in totals by role, added up by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.analyses import Backlog, JobAnalysis, JobTask, TaskNeed
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure
from crm.services.task_bank import Taking
from crm.services.task_bank_filters import (
    HOURS,
    HOURS_MOST,
    NOBODY,
    NOT_SAID,
    BankFilter,
    among,
    bank_rows,
    narrowed,
    role_key,
)


@dataclass(slots=True)
class RoleTotal:
    """The tasks of one role: hours that could move, that stay and that nobody gets to add up to `hours`.

    `more` is by how many hours guesses run higher; `taken` are hours that carved jobs have taken already.
    """

    role: str
    tasks: int = 0
    untimed: int = 0
    hours: float = 0.0
    more: float = 0.0
    movable: float = 0.0
    staying: float = 0.0
    undone: float = 0.0
    taken: float = 0.0


def totals(
    session: Session, employer_id: int, wanted: BankFilter, taking: Taking, *, by: Actor, today: date
) -> list[RoleTotal]:
    """The hours of the tasks that the filter lets through, by who does them; most hours first.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    query = bank_rows(sa.select(col(JobTask.done_by), col(JobAnalysis.is_unmet_needs), *_sums(taking)))
    query = narrowed(session, query, employer_id, wanted, taking, today)
    query = query.group_by(col(JobTask.done_by), col(JobAnalysis.is_unmet_needs))
    found: dict[str, RoleTotal] = {}
    for done_by, is_unmet, *figures in session.connection().execute(query):
        key = role_key(done_by, is_unmet)
        total = found.setdefault(key, RoleTotal(key if key in (NOBODY, NOT_SAID) else done_by))
        _add(total, figures)
    return sorted(found.values(), key=lambda total: (-total.hours, total.role))


def _sums(taking: Taking) -> list[sa.ColumnElement[Any]]:
    """The figures of `RoleTotal` after its role, in their order."""
    is_undone = col(JobTask.backlog) == Backlog.UNDONE
    could_move = col(JobTask.need) == TaskNeed.COULD_MOVE
    parts = (~is_undone & could_move, ~is_undone & ~could_move, is_undone, among(taking.taken))
    counted = (HOURS, HOURS_MOST - HOURS, *(sa.case((part, HOURS)) for part in parts))
    untimed = sa.func.count() - sa.func.count(HOURS)
    return [sa.func.count(), untimed, *(sa.func.coalesce(sa.func.sum(each), 0.0) for each in counted)]


_FIGURES = ("tasks", "untimed", "hours", "more", "movable", "staying", "undone", "taken")


def _add(total: RoleTotal, figures: Sequence[float]) -> None:
    for name, figure in zip(_FIGURES, figures, strict=True):
        setattr(total, name, getattr(total, name) + figure)
