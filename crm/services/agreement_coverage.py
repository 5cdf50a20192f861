"""Where agreements in force hold, by sector and by postcode area, beside where job seekers look for work.

What people want to work at is written in their own words and not by sector, so that only areas are compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.services import agreement_places, seeker_areas
from crm.services.agreement_figures import EVERY, chosen
from crm.services.agreement_filters import NOT_KNOWN, AgreementFilter, Phase, promises_interviews


@dataclass(frozen=True, slots=True)
class Coverage:
    """One sector: the agreements in force that cover it, and how many of them promise interviews."""

    place: str
    agreements: int
    with_interviews: int


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """The same of a postcode area; `looking` is None where the number of people may not be shown."""

    place: str
    agreements: int
    with_interviews: int
    looking: int | None

    @property
    def is_gap(self) -> bool:
        """Do people look for work there, and no agreement in force holds there?"""
        return bool(self.looking) and not self.agreements and self.place != NOT_KNOWN


def by_sector(session: Session, wanted: AgreementFilter = EVERY, *, by: Actor, today: date) -> list[Coverage]:
    """The sectors that agreements in force cover, the best covered first; those of no known sector last.

    An agreement that covers employers of several sectors counts in each.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    places = agreement_places.sectors(today)
    found = _counted(session, wanted, places, sa.func.min(places.c.said), by=by, today=today)
    return sorted(found, key=lambda one: (one.place == NOT_KNOWN, -one.agreements, one.place))


def by_area(
    session: Session, wanted: AgreementFilter = EVERY, *, by: Actor, today: date
) -> list[AreaCoverage]:
    """The postcode areas in which agreements in force hold, or people look for work, most people first.

    An agreement that holds in several areas counts in each. Who is asked for does not narrow the people: they
    are all who look for work. An area without an agreement is only there if its people may be shown.

    Raises:
        NotAllowedError: the person may not see agreements or job seekers.
    """
    places = agreement_places.areas(today)
    held = {one.place: one for one in _counted(session, wanted, places, places.c.place, by=by, today=today)}
    looking = seeker_areas.looking(session, by=by)
    rows = [_area(place, held, looking) for place in held.keys() | looking.keys()]
    return sorted(rows, key=_most_people_first)


def _most_people_first(one: AreaCoverage) -> tuple[bool, int, int, str]:
    return one.place == NOT_KNOWN, -(one.looking or 0), -one.agreements, one.place


def _area(place: str, held: Mapping[str, Coverage], looking: Mapping[str, int]) -> AreaCoverage:
    found = held.get(place)
    agreements, with_interviews = (found.agreements, found.with_interviews) if found else (0, 0)
    return AreaCoverage(place, agreements, with_interviews, looking.get(place))


def _counted(
    session: Session, wanted: AgreementFilter, places: sa.Subquery, said: Any, *, by: Actor, today: date
) -> list[Coverage]:
    in_force = replace(wanted, phase=Phase.IN_FORCE)
    promises = sa.case((promises_interviews(), col(Agreement.id)), else_=None)
    query = (
        chosen(session, in_force, by=by, today=today)
        .join(places, places.c.agreement_id == col(Agreement.id), isouter=True)
        .with_only_columns(
            sa.func.coalesce(said, NOT_KNOWN),
            sa.func.count(sa.distinct(col(Agreement.id))),
            sa.func.count(sa.distinct(promises)),
        )
        .group_by(places.c.place)
    )
    rows: Any = session.connection().execute(query)
    return [Coverage(*row) for row in rows]
