"""Agreements whose own dates call for somebody: the signature expected by now, the review that is due."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import AgreementKind, AgreementStage
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreements
from crm.services.access import scoped
from crm.services.agreement_stages import ON_THE_WAY
from crm.services.listing import Listing, how_many

REVIEW_AHEAD_DAYS = 14
"""A review is due from this many days before its day on."""

_TO_REVIEW = (AgreementStage.SIGNED, AgreementStage.ACTIVE, AgreementStage.RENEWED)
"""Those in review already are being looked at."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """An agreement that is past its expected signing, or due for its review, and that day."""

    id: int
    employer: str
    kind: AgreementKind
    on: date
    is_unsigned: bool


def due(session: Session, *, owner_id: int | None, limit: int, by: Actor, today: date) -> Listing[DueRow]:
    """The agreements of an owner, or all, whose date has come, the earliest day first.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    is_unsigned = _is_unsigned(today)
    query = agreements.live().where(sa.or_(is_unsigned, _is_to_review(today)))
    if owner_id is not None:
        query = query.where(col(Agreement.owner_id) == owner_id)
    query = scoped(session, query, Agreement, by=by, action=Action.AGREEMENTS_READ)
    on = sa.case((is_unsigned, col(Agreement.expected_signing_on)), else_=col(Agreement.review_on))
    what = (col(Agreement.id), col(Employer.name), col(Agreement.kind), on, is_unsigned)
    page = query.with_only_columns(*what).order_by(on, col(Agreement.id)).limit(limit)
    rows = [DueRow(*row) for row in session.connection().execute(page)]
    return Listing(rows, how_many(session, query))


def _is_unsigned(today: date) -> sa.ColumnElement[bool]:
    return sa.and_(col(Agreement.stage).in_(ON_THE_WAY), col(Agreement.expected_signing_on) < today)


def _is_to_review(today: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Agreement.stage).in_(_TO_REVIEW),
        sa.or_(col(Agreement.ends_on).is_(None), col(Agreement.ends_on) >= today),
        col(Agreement.review_on) <= today + timedelta(days=REVIEW_AHEAD_DAYS),
    )
