"""Who waits for an interview under an agreement, over all open vacancies that close within a period."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import Covers, Oversubscription, Promise, Standing
from crm.models.agreement_uses import AgreementUse
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services import slot_counts
from crm.services.access import ensure
from crm.services.promises import live_uses
from crm.services.slot_order import left


@dataclass(frozen=True, slots=True)
class SharedVacancy:
    """A vacancy whose interviews are wanted; `left` is None where as many as are wanted can be had."""

    id: int
    title: str
    employer: str
    closes_on: date | None
    left: int | None
    wanted: int
    rule: Oversubscription


@dataclass(frozen=True, slots=True)
class Asked:
    """One wish for an interview; `since` is the day from which the person waits, where it is known."""

    seeker_id: int
    name: str
    since: date | None
    vacancy_id: int
    employer_id: int
    covers: Covers


def wishes(
    session: Session, first: date, last: date, *, by: Actor
) -> tuple[list[Asked], dict[int, SharedVacancy]]:
    """All wishes that nobody has decided on, and their vacancies by id: those that close first come first.

    Vacancies without a closing day belong to every period.

    Raises:
        NotAllowedError: the person may not see promises.
    """
    ensure(session, by, Action.PROMISES_READ)
    rows = session.connection().execute(_query(first, last)).all()
    wanted = Counter(row[3] for row in rows)
    taken = slot_counts.taken_of(session, wanted)
    vacancies = {
        row[3]: SharedVacancy(
            id=row[3],
            title=row[6],
            employer=row[7],
            closes_on=row[8],
            left=left(row[9], taken.get(row[3], 0)),
            wanted=wanted[row[3]],
            rule=row[10],
        )
        for row in rows
    }
    return [Asked(*row[:6]) for row in rows], vacancies


def _query(first: date, last: date) -> sa.Select[*tuple[Any, ...]]:
    closes = col(Vacancy.closes_on)
    columns = (
        *(col(JobSeeker.id), col(JobSeeker.preferred_name), col(JobSeeker.referred_on)),
        *(col(Vacancy.id), col(Vacancy.employer_id), col(Agreement.covers)),
        *(col(Vacancy.title), col(Employer.name), closes),
        *(col(Agreement.most_interviews), col(Agreement.oversubscription_rule)),
    )
    return (
        sa.select(*columns)
        .join(AgreementUse, col(AgreementUse.seeker_id) == col(JobSeeker.id))
        .join(Vacancy, col(Vacancy.id) == col(AgreementUse.vacancy_id))
        .join(Agreement, col(Agreement.id) == col(Vacancy.agreement_id))
        .join(Employer, col(Employer.id) == col(Vacancy.employer_id))
        .where(
            col(AgreementUse.standing) == Standing.ASKED,
            col(AgreementUse.promise) == Promise.INTERVIEW,
            # Whoever finished training has their interview by that, whatever else is wanted.
            col(AgreementUse.after_use_id).is_(None),
            live_uses(),
            col(JobSeeker.archived_at).is_(None),
            col(Vacancy.archived_at).is_(None),
            col(Vacancy.status).in_(OPEN_STATUSES),
            sa.or_(closes.is_(None), closes.between(first, last)),
        )
        .order_by(closes.is_(None), closes, col(Vacancy.id), col(JobSeeker.id))
    )
