"""How many interviews of a vacancy are taken, and whether one is left for somebody else."""

from collections.abc import Collection
from typing import Any

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
    return taken_of(session, [vacancy_id]).get(vacancy_id, 0)


def taken_of(session: Session, vacancy_ids: Collection[int]) -> dict[int, int]:
    """How many interviews are taken of each of these vacancies, in one query; none is left out as none."""
    column = col(AgreementUse.vacancy_id)
    return _counted(session, column, column.in_(vacancy_ids), col(AgreementUse.given).not_in(FREED))


def chances(session: Session, seeker_ids: Collection[int]) -> dict[int, int]:
    """For how many interviews each of these people has been put forward so far, in one query."""
    column = col(AgreementUse.seeker_id)
    return _counted(session, column, column.in_(seeker_ids))


def _counted(session: Session, by: Any, *which: sa.ColumnElement[bool]) -> dict[int, int]:
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(by, sa.func.count())
        .where(
            *which,
            col(AgreementUse.promise) == Promise.INTERVIEW,
            col(AgreementUse.standing) == Standing.REFERRED,
            live_uses(),
        )
        .group_by(by)
    )
    return {key: number for key, number in session.connection().execute(query)}


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
