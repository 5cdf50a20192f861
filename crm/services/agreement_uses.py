"""People put forward under agreements, and people who want to be: found, made, set aside, archived.

Being put forward tells an employer about a person. Nothing here does it without the person's own yes for
that employer in force on the day, and each referral keeps which yes it rests on.
"""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from crm.errors import ConsentNeededError, RuleBrokenError
from crm.models.agreement_choices import Promise, Standing
from crm.models.agreement_uses import AgreementUse, ReferralInput
from crm.models.agreements import Agreement
from crm.models.consents import Consent, Purpose, SharedFact
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import (
    archiving,
    consent_reach,
    promise_again,
    promise_terms,
    promised_sessions,
    records,
    slot_counts,
)
from crm.services.access import ensure
from crm.services.agreement_reach import is_telling
from crm.services.archiving import Kind
from crm.services.consents import covers, ensure_covered
from crm.services.promise_terms import DUE_AFTER_DAYS

KIND = Kind("promise", Action.PROMISES_RECORD)
_NOT_ASKED = "This person has been put forward, or set aside, already."


def find(session: Session, use_id: int, *, by: Actor) -> AgreementUse:
    """One promise to a person, archived ones too.

    Raises:
        NotAllowedError: the person may not see promises.
        NotFoundError: there is none with this id.
    """
    row = records.fetch(session, AgreementUse, use_id, called=KIND.called)
    ensure(session, by, Action.PROMISES_READ, row)
    return row


def yes_for(
    session: Session, agreement: Agreement, seeker_id: int, employer_id: int, *, by: Actor, today: date
) -> Consent:
    """The person's own yes that being put forward to this employer rests on.

    Where being put forward by itself says that somebody is disabled, or of a group, only a yes to being put
    forward will do; elsewhere the employer learns the name, and a yes to that is enough.

    Raises:
        ConsentNeededError: there is none in force; it says what to ask.
        NotAllowedError: the person may not see consents.
        NotFoundError: there is no such job seeker.
    """
    forward = Purpose.PUT_FORWARD
    is_forward = is_telling(agreement) or covers(session, seeker_id, forward, employer_id, on=today, by=by)
    purpose, facts = (forward, ()) if is_forward else (Purpose.SHARE_FACTS, (SharedFact.NAME,))
    ensure_covered(session, seeker_id, purpose, employer_id, facts, on=today, by=by)
    return consent_reach.resting_on(session, seeker_id, purpose, employer_id, facts, on=today, by=by)


def refer(
    session: Session, agreement_id: int, seeker_id: int, new: ReferralInput, *, by: Actor, today: date
) -> AgreementUse:
    """Put a person forward to an employer under an agreement, today.

    Without a day typed it is due as `promise_terms.due_by` says.

    Raises:
        ConsentNeededError: the person has not said yes to it for this employer.
        NotAllowedError: the person may not put this job seeker forward.
        NotFoundError: there is no such agreement, job seeker or employer.
        RuleBrokenError: the agreement does not promise this, the person is promised it already, or no
            interview of the vacancy is left.
    """
    agreement = _ensure_can_be_promised(session, agreement_id, seeker_id, new, by=by, today=today)
    slot_counts.ensure_left(session, agreement, new.promise, new.vacancy_id)
    values = new.model_dump() | _referral(session, agreement, seeker_id, new, by=by, today=today)
    row = AgreementUse(**values, agreement_id=agreement_id, seeker_id=seeker_id, asked_on=today)
    return records.add(session, row)


def ask(
    session: Session, agreement_id: int, seeker_id: int, new: ReferralInput, *, by: Actor, today: date
) -> AgreementUse:
    """Note that a person wants what an agreement promises; the employer is told nothing.

    Raises:
        NotAllowedError: the person may not record promises to this job seeker.
        NotFoundError: there is no such agreement, job seeker or employer.
        RuleBrokenError: the agreement does not promise this, or the person is promised it already.
    """
    _ensure_can_be_promised(session, agreement_id, seeker_id, new, by=by, today=today)
    row = AgreementUse(
        **new.model_dump(),
        agreement_id=agreement_id,
        seeker_id=seeker_id,
        standing=Standing.ASKED,
        asked_on=today,
    )
    return records.add(session, row)


def refer_asked(session: Session, use_id: int, *, version: int, by: Actor, today: date) -> AgreementUse:
    """Put somebody forward who wanted to be, today.

    Raises:
        ConsentNeededError: the person has not said yes to it for this employer.
        NotAllowedError: the person may not put this job seeker forward.
        NotFoundError: there is none with this id.
        RuleBrokenError: they were put forward or set aside before, or the agreement does not hold any more.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = _to_change(session, use_id, by=by)
    agreement = promise_terms.of_use(session, row, by=by)
    promised_sessions.ensure_takes_place(session, row.session_id)
    new = _as_asked(row, today)
    if row.after_use_id is None:
        promise_terms.ensure_fits(session, agreement, new, by=by, today=today)
    slot_counts.ensure_left(session, agreement, row.promise, row.vacancy_id)
    values = _referral(session, agreement, row.seeker_id, new, by=by, today=today)
    values["happens_on"] = new.happens_on
    return records.change(session, row, values, version=version)


def set_aside(session: Session, use_id: int, why: str, *, version: int, by: Actor) -> AgreementUse:
    """Say why somebody who wanted to be put forward is not; it stays in sight.

    Raises:
        NotAllowedError: the person may not record promises to this job seeker.
        NotFoundError: there is none with this id.
        RuleBrokenError: no reason is given, or they were put forward or set aside before.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = _to_change(session, use_id, by=by)
    values = {"standing": Standing.NOT_REFERRED, "not_referred_why": archiving.reason_given(why)}
    return records.change(session, row, values, version=version)


def refer_finisher(session: Session, trained: AgreementUse, *, by: Actor, today: date) -> AgreementUse:
    """Promise the interview that the agreement guarantees to whoever finishes its training.

    It is due as many days after the last day of training as the agreement says for interviews, else 28. It
    rests on the yes for this employer that is in force; without one the person only counts as wanting it.

    Raises:
        NotAllowedError: the person may not record promises to this job seeker.
    """
    ensure(session, by, Action.PROMISES_RECORD, trained)
    agreement = promise_terms.of_use(session, trained, by=by)
    days = timedelta(days=agreement.interview_days or DUE_AFTER_DAYS)
    new = ReferralInput(
        employer_id=trained.employer_id,
        site_id=trained.site_id,
        vacancy_id=trained.vacancy_id,
        promise=Promise.INTERVIEW,
        due_on=(trained.finished_on or today) + days,
    )
    values: dict[str, Any] = {"standing": Standing.ASKED}
    with suppress(ConsentNeededError):
        values = _referral(session, agreement, trained.seeker_id, new, by=by, today=today)
    values = new.model_dump() | values | {"asked_on": today, "after_use_id": trained.key}
    row = AgreementUse(**values, agreement_id=trained.agreement_id, seeker_id=trained.seeker_id)
    return records.add(session, row)


def archive(session: Session, use_id: int, *, why: str, version: int, by: Actor) -> AgreementUse:
    """Put a promise aside that was recorded by mistake; it counts nowhere any more.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the page was drawn.
    """
    return archiving.put_aside(session, AgreementUse, use_id, KIND, why=why, version=version, by=by)


def bring_back(session: Session, use_id: int, *, version: int, by: Actor) -> AgreementUse:
    """Take a promise out of the archive.

    Raises:
        NotAllowedError: the person may not record promises to this job seeker.
        RuleBrokenError: meanwhile the same was promised anew, or its interview or place was given away.
        StaleFormError: somebody saved it after the page was drawn.
    """
    ensure(session, by, Action.PROMISES_RECORD)
    row = records.fetch_to_change(session, AgreementUse, use_id, called=KIND.called)
    ensure(session, by, Action.PROMISES_RECORD, row, is_beneath_archive=True)
    if row.version == version and row.archived_at is not None:
        promise_again.ensure_free(session, row, to_be=row.standing)
    return archiving.take_back(session, AgreementUse, use_id, KIND, version=version, by=by)


def _ensure_can_be_promised(
    session: Session, agreement_id: int, seeker_id: int, new: ReferralInput, *, by: Actor, today: date
) -> Agreement:
    """The agreement, held until the end, so that two colleagues cannot give one place or promise twice."""
    ensure(session, by, Action.PROMISES_RECORD)
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.PROMISES_RECORD, seeker)
    agreement = records.fetch_to_change(session, Agreement, agreement_id, called="agreement")
    promise_terms.ensure_fits(session, agreement, new, by=by, today=today)
    promise_terms.ensure_first(session, agreement, seeker_id, new)
    promised_sessions.ensure_place(session, agreement, new)
    return agreement


def _as_asked(row: AgreementUse, today: date) -> ReferralInput:
    """What somebody wanted; days that have gone by while they waited are set anew."""
    new = promise_again.as_stored(row)
    gone = [day for day in ("due_on", "happens_on") if (getattr(new, day) or today) < today]
    return new.model_copy(update=dict.fromkeys(gone))


def _referral(
    session: Session, agreement: Agreement, seeker_id: int, new: ReferralInput, *, by: Actor, today: date
) -> dict[str, Any]:
    yes = yes_for(session, agreement, seeker_id, new.employer_id, by=by, today=today)
    due_on = new.due_on or promise_terms.due_of(session, agreement, new, by=by, today=today)
    return {
        "standing": Standing.REFERRED,
        "referred_on": today,
        "referred_by": by.id,
        "consent_id": yes.key,
        "due_on": due_on,
    }


def _to_change(session: Session, use_id: int, *, by: Actor) -> AgreementUse:
    row = records.fetch_to_change(session, AgreementUse, use_id, called=KIND.called)
    ensure(session, by, Action.PROMISES_RECORD, row)
    if row.standing is not Standing.ASKED:
        raise RuleBrokenError(_NOT_ASKED)
    return row
