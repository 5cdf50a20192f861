"""How far the consents of people reach on a day: what each employer may be told, and until when."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.consents import Consent, Purpose, SharedFact
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure, scoped
from crm.services.consents import State, state_of


def tellable(
    session: Session, seeker_id: int, employer_id: int, *, on: date, by: Actor
) -> dict[SharedFact, date | None]:
    """What an employer may be told about a person, each with the day until which; None: until withdrawn.

    Raises:
        NotAllowedError: the person may not see consents.
    """
    found: dict[SharedFact, date | None] = {}
    for consent in _standing(session, on, by, col(Consent.seeker_id) == seeker_id):
        if consent.employer_id != employer_id:
            continue
        for fact in map(SharedFact, consent.facts):
            found[fact] = _later(found[fact], consent.until) if fact in found else consent.until
    return found


def told_about(session: Session, seeker_id: int, *, on: date, by: Actor) -> dict[int, str]:
    """The employers that may be told something about a person, by id, in order of name.

    Raises:
        NotAllowedError: the person may not see consents.
    """
    ids = {one.employer_id for one in _standing(session, on, by, col(Consent.seeker_id) == seeker_id)}
    query = select(Employer).where(col(Employer.id).in_(ids), col(Employer.archived_at).is_(None))
    return {one.key: one.name for one in session.exec(query.order_by(col(Employer.name_key)))}


def who_lets(
    session: Session, fact: SharedFact, employer_ids: Collection[int], *, on: date, by: Actor
) -> set[tuple[int, int]]:
    """Which people let which of these employers know a fact: pairs of person and employer.

    Raises:
        NotAllowedError: the person may not see consents, or no job seekers.
    """
    live = sa.select(col(JobSeeker.id)).where(col(JobSeeker.archived_at).is_(None))
    live = scoped(session, live, JobSeeker, by=by, action=Action.SEEKERS_READ)
    of_these = col(Consent.employer_id).in_(employer_ids)
    standing = _standing(session, on, by, of_these, col(Consent.seeker_id).in_(live))
    return {(one.seeker_id, one.employer_id or 0) for one in standing if fact in one.facts}


def resting_on(
    session: Session,
    seeker_id: int,
    purpose: Purpose,
    employer_id: int,
    facts: Collection[SharedFact] = (),
    *,
    on: date,
    by: Actor,
) -> Consent:
    """The consent that a step rests on which `consents.ensure_covered` let go on: the one given last.

    Raises:
        NotAllowedError: the person may not see consents.
    """
    ensure(session, by, Action.CONSENTS_READ)
    query = select(Consent).where(
        Consent.seeker_id == seeker_id, Consent.purpose == purpose, Consent.employer_id == employer_id
    )
    latest = session.exec(query.order_by(col(Consent.given_on).desc(), col(Consent.id).desc()))
    holds = (one for one in latest if state_of(one, on) is State.IN_FORCE)
    return next(one for one in holds if set(facts) <= set(one.facts))


def who_may_be_put_forward(
    session: Session, employer_id: int, seeker_ids: Collection[int], *, on: date, by: Actor
) -> set[int]:
    """Which of these people agreed to be put forward to an employer, by a yes that is in force on a day.

    Raises:
        NotAllowedError: the person may not see consents.
    """
    return {key for key, _ in yes_to_employers(session, [employer_id], seeker_ids, on=on, by=by)}


def yes_to_employers(
    session: Session, employer_ids: Collection[int], seeker_ids: Collection[int], *, on: date, by: Actor
) -> set[tuple[int, int]]:
    """Which of these people agreed to be put forward to which of these employers, as pairs, in one query.

    Raises:
        NotAllowedError: the person may not see consents.
    """
    ensure(session, by, Action.CONSENTS_READ)
    query = select(Consent).where(
        Consent.purpose == Purpose.PUT_FORWARD,
        col(Consent.employer_id).in_(employer_ids),
        col(Consent.seeker_id).in_(seeker_ids),
    )
    in_force = (one for one in session.exec(query) if state_of(one, on) is State.IN_FORCE)
    return {(one.seeker_id, one.employer_id or 0) for one in in_force}


def _standing(session: Session, on: date, by: Actor, *which: sa.ColumnElement[bool]) -> list[Consent]:
    """Consents to tell facts that are in force on a day."""
    ensure(session, by, Action.CONSENTS_READ)
    query = select(Consent).where(Consent.purpose == Purpose.SHARE_FACTS, *which)
    return [one for one in session.exec(query) if state_of(one, on) is State.IN_FORCE]


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
