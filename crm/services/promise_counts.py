"""The rows behind the figures of promises, each with how it counts, for the database to group and add up."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import Given, Promise, UseResult
from crm.models.agreement_uses import AgreementUse
from crm.models.agreements import Agreement
from crm.models.base import Known
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped
from crm.services.day_gaps import days_between
from crm.services.promises import Count, Honour, counted, live_uses


class Promised(StrEnum):
    """What was promised, as figures are told apart: interviews after training have an honour of their own."""

    INTERVIEW = "interview"
    AFTER_TRAINING = "interview_after_training"
    MOCK_INTERVIEW = "mock_interview"
    TRAINING = "training"
    TRIAL = "work_trial_or_placement"


INTERVIEWS = (Promised.INTERVIEW, Promised.AFTER_TRAINING)
"""What counts as an interview wherever one is not asked what it was promised for."""


@dataclass(frozen=True, slots=True)
class PromiseFilter:
    """Which promises are meant; None means any. The days are those of the referral, both included.

    Somebody who was not put forward has no such day: the one on which they asked stands for it. A session
    counts by its first day, and belongs to the agreement, employer and site that it was planned for.
    """

    agreement_id: int | None = None
    employer_id: int | None = None
    site_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises of one kind count in which way (`crm.services.promises.Count`)."""

    kept: int = 0
    broken: int = 0
    disputed: int = 0
    not_answered: int = 0
    not_due: int = 0
    could_not_attend: int = 0
    withdrew: int = 0
    not_owed: int = 0
    not_referred: int = 0

    @property
    def honour(self) -> Honour:
        """The honour rate, with the range that disputes give it."""
        return Honour(self.kept, self.broken, self.disputed)

    @property
    def put_forward(self) -> int:
        """To how many people it was promised by putting them forward."""
        return self.all - self.not_referred

    @property
    def all(self) -> int:
        """Every one of them, whatever became of it."""
        return sum(getattr(self, name) for name in FIELD_OF.values())


FIELD_OF: dict[Count, str] = {
    Count.KEPT: "kept",
    Count.BROKEN: "broken",
    Count.DISPUTED: "disputed",
    Count.NOT_ANSWERED: "not_answered",
    Count.NOT_DUE: "not_due",
    Count.COULD_NOT_ATTEND: "could_not_attend",
    Count.WITHDREW: "withdrew",
    Count.NOT_OWED: "not_owed",
    Count.NOT_REFERRED: "not_referred",
}
"""The field of a `Tally` that holds each count."""


def counted_uses(
    session: Session, wanted: PromiseFilter, *, by: Actor, today: date
) -> sa.Select[*tuple[Any, ...]]:
    """A row for each promise meant, with what is added up of it as 1 or 0.

    A figure that is grouped by what SQL works out needs this as a subquery: PostgreSQL knows no two
    parameters for the same.

    Raises:
        NotAllowedError: the person may not see promises.
    """
    held = col(AgreementUse.given) == Given.YES
    fed_back = sa.and_(held, col(AgreementUse.feedback_on).is_not(None))
    allowed, happened = _feedback_days(), col(AgreementUse.happens_on)
    is_over = days_between(happened, today) > allowed
    in_time = days_between(happened, col(AgreementUse.feedback_on)) <= allowed
    columns: dict[str, Any] = {
        "agreement_id": col(AgreementUse.agreement_id),
        "employer_id": col(AgreementUse.employer_id),
        "site_id": col(AgreementUse.site_id),
        "promised": promised(),
        "told": counted(today),
        "held": one_if(held),
        "fed_back": one_if(fed_back),
        "feedback_due": one_if(sa.and_(held, allowed.is_not(None), sa.or_(fed_back, is_over))),
        "fed_back_in_time": one_if(sa.and_(fed_back, in_time)),
        "offers": one_if(col(AgreementUse.result) == UseResult.OFFERED),
        "finished": one_if(col(AgreementUse.finished) == Known.YES),
        "not_finished": one_if(col(AgreementUse.finished) == Known.NO),
    }
    query = sa.select(*(said.label(name) for name, said in columns.items()))
    return meant(session, query, wanted, by=by)


def _feedback_days() -> sa.ScalarSelect[Any]:
    """In SQL, within how many days the agreement of a promise asks for feedback."""
    of_use = col(Agreement.id) == col(AgreementUse.agreement_id)
    return sa.select(col(Agreement.feedback_days)).where(of_use).correlate(AgreementUse).scalar_subquery()


def meant(
    session: Session, query: sa.Select[*tuple[Any, ...]], wanted: PromiseFilter, *, by: Actor
) -> sa.Select[*tuple[Any, ...]]:
    """A query over promises narrowed to those meant; those of archived agreements never are.

    The few archived agreements are left out by their ids: to look up every promise's agreement takes as long
    as all the rest.

    Raises:
        NotAllowedError: the person may not see promises.
    """
    archived = sa.select(col(Agreement.id)).where(col(Agreement.archived_at).is_not(None))
    query = query.where(live_uses(), col(AgreementUse.agreement_id).not_in(archived))
    day = sa.func.coalesce(col(AgreementUse.referred_on), col(AgreementUse.asked_on))
    query = query.where(*narrowed(AgreementUse, day, wanted))
    return scoped(session, query, AgreementUse, by=by, action=Action.PROMISES_READ)


def narrowed(table: Any, day: Any, wanted: PromiseFilter) -> list[sa.ColumnElement[bool]]:
    """What the filter asks of rows that belong to an agreement, an employer, a site and a day."""
    same = {"agreement_id": wanted.agreement_id, "employer_id": wanted.employer_id}
    same["site_id"] = wanted.site_id
    asked = [col(getattr(table, name)) == value for name, value in same.items() if value is not None]
    if wanted.since is not None:
        asked.append(day >= wanted.since)
    if wanted.until is not None:
        asked.append(day <= wanted.until)
    return asked


def promised() -> sa.ColumnElement[Any]:
    """In SQL the value of `Promised` of each row of `AgreementUse`."""
    after = sa.and_(
        col(AgreementUse.promise) == Promise.INTERVIEW, col(AgreementUse.after_use_id).is_not(None)
    )
    return sa.case(
        (after, Promised.AFTER_TRAINING.value),
        else_=sa.cast(col(AgreementUse.promise), sa.String()),
    )


def sums_of(found: Any) -> list[sa.ColumnElement[int]]:
    """In SQL the fields of a `Tally` over rows of `counted_uses`, in their order."""
    return [total(found.c.told == count.value).label(name) for count, name in FIELD_OF.items()]


def total(condition: Any) -> sa.ColumnElement[int]:
    """In SQL, of how many rows of a group this is so."""
    return sa.func.coalesce(sa.func.sum(one_if(condition)), 0)


def one_if(condition: Any) -> sa.ColumnElement[int]:
    """In SQL, 1 where this is so and 0 where not: no index is looked up for it."""
    return sa.case((condition, 1), else_=0)
