"""Whose promises are kept, site by site of an employer; employer by employer see `agreement_honour`."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.employers import EmployerSite
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped
from crm.services.promise_counts import (
    FIELD_OF,
    Promised,
    PromiseFilter,
    Tally,
    counted_uses,
    sums_of,
)


@dataclass(frozen=True, slots=True)
class SiteHonour:
    """A site at which people were to be put forward, and how the promises there count."""

    site_id: int
    site: str
    tally: Tally


def honour_by_site(
    session: Session, employer_id: int, *, of: Promised = Promised.INTERVIEW, by: Actor, today: date
) -> list[SiteHonour]:
    """The sites of an employer at which such a promise was made, by their names.

    Promises of which no site was said are in none of them.

    Raises:
        NotAllowedError: the person may not see promises or employers.
    """
    wanted = PromiseFilter(employer_id=employer_id)
    each = counted_uses(session, wanted, by=by, today=today).subquery()
    sums = sa.select(each.c.site_id, *sums_of(each)).where(each.c.promised == of.value)
    found = sums.group_by(each.c.site_id).subquery()
    query: Any = sa.select(
        col(EmployerSite.id), col(EmployerSite.label), *(found.c[name] for name in FIELD_OF.values())
    )
    query = query.join(found, found.c.site_id == col(EmployerSite.id))
    query = scoped(session, query, EmployerSite, by=by, action=Action.EMPLOYERS_READ)
    rows: Any = session.connection().execute(query.order_by(col(EmployerSite.label), col(EmployerSite.id)))
    return [SiteHonour(key, label, Tally(*counts)) for key, label, *counts in rows]
