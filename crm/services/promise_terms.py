"""What an agreement lets somebody be promised: whether it holds, which promises, of whom, by when."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreement_choices import AgreementKind, Given, Promise, Standing
from crm.models.agreement_parts import AgreementSite
from crm.models.agreement_uses import AgreementUse, PromisedSession, ReferralInput
from crm.models.agreements import Agreement
from crm.models.employers import Employer, EmployerSite
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import agreement_reach, agreements, records
from crm.services.access import ensure, scoped
from crm.services.agreement_stages import IN_FORCE, has_lapsed
from crm.services.agreements import AgreementRow
from crm.services.belonging import ensure_of_employer, live_employer
from crm.services.listing import contains
from crm.services.promises import live_uses

DUE_AFTER_DAYS = 28
"""Days that an employer has where the agreement says nothing: ours, not the law's or the employer's."""

_PROMISED = {
    AgreementKind.GUARANTEED_INTERVIEW: Promise.INTERVIEW,
    AgreementKind.MOCK_INTERVIEW: Promise.MOCK_INTERVIEW,
    AgreementKind.PRE_EMPLOYMENT_TRAINING: Promise.TRAINING,
    AgreementKind.WORK_TRIAL: Promise.TRIAL,
}
_CLAUSES = {
    Promise.INTERVIEW: ("interview_days", "most_interviews", "criteria_percent", "must_haves"),
    Promise.MOCK_INTERVIEW: ("mock_sessions", "mock_places"),
    Promise.TRAINING: ("training_weeks", "training_hours", "training_places"),
    Promise.TRIAL: ("trial_weeks", "trial_hours", "trial_places"),
}
"""What shows that a combined agreement promises this."""


def is_in_force(agreement: Agreement, *, today: date) -> bool:
    """Is the employer held to it on a day: signed, moved that far, begun, and its last day not over?"""
    holds = agreement.stage in IN_FORCE and agreement.signed_on is not None
    has_begun = agreement.starts_on is None or agreement.starts_on <= today
    is_over = has_lapsed(agreement.stage, agreement.ends_on, today=today)
    return holds and has_begun and not is_over and agreement.archived_at is None


def in_force(
    session: Session, *, words: str = "", employer_id: int | None = None, limit: int, by: Actor, today: date
) -> list[AgreementRow]:
    """Agreements that hold today, by employer: those whose signer is called so, or that cover an employer.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    query = agreements.live().where(
        col(Agreement.stage).in_(IN_FORCE),
        col(Agreement.signed_on).is_not(None),
        sa.or_(col(Agreement.starts_on).is_(None), col(Agreement.starts_on) <= today),
        sa.or_(col(Agreement.ends_on).is_(None), col(Agreement.ends_on) >= today),
    )
    if employer_id is not None:
        query = query.where(agreement_reach.covering(employer_id, today=today))
    if words.strip():
        query = query.where(contains(Employer.name_key, words))
    query = scoped(session, query, Agreement, by=by, action=Action.AGREEMENTS_READ)
    page = query.order_by(col(Employer.name_key), col(Agreement.id)).limit(limit)
    return agreements.rows_of(session, page, today=today)


def promises_of(agreement: Agreement) -> list[Promise]:
    """What people can be promised under an agreement; a combined one that names no clause promises all."""
    if agreement.kind is not AgreementKind.COMBINED:
        return [_PROMISED[agreement.kind]]
    named = [one for one, clauses in _CLAUSES.items() if any(getattr(agreement, each) for each in clauses)]
    return named or list(Promise)


def due_by(
    agreement: Agreement,
    promise: Promise,
    *,
    vacancy: Vacancy | None = None,
    held: PromisedSession | None = None,
    on: date,
) -> date:
    """The last day on which a promise made on a day is kept in time, unless somebody says another.

    A place in a session is due on the day it begins. An interview is due as many days after the referral as
    the agreement says; else, and for all other promises, 28 days after the vacancy closes, or after the
    referral where it has closed or there is none.
    """
    if held is not None:
        return max(held.starts_on, on)
    if promise is Promise.INTERVIEW and agreement.interview_days:
        return on + timedelta(days=agreement.interview_days)
    closes = vacancy.closes_on if vacancy is not None and vacancy.closes_on is not None else on
    return max(closes, on) + timedelta(days=DUE_AFTER_DAYS)


def due_of(session: Session, agreement: Agreement, new: ReferralInput, *, by: Actor, today: date) -> date:
    """The same for what is typed.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    vacancy = session.get(Vacancy, new.vacancy_id) if new.vacancy_id is not None else None
    held = session.get(PromisedSession, new.session_id) if new.session_id is not None else None
    return due_by(agreement, new.promise, vacancy=vacancy, held=held, on=today)


def ensure_fits(
    session: Session, agreement: Agreement, new: ReferralInput, *, by: Actor, today: date
) -> None:
    """Let a promise to somebody go on if the agreement makes it, to this employer, here and now.

    Raises:
        NotAllowedError: the person may not see agreements.
        NotFoundError: the employer is unknown or archived.
        RuleBrokenError: the agreement does not hold, or not for this; the field says what does not fit.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    if not is_in_force(agreement, today=today):
        raise RuleBrokenError(
            "This agreement is not in force today, so it promises nothing. Look at its stage and dates."
        )
    ensure_covers(session, agreement, new.employer_id, by=by, today=today)
    if new.promise not in promises_of(agreement):
        raise RuleBrokenError("This agreement does not promise that. Choose another.", field="promise")
    ensure_at(session, agreement, new.site_id, new.employer_id)
    employer = new.employer_id
    ensure_of_employer(session, Vacancy, new.vacancy_id, employer, field="vacancy_id", called="vacancy")
    if new.due_on is not None and new.due_on < today:
        raise RuleBrokenError("It cannot be due before the person is put forward.", field="due_on")
    if new.happens_on is not None and new.happens_on < today:
        raise RuleBrokenError("It cannot be on a day before the person is put forward.", field="happens_on")


def ensure_covers(
    session: Session, agreement: Agreement, employer_id: int, *, by: Actor, today: date
) -> None:
    """Let it go on if the agreement covers this employer today.

    Raises:
        NotAllowedError: the person may not see agreements.
        NotFoundError: the employer is unknown or archived.
        RuleBrokenError: the agreement does not cover it.
    """
    employer = live_employer(session, employer_id)
    if employer_id not in agreement_reach.employers_of(session, agreement, by=by, today=today):
        raise RuleBrokenError(f"This agreement does not cover {employer.name}.", field="employer_id")


def ensure_at(session: Session, agreement: Agreement, site_id: int | None, employer_id: int) -> None:
    """Let it go on if the site, if any, is the employer's and one at which the agreement holds.

    Raises:
        RuleBrokenError: it is neither.
    """
    ensure_of_employer(session, EmployerSite, site_id, employer_id, field="site_id", called="site")
    named = select(AgreementSite.site_id).where(
        AgreementSite.agreement_id == agreement.key, col(AgreementSite.archived_at).is_(None)
    )
    sites = set(session.exec(named))
    if sites and site_id is not None and site_id not in sites:
        raise RuleBrokenError("The agreement does not hold at this site. Choose another.", field="site_id")


def ensure_first(session: Session, agreement: Agreement, seeker_id: int, new: ReferralInput) -> None:
    """Let it go on if the person is not promised the same already: one vacancy or session, one open promise.

    Raises:
        RuleBrokenError: a promise of the same is open.
    """
    same = select(AgreementUse.id).where(
        live_uses(),
        AgreementUse.seeker_id == seeker_id,
        AgreementUse.employer_id == new.employer_id,
        AgreementUse.promise == new.promise,
        col(AgreementUse.vacancy_id).is_not_distinct_from(new.vacancy_id),
        col(AgreementUse.session_id).is_not_distinct_from(new.session_id),
        col(AgreementUse.standing) != Standing.NOT_REFERRED,
        AgreementUse.given == Given.NOT_YET,
    )
    if new.vacancy_id is None and new.session_id is None:
        same = same.where(AgreementUse.agreement_id == agreement.key)
    if session.exec(same).first() is not None:
        raise RuleBrokenError(
            "This person has an open promise of the same already. Look under “Promises” on their page."
        )


def of_use(session: Session, use: AgreementUse, *, by: Actor) -> Agreement:
    """The agreement that a promise was made under.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    return records.fetch(session, Agreement, use.agreement_id, called="agreement")
