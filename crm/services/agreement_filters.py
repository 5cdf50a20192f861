"""What lists of agreements can be narrowed by, in SQL. Figures are counted by the same, so they agree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from crm.models.agreement_choices import AgreementKind, AgreementStage
from crm.models.agreements import Agreement, AgreementMove
from crm.models.base import Known
from crm.models.users import User
from crm.services import agreement_places
from crm.services.agreement_reach import covering
from crm.services.agreement_stages import IN_FORCE, ON_THE_WAY

OVERDUE, NO_DAY = "overdue", "no_day"
"""Instead of a month: signatures whose expected day is over, and those that nobody expects on any day."""

NOT_KNOWN = ""
"""Instead of a sector or an area: agreements of which none is known."""

MOVED_LATELY_DAYS = 30
"""An agreement has moved lately when it changed its stage within this many days, today included."""


class Phase(StrEnum):
    """Several stages taken together, by date: before the signature, and while the promise holds."""

    ON_THE_WAY = "on_the_way"
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class AgreementFilter:
    """What a list of agreements is narrowed by; None means any. `stage` is the stage as it is shown.

    `signing` is the month in which the signature is expected (2026-12), `OVERDUE` or `NO_DAY`, of those on
    the way. `employer_id` and `words` are of any employer that it covers, not only of who signs. `days`:
    the fewest in the stage.
    """

    words: str = ""
    stage: str | None = None
    kind: str | None = None
    employer_id: int | None = None
    expires_soon: bool = False
    is_archived: bool = False
    owner_id: int | None = None
    is_nobodys: bool = False
    team_id: int | None = None
    phase: str | None = None
    signing: str | None = None
    days: int | None = None
    has_moved: bool = False
    sector: str | None = None
    area: str | None = None
    promises_interviews: bool = False


def has_lapsed(today: date) -> sa.ColumnElement[bool]:
    """In SQL what `agreement_stages.has_lapsed` says."""
    over = sa.and_(col(Agreement.stage).in_(IN_FORCE), col(Agreement.ends_on) < today)
    return sa.func.coalesce(over, sa.false())


def in_stage(stage: str, today: date) -> sa.ColumnElement[bool]:
    """In SQL what `agreement_stages.shown_stage` says."""
    stored, lapsed = col(Agreement.stage) == stage, has_lapsed(today)
    return sa.or_(stored, lapsed) if stage == AgreementStage.LAPSED else sa.and_(stored, sa.not_(lapsed))


def in_phase(phase: str, today: date) -> sa.ColumnElement[bool]:
    """In SQL: is it on the way to a signature, or in force on a day?"""
    if phase == Phase.ON_THE_WAY:
        return col(Agreement.stage).in_(ON_THE_WAY)
    return sa.and_(col(Agreement.stage).in_(IN_FORCE), sa.not_(has_lapsed(today)))


def has_moved_lately(today: date) -> sa.ColumnElement[bool]:
    """In SQL: has it changed its stage within the last days?"""
    first = today - timedelta(days=MOVED_LATELY_DAYS)
    moved = sa.select(col(AgreementMove.agreement_id)).where(
        col(AgreementMove.moved_on) >= first, col(AgreementMove.archived_at).is_(None)
    )
    return col(Agreement.id).in_(moved)


def promises_interviews() -> sa.ColumnElement[bool]:
    """In SQL: does it promise interviews for jobs, by its kind or to those who finish its training?"""
    kinds = (AgreementKind.GUARANTEED_INTERVIEW, AgreementKind.COMBINED)
    return sa.or_(col(Agreement.kind).in_(kinds), col(Agreement.training_interview) == Known.YES)


def _waits(days: int, today: date) -> sa.ColumnElement[bool]:
    """Has it been in its stage for so many days? A lapsed one has been since the day after its last."""
    latest, lapsed = today - timedelta(days=days), has_lapsed(today)
    return sa.or_(
        sa.and_(lapsed, col(Agreement.ends_on) < latest),
        sa.and_(sa.not_(lapsed), col(Agreement.stage_since) <= latest),
    )


def _expected(signing: str, today: date) -> sa.ColumnElement[bool]:
    on = col(Agreement.expected_signing_on)
    when: sa.ColumnElement[bool] = on.is_(None)
    if signing == OVERDUE:
        when = on < today
    elif signing != NO_DAY:
        first, next_month = _month(signing)
        when = sa.and_(on >= max(first, today), on < next_month)
    return sa.and_(in_phase(Phase.ON_THE_WAY, today), when)


def _month(said: str) -> tuple[date, date]:
    """The first day of a month and of the next one; what is no month has no day at all."""
    try:
        first = date.fromisoformat(f"{said}-01")
        return first, (first + timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError):
        return date.max, date.min


def _of_team(team_id: int, _today: date) -> sa.ColumnElement[bool]:
    members = sa.select(col(User.id)).where(col(User.team_id) == team_id)
    return col(Agreement.owner_id).in_(members)


def _equals(column: Any) -> Callable[[Any, date], sa.ColumnElement[bool]]:
    return lambda value, _today: column == value


_BY: dict[str, Callable[[Any, date], sa.ColumnElement[bool]]] = {
    "kind": _equals(col(Agreement.kind)),
    "owner_id": _equals(col(Agreement.owner_id)),
    "team_id": _of_team,
    "phase": in_phase,
    "signing": _expected,
    "days": _waits,
    "employer_id": lambda key, today: covering(key, today=today),
    "sector": lambda name, today: agreement_places.in_sector(name, today=today),
    "area": lambda area, today: agreement_places.in_area(area, today=today),
}


def narrowed_by(wanted: AgreementFilter, today: date) -> list[sa.ColumnElement[bool]]:
    """What the filter asks of an agreement by itself, beside its stage and its employer's name."""
    asked = [(make, getattr(wanted, name)) for name, make in _BY.items()]
    found = [make(value, today) for make, value in asked if value is not None]
    if wanted.is_nobodys:
        found.append(col(Agreement.owner_id).is_(None))
    if wanted.has_moved:
        found.append(has_moved_lately(today))
    if wanted.promises_interviews:
        found.append(promises_interviews())
    return found
