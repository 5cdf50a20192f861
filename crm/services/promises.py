"""How a promise counts: kept, broken by the employer, or beside both. The one definition of every figure.

The honour rate (domain, sections 3 and 7) is kept ÷ (kept + broken by the employer), due cases only.
Withdrawn, could not attend, not yet due, criteria not met and disputed stand beside it, never inside;
disputes give its range. A promise that is due and of which nobody has said what happened is neither kept
nor broken: it is asked about.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from crm.models.agreement_choices import CriteriaMet, Given, Promise, Standing
from crm.models.agreement_uses import AgreementUse


class Count(StrEnum):
    """How one promise to one person counts on a day."""

    KEPT = "kept"
    BROKEN = "broken_by_the_employer"
    DISPUTED = "disputed"
    NOT_ANSWERED = "due_and_not_answered"
    NOT_DUE = "not_yet_due"
    COULD_NOT_ATTEND = "could_not_attend"
    WITHDREW = "withdrew"
    NOT_OWED = "criteria_not_met"
    NOT_REFERRED = "not_put_forward"


@dataclass(frozen=True, slots=True)
class Honour:
    """An honour rate with its range, each from 0 to 1; None where there is nothing to divide by.

    `low` counts every dispute as broken, `high` every one as kept.
    """

    kept: int
    broken: int
    disputed: int

    @property
    def rate(self) -> float | None:
        """Kept ÷ (kept + broken by the employer)."""
        return _share(self.kept, self.kept + self.broken)

    @property
    def low(self) -> float | None:
        """The rate if every dispute turned out to be a broken promise."""
        return _share(self.kept, self.kept + self.broken + self.disputed)

    @property
    def high(self) -> float | None:
        """The rate if every dispute turned out to be a promise kept."""
        return _share(self.kept + self.disputed, self.kept + self.broken + self.disputed)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def count_of(use: AgreementUse, *, today: date) -> Count:
    """How one promise counts on a day; `counted` says the same in SQL, and a test holds them together."""
    if use.standing is not Standing.REFERRED:
        return Count.NOT_REFERRED
    if use.given is Given.COULD_NOT_ATTEND:
        return Count.COULD_NOT_ATTEND
    if use.given is Given.WITHDREW:
        return Count.WITHDREW
    if _is_conditional(use.promise) and use.criteria_met is CriteriaMet.NO:
        return Count.NOT_OWED
    if use.given is Given.YES:
        return Count.KEPT
    is_due = use.given is Given.NOT_BY_EMPLOYER or (use.due_on is not None and use.due_on < today)
    if not is_due:
        return Count.NOT_DUE
    if use.criteria_met is CriteriaMet.DISPUTED:
        return Count.DISPUTED
    return Count.BROKEN if use.given is Given.NOT_BY_EMPLOYER else Count.NOT_ANSWERED


def _is_conditional(promise: Promise) -> bool:
    """Only interviews are promised on criteria; places in training, mock interviews and trials are not."""
    return promise is Promise.INTERVIEW


def counted(today: date) -> sa.ColumnElement[Any]:
    """In SQL what `count_of` says of each row of `AgreementUse`, as the value of a `Count`."""
    given, met = col(AgreementUse.given), col(AgreementUse.criteria_met)
    is_due = sa.or_(
        given == Given.NOT_BY_EMPLOYER, sa.func.coalesce(col(AgreementUse.due_on) < today, sa.false())
    )
    return sa.case(
        (col(AgreementUse.standing) != Standing.REFERRED, Count.NOT_REFERRED.value),
        (given == Given.COULD_NOT_ATTEND, Count.COULD_NOT_ATTEND.value),
        (given == Given.WITHDREW, Count.WITHDREW.value),
        (
            sa.and_(col(AgreementUse.promise) == Promise.INTERVIEW, met == CriteriaMet.NO),
            Count.NOT_OWED.value,
        ),
        (given == Given.YES, Count.KEPT.value),
        (sa.not_(is_due), Count.NOT_DUE.value),
        (met == CriteriaMet.DISPUTED, Count.DISPUTED.value),
        (given == Given.NOT_BY_EMPLOYER, Count.BROKEN.value),
        else_=Count.NOT_ANSWERED.value,
    )


def live_uses() -> sa.ColumnElement[bool]:
    """Which uses count at all: all but those recorded by mistake and archived."""
    return col(AgreementUse.archived_at).is_(None)
