"""Carved jobs listed by stage: narrowed, counted and cut into pages by the database."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.carves import CarveStage, JobCarve
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped
from crm.services.listing import Listing, contains, how_many

_ORDER = {stage.value: place for place, stage in enumerate(CarveStage)}


@dataclass(frozen=True, slots=True)
class CarveFilter:
    """What a list of carved jobs is narrowed by; None means any.

    `mine_of` is somebody's id: those that they made, and those for people whom they coach.
    """

    words: str = ""
    stage: str | None = None
    kind: str | None = None
    employer_id: int | None = None
    seeker_id: int | None = None
    mine_of: int | None = None
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class CarveRow:
    """One carved job as lists show it, with the days that it has been in its stage."""

    id: int
    title: str
    employer_id: int
    employer: str
    seeker_id: int | None
    seeker: str | None
    kind: str
    stage: CarveStage
    days_in_stage: int
    hours_week: float
    hours_short: float


def listing(
    session: Session, wanted: CarveFilter, *, offset: int, limit: int, by: Actor, today: date
) -> Listing[CarveRow]:
    """One page of the carved jobs that the filter lets through: by stage, those longest in it first.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    found = scoped(session, _chosen(wanted), JobCarve, by=by, action=Action.CARVES_READ)
    order = (sa.case(_ORDER, value=col(JobCarve.stage)), col(JobCarve.stage_since), col(JobCarve.id))
    columns = (
        *(col(JobCarve.id), col(JobCarve.title), col(JobCarve.employer_id), col(Employer.name)),
        *(col(JobCarve.seeker_id), col(JobSeeker.preferred_name), col(JobCarve.kind), col(JobCarve.stage)),
        *(col(JobCarve.stage_since), col(JobCarve.hours_week), col(JobCarve.hours_short)),
    )
    page = found.with_only_columns(*columns).order_by(*order).offset(offset).limit(limit)
    rows = [_row(row, today) for row in session.connection().execute(page)]
    return Listing(rows, how_many(session, found))


def stages(session: Session, wanted: CarveFilter, *, by: Actor) -> dict[CarveStage, int]:
    """How many of the carved jobs that the filter lets through are in each stage, in their order.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    found = scoped(session, _chosen(wanted), JobCarve, by=by, action=Action.CARVES_READ)
    counted = found.with_only_columns(col(JobCarve.stage), sa.func.count()).group_by(col(JobCarve.stage))
    by_stage: dict[CarveStage, int] = {
        stage: number for stage, number in session.connection().execute(counted)
    }
    return {stage: by_stage[stage] for stage in CarveStage if stage in by_stage}


def _row(found: Any, today: date) -> CarveRow:
    key, title, employer_id, employer, seeker_id, seeker, kind, stage, since, hours, short = found
    days = (today - since).days
    return CarveRow(key, title, employer_id, employer, seeker_id, seeker, kind, stage, days, hours, short)


def _chosen(wanted: CarveFilter) -> sa.Select[Any]:
    archived = col(JobCarve.archived_at)
    query = (
        sa.select(col(JobCarve.id))
        .join(Employer, col(Employer.id) == col(JobCarve.employer_id))
        .join(JobSeeker, col(JobSeeker.id) == col(JobCarve.seeker_id), isouter=True)
        .where(archived.is_not(None) if wanted.is_archived else archived.is_(None))
    )
    if wanted.words.strip():
        columns = (sa.func.lower(col(JobCarve.title)), Employer.name_key, JobSeeker.name_key)
        query = query.where(sa.or_(*(contains(column, wanted.words) for column in columns)))
    if wanted.mine_of is not None:
        made, coached = col(JobCarve.created_by), col(JobSeeker.coach_id)
        query = query.where(sa.or_(made == wanted.mine_of, coached == wanted.mine_of))
    asked: tuple[tuple[Any, Any], ...] = (
        (JobCarve.stage, wanted.stage),
        (JobCarve.kind, wanted.kind),
        (JobCarve.employer_id, wanted.employer_id),
        (JobCarve.seeker_id, wanted.seeker_id),
    )
    for column, value in asked:
        if value is not None:
            query = query.where(col(column) == value)
    return query
