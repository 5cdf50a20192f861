"""What people have agreed to: listed, and asked before anything of theirs goes anywhere.

Whatever tells an employer about a person, in any way, asks `ensure_covered` first; tests/test_architecture.py
holds it to that.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from crm.errors import ConsentNeededError
from crm.models.consents import Consent, Purpose, SharedFact, Withdrawer
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure
from crm.services.consent_words import Person, facts_in_words


class State(StrEnum):
    """How a consent stands on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_in_force_yet"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    RECORDED_BY_MISTAKE = "recorded_by_mistake"


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A consent as lists show it: with the employer's name, and how it stands today."""

    consent: Consent
    employer: str | None
    state: State


def state_of(consent: Consent, on: date) -> State:
    """How a consent stands on a day; on the day it is withdrawn it does not hold any more."""
    if consent.withdrawn_by is Withdrawer.RECORDED_BY_MISTAKE:
        return State.RECORDED_BY_MISTAKE
    if consent.withdrawn_on is not None and consent.withdrawn_on <= on:
        return State.WITHDRAWN
    if consent.given_on > on:
        return State.NOT_YET
    return State.ENDED if consent.until is not None and consent.until < on else State.IN_FORCE


def find(session: Session, consent_id: int, *, by: Actor) -> Consent:
    """One consent, whatever became of it.

    Raises:
        NotAllowedError: the person may not see consents.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.CONSENTS_READ)
    return records.fetch(session, Consent, consent_id, called="consent")


def employer_of(session: Session, consent: Consent, *, by: Actor) -> str | None:
    """The name of the employer that a consent is about, None for one that is about none.

    Raises:
        NotAllowedError: the person may not see consents.
    """
    ensure(session, by, Action.CONSENTS_READ)
    employer = session.get(Employer, consent.employer_id) if consent.employer_id is not None else None
    return employer.name if employer else None


def of_seeker(session: Session, seeker_id: int, *, by: Actor, today: date) -> list[ConsentRow]:
    """All consents of a person, the latest first.

    Raises:
        NotAllowedError: the person may not see consents.
    """
    ensure(session, by, Action.CONSENTS_READ)
    query = (
        select(Consent, Employer.name)
        .join(Employer, col(Employer.id) == col(Consent.employer_id), isouter=True)
        .where(Consent.seeker_id == seeker_id)
        .order_by(col(Consent.given_on).desc(), col(Consent.id).desc())
    )
    return [ConsentRow(row, name, state_of(row, today)) for row, name in session.exec(query)]


def covers(
    session: Session,
    seeker_id: int,
    purpose: Purpose,
    employer_id: int | None = None,
    fields: Collection[SharedFact] = (),
    *,
    on: date,
    by: Actor,
) -> bool:
    """Has a person agreed to this on a day: for this employer, and for every one of the fields?

    Sharing nothing in particular is never covered, and nothing is for somebody who is archived.

    Raises:
        NotAllowedError: the person may not see consents.
        NotFoundError: there is no such job seeker.
    """
    ensure(session, by, Action.CONSENTS_READ)
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    if seeker.archived_at is not None or (purpose is Purpose.SHARE_FACTS and not fields):
        return False
    standing = _standing(session, seeker_id, purpose, employer_id, on)
    return bool(standing) and not _missing(standing, fields)


def ensure_covered(
    session: Session,
    seeker_id: int,
    purpose: Purpose,
    employer_id: int | None = None,
    fields: Collection[SharedFact] = (),
    *,
    on: date,
    by: Actor,
) -> None:
    """Let a service go on if a person has agreed to what it is about to do.

    Raises:
        ConsentNeededError: they have not, or not to all of it; it says to what, and how to ask them.
        NotAllowedError: the person may not see consents.
        NotFoundError: there is no such job seeker.
    """
    if covers(session, seeker_id, purpose, employer_id, fields, on=on, by=by):
        return
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    if seeker.archived_at is not None:
        raise ConsentNeededError("This job seeker is archived: nothing of theirs goes to anybody.")
    employer = session.get(Employer, employer_id) if employer_id is not None else None
    missing = _missing(_standing(session, seeker_id, purpose, employer_id, on), fields)
    what = _not_agreed(purpose, employer.name if employer else "an employer", missing)
    raise ConsentNeededError(
        f"{seeker.preferred_name} has not agreed, or not any more, {what}. "
        "Ask them, and record their answer with “Record a consent” on their page."
    )


def _not_agreed(purpose: Purpose, employer: str, missing: Collection[SharedFact]) -> str:
    facts = facts_in_words(missing, Person.THEY) or "anything"
    return {
        Purpose.HOLD_RECORD: "that a record is kept about them",
        Purpose.SHARE_FACTS: f"that {employer} is told {facts}",
        Purpose.PUT_FORWARD: f"to be put forward to {employer}",
        Purpose.CONTACT_FAMILY: "that you talk with their family",
        Purpose.PHOTO: "that you use a photo of them",
    }[purpose]


def _standing(
    session: Session, seeker_id: int, purpose: Purpose, employer_id: int | None, on: date
) -> list[Consent]:
    query = select(Consent).where(
        Consent.seeker_id == seeker_id, Consent.purpose == purpose, Consent.employer_id == employer_id
    )
    return [consent for consent in session.exec(query) if state_of(consent, on) is State.IN_FORCE]


def _missing(standing: Collection[Consent], fields: Collection[SharedFact]) -> set[SharedFact]:
    return set(fields) - {SharedFact(fact) for consent in standing for fact in consent.facts}
