"""Where agreements hold, in SQL: the sectors of the employers they cover, the postcode areas of the sites.

An agreement that names sites holds at these; one that names none, at every site of its employers.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from crm.models.agreement_parts import AgreementSite
from crm.models.agreements import Agreement
from crm.models.employers import Employer, EmployerSite
from crm.services.agreement_reach import reach
from crm.services.postcode_areas import area_of


def areas(today: date) -> sa.Subquery:
    """Each agreement with the postcode area of each site at which it holds on a day.

    The columns are `agreement_id` and `place`; an area is there as often as it has sites.
    """
    named = sa.select(col(AgreementSite.agreement_id)).where(col(AgreementSite.archived_at).is_(None))
    covered = reach(today)
    at_named = named.add_columns(area_of(col(EmployerSite.postcode)).label("place")).join(
        EmployerSite, col(EmployerSite.id) == col(AgreementSite.site_id)
    )
    everywhere = sa.select(covered.c.agreement_id, area_of(col(EmployerSite.postcode)).label("place")).join(
        EmployerSite, col(EmployerSite.employer_id) == covered.c.employer_id
    )
    everywhere = everywhere.where(covered.c.agreement_id.not_in(named))
    return sa.union_all(_known(at_named), _known(everywhere)).subquery()


def _known(query: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
    return query.where(col(EmployerSite.archived_at).is_(None), col(EmployerSite.postcode).is_not(None))


def sectors(today: date) -> sa.Subquery:
    """Each agreement with the sector of each employer that it covers on a day.

    `place` is the sector in small letters, as it is compared; `said` as it is written.
    """
    covered = reach(today)
    written = sa.func.trim(col(Employer.sector))
    pairs = sa.select(
        covered.c.agreement_id, sa.func.lower(written).label("place"), written.label("said")
    ).join(Employer, col(Employer.id) == covered.c.employer_id)
    return pairs.where(written != "").subquery()


def in_area(area: str, *, today: date) -> sa.ColumnElement[bool]:
    """In SQL: does an agreement hold in this postcode area? An empty one means that none is known."""
    return _in(areas(today), area)


def in_sector(sector: str, *, today: date) -> sa.ColumnElement[bool]:
    """In SQL: does an agreement cover an employer of this sector? An empty one means that none is known."""
    return _in(sectors(today), sa.func.lower(sa.func.trim(sector)) if sector else "")


def _in(places: sa.Subquery, place: Any) -> sa.ColumnElement[bool]:
    everywhere = sa.select(places.c.agreement_id)
    if isinstance(place, str) and not place:
        return col(Agreement.id).not_in(everywhere)
    return col(Agreement.id).in_(everywhere.where(places.c.place == place))
