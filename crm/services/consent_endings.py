"""Consents that end soon, so that people are asked again in time."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from crm.models.consents import Consent, Purpose
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped
from crm.services.listing import Listing, how_many


@dataclass(frozen=True, slots=True)
class EndingRow:
    """A consent that ends soon, and whose it is."""

    id: int
    seeker: str
    purpose: Purpose
    employer: str | None
    until: date


def ending_soon(
    session: Session, *, coach_id: int | None, until: date, limit: int, by: Actor, today: date
) -> Listing[EndingRow]:
    """Consents in force that end by a day, the earliest first; `coach_id` narrows to the people of one coach.

    One that has been given anew, for longer, is left out.

    Raises:
        NotAllowedError: the person may not see consents.
    """
    query = (
        sa.select(
            col(Consent.id),
            col(JobSeeker.preferred_name),
            col(Consent.purpose),
            col(Employer.name),
            col(Consent.until),
        )
        .join(JobSeeker, col(JobSeeker.id) == col(Consent.seeker_id))
        .join(Employer, col(Employer.id) == col(Consent.employer_id), isouter=True)
        .where(
            col(JobSeeker.archived_at).is_(None),
            col(Consent.withdrawn_on).is_(None),
            col(Consent.until).between(today, until),
            ~_given_anew().exists(),
        )
    )
    if coach_id is not None:
        query = query.where(col(JobSeeker.coach_id) == coach_id)
    query = scoped(session, query, Consent, by=by, action=Action.CONSENTS_READ)
    page = query.order_by(col(Consent.until), col(Consent.id)).limit(limit)
    rows = [EndingRow(*row) for row in session.connection().execute(page)]
    return Listing(rows, how_many(session, query))


def _given_anew() -> sa.Select[int | None]:
    """A later answer to the same, which lasts longer and was not withdrawn."""
    newer = aliased(Consent)
    return sa.select(col(newer.id)).where(
        col(newer.seeker_id) == col(Consent.seeker_id),
        col(newer.purpose) == col(Consent.purpose),
        col(newer.employer_id).is_not_distinct_from(col(Consent.employer_id)),
        col(newer.withdrawn_on).is_(None),
        col(newer.given_on) >= col(Consent.given_on),
        sa.or_(col(newer.until).is_(None), col(newer.until) > col(Consent.until)),
    )
