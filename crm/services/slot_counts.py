"""How many interviews of a vacancy are taken, and whether one is left for somebody else."""

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.errors import RuleBrokenError
from crm.models.agreement_choices import Given, Promise, Standing
from crm.models.agreement_uses import AgreementUse
from crm.models.agreements import Agreement
from crm.services import records
from crm.services.promises import live_uses
from crm.services.slot_order import left

FREED = (Given.WITHDREW, Given.COULD_NOT_ATTEND)
"""Whoever withdrew or could not attend leaves the interview to somebody else."""


def taken(session: Session, vacancy_id: int) -> int:
    """How many interviews of a vacancy are taken by people who were put forward."""
    query = (
        sa.select(sa.func.count())
        .select_from(AgreementUse)
        .where(
            col(AgreementUse.vacancy_id) == vacancy_id,
            col(AgreementUse.promise) == Promise.INTERVIEW,
            col(AgreementUse.standing) == Standing.REFERRED,
            col(AgreementUse.given).not_in(FREED),
            live_uses(),
        )
    )
    return session.connection().execute(query).scalar_one()


def ensure_left(session: Session, agreement: Agreement, promise: Promise, vacancy_id: int | None) -> None:
    """Let one more person be put forward if the agreement leaves an interview; it is held until the end.

    Raises:
        RuleBrokenError: all interviews of the vacancy are taken.
    """
    if promise is not Promise.INTERVIEW or vacancy_id is None or agreement.most_interviews is None:
        return
    records.fetch_to_change(session, Agreement, agreement.key, called="agreement")
    if left(agreement.most_interviews, taken(session, vacancy_id)) == 0:
        raise RuleBrokenError(
            f"All {agreement.most_interviews} interviews of this vacancy are taken. Note that the person "
            "wants one instead: whoever is next gets one when it is free.",
            field="vacancy_id",
        )
