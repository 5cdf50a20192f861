"""Consents as people give them and take them back: never changed in between."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.errors import RuleBrokenError
from crm.models.consents import Consent, ConsentInput, GivenBy, WithdrawalInput
from crm.models.employers import Employer, RelationshipStage
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records, restricted
from crm.services.access import ensure
from crm.services.consent_words import WORDING
from crm.services.restricted import AgeAnswer

_APART = (RelationshipStage.IDENTIFIED, RelationshipStage.DO_NOT_CONTACT)


def employer_names(session: Session, *, by: Actor) -> dict[int, str]:
    """The employers that somebody can be asked about: those that the service is in contact with.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    query = (
        sa.select(col(Employer.id), col(Employer.name))
        .where(col(Employer.archived_at).is_(None), col(Employer.stage).not_in(_APART))
        .order_by(col(Employer.name_key), col(Employer.id))
    )
    found: Sequence[Any] = session.connection().execute(query).all()
    return {row[0]: row[1] for row in found}


def ask_age(
    session: Session, seeker_id: int, new: ConsentInput, *, by: Actor, today: date
) -> AgeAnswer | None:
    """What `give` has to know of the person's age, asked in a transaction of its own; None when nothing.

    Raises:
        NotAllowedError: the person may not record what this job seeker has agreed to.
        NotFoundError: there is no such job seeker.
    """
    if new.given_by is not GivenBy.PARENT_UNDER_16:
        return None
    on = new.given_on or today
    return restricted.ask_whether_under_16(session, seeker_id, on=on, by=by)


def give(
    session: Session,
    seeker_id: int,
    new: ConsentInput,
    *,
    age: AgeAnswer | None = None,
    by: Actor,
    today: date,
) -> Consent:
    """Record what a person has agreed to; it is never changed afterwards. `age` is what `ask_age` gave.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is no such job seeker.
        RuleBrokenError: it is given in the future, by somebody who cannot, or about no live employer.
    """
    ensure(session, by, Action.CONSENTS_RECORD)
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.CONSENTS_RECORD, seeker)
    given_on = new.given_on or today
    if given_on > today:
        raise RuleBrokenError("A consent is recorded once it is given, not before.", field="given_on")
    if new.until is not None and new.until <= given_on:
        raise RuleBrokenError("It would end on the day it is given, or before.", field="until")
    _ensure_employer(session, new.employer_id)
    if new.given_by is GivenBy.PARENT_UNDER_16:
        _ensure_under_16(age, (seeker.key, given_on, by.id))
    values: dict[str, Any] = new.model_dump() | {"given_on": given_on, "wording_version": WORDING}
    return records.add(session, Consent(**values, seeker_id=seeker.key))


def _ensure_employer(session: Session, employer_id: int | None) -> None:
    if employer_id is None:
        return
    employer = session.get(Employer, employer_id)
    if employer is None or employer.archived_at is not None:
        raise RuleBrokenError("Choose an employer that is not archived.", field="employer_id")


def _ensure_under_16(age: AgeAnswer | None, asked: tuple[int, date, int | None]) -> None:
    if age is None or (age.seeker_id, age.on, age.told_to) != asked:
        raise RuntimeError("Whether a parent may answer was not asked for this person, day and colleague.")
    is_under = age.is_under_16
    if is_under is None:
        raise RuleBrokenError(
            "A parent answers only for somebody under 16. Record their date of birth first, under restricted "
            "facts.",
            field="given_by",
        )
    if not is_under:
        raise RuleBrokenError(
            "They are 16 or older: family alone cannot answer for them. Ask the person, with the support "
            "they need; if they cannot decide this, an attorney or deputy or a best-interests decision does.",
            field="given_by",
        )


def withdraw(session: Session, consent_id: int, said: WithdrawalInput, *, by: Actor, today: date) -> Consent:
    """Take a consent back from today on; no reason is needed, and a new one can be given at any time.

    Raises:
        NotAllowedError: the person may not record consents.
        NotFoundError: there is none with this id.
        RuleBrokenError: it was withdrawn before.
    """
    ensure(session, by, Action.CONSENTS_RECORD)
    row = records.fetch_to_change(session, Consent, consent_id, called="consent")
    if row.withdrawn_on is not None:
        raise RuleBrokenError("This consent has been withdrawn already.")
    return records.change(session, row, said.model_dump() | {"withdrawn_on": today}, version=row.version)
