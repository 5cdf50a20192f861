"""Where job seekers look for work, by the area of their postcode: as counts that give nobody away."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.seekers import LOOKING, JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import small_cells
from crm.services.access import scoped
from crm.services.postcode_areas import area_of

NOT_RECORDED = ""
"""Instead of an area: people whose postcode is not recorded."""


def looking(session: Session, *, by: Actor) -> dict[str, int]:
    """How many people look for work in each postcode area, as far as it may be shown.

    An area that is missing has fewer than five, nobody, or would tell the number of one that has.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    each = sa.select(_area().label("area")).where(_looks())
    found = scoped(session, each, JobSeeker, by=by, action=Action.SEEKERS_READ).subquery()
    rows: Any = session.connection().execute(sa.select(found.c.area, sa.func.count()).group_by(found.c.area))
    return small_cells.shown({area: number for area, number in rows})


def in_area(session: Session, area: str, *, by: Actor) -> sa.ColumnElement[bool]:
    """In SQL, of rows of `JobSeeker`: do they look for work there? Nobody does where it may not be shown.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    if area not in looking(session, by=by):
        return sa.false()
    return sa.and_(_looks(), _area() == area)


def _area() -> sa.ColumnElement[str]:
    return sa.func.coalesce(area_of(col(JobSeeker.postcode)), NOT_RECORDED)


def _looks() -> sa.ColumnElement[bool]:
    return sa.and_(col(JobSeeker.archived_at).is_(None), col(JobSeeker.status).in_(LOOKING))
