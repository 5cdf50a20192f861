"""Staying in work: was somebody still in the job 13 and 26 weeks after they started? The one definition.

What nobody has looked at is not known: a job without an end is not taken for one that goes on.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_uses import AgreementUse
from crm.models.placements import Placement
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped
from crm.services.day_gaps import days_between
from crm.services.promise_counts import PromiseFilter, meant, total

DAYS_AFTER = {13: 91, 26: 182}
"""After so many weeks it is asked whether somebody is still in work; the days from the start to that day."""


class Stayed(StrEnum):
    """Was somebody in the job on a day? TOO_EARLY: that day is still to come."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True)
class StayedFigures:
    """Of the starts that are long enough ago: who was still in work, who was not, of whom it is not known."""

    yes: int
    no: int
    not_known: int

    @property
    def all(self) -> int:
        """The starts that are long enough ago."""
        return self.yes + self.no + self.not_known


@dataclass(frozen=True, slots=True)
class StartFigures:
    """How many jobs people started, and who was still in them after 13 and after 26 weeks."""

    starts: int
    after_13: StayedFigures
    after_26: StayedFigures


def stayed(job: Placement, weeks: int, *, today: date) -> Stayed:
    """Was somebody still in the job so many weeks after the start? `stayed_in_sql` says the same in SQL.

    A last day that is not before the day asked about answers it, as being seen at work then does.
    """
    asked_about = job.starts_on + timedelta(days=DAYS_AFTER[weeks])
    if asked_about > today:
        return Stayed.TOO_EARLY
    if any(day is not None and day >= asked_about for day in (job.seen_on, job.ended_on)):
        return Stayed.YES
    return Stayed.NO if job.ended_on is not None else Stayed.NOT_KNOWN


def stayed_in_sql(weeks: int, today: date) -> sa.ColumnElement[Any]:
    """In SQL what `stayed` says of each row of `Placement`, as the value of a `Stayed`."""
    starts, days = col(Placement.starts_on), DAYS_AFTER[weeks]
    reached = [
        sa.func.coalesce(days_between(starts, col(last)) >= days, sa.false())
        for last in (Placement.seen_on, Placement.ended_on)
    ]
    return sa.case(
        (starts > today - timedelta(days=days), Stayed.TOO_EARLY.value),
        (sa.or_(*reached), Stayed.YES.value),
        (col(Placement.ended_on).is_not(None), Stayed.NO.value),
        else_=Stayed.NOT_KNOWN.value,
    )


def starts_of(session: Session, wanted: PromiseFilter, *, by: Actor, today: date) -> StartFigures:
    """The jobs that came of the promises meant, and whether people stayed, added up by the database.

    Raises:
        NotAllowedError: the person may not see promises or jobs started.
    """
    told = [stayed_in_sql(weeks, today).label(f"after_{weeks}") for weeks in DAYS_AFTER]
    query = sa.select(*told).where(col(Placement.archived_at).is_(None), col(Placement.starts_on) <= today)
    came_of = sa.select(col(AgreementUse.id)).where(col(AgreementUse.id) == col(Placement.use_id))
    query = query.where(meant(session, came_of, wanted, by=by).correlate(Placement).exists())
    found = scoped(session, query, Placement, by=by, action=Action.PLACEMENTS_READ).subquery()
    answers = (Stayed.YES, Stayed.NO, Stayed.NOT_KNOWN)
    sums = [total(found.c[f"after_{weeks}"] == said.value) for weeks in DAYS_AFTER for said in answers]
    row: Any = session.connection().execute(sa.select(sa.func.count(), *sums).select_from(found)).one()
    return StartFigures(row[0], StayedFigures(*row[1:4]), StayedFigures(*row[4:7]))
