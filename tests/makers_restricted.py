"""Restricted facts and consents with readable defaults, made through the services that staff use."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from crm.models.consents import Consent, ConsentInput
from crm.models.restricted import OpeningInput, RestrictedFacts, RestrictedFactsInput, RestrictedOpening
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor
from crm.services import consent_giving, restricted, restricted_views

TODAY = date(2026, 11, 23)
HERE = "this sign-in"


def open_restricted(
    session: Session,
    seeker: JobSeeker,
    by: Actor,
    *,
    reason: str = "review_due",
    words: str | None = None,
    now: datetime | None = None,
) -> RestrictedOpening:
    """A person's restricted facts opened by somebody in this sign-in."""
    why = OpeningInput.model_validate({"reason": reason, "words": words})
    return restricted_views.open_facts(session, seeker.key, why, in_session=HERE, by=by, now=now)


def make_restricted(session: Session, seeker: JobSeeker, by: Actor, **facts: object) -> RestrictedFacts:
    """Restricted facts of a person, recorded by somebody who opened them first."""
    open_restricted(session, seeker, by)
    typed = RestrictedFactsInput.model_validate(facts)
    return restricted.save(session, seeker.key, typed, version=0, in_session=HERE, by=by)


def consent_input(purpose: str = "hold_record", **said: object) -> ConsentInput:
    """The person's own answer, read out to them, unless told otherwise."""
    told = {"given_by": "the_person", "how_explained": "Read out", "purpose": purpose, **said}
    return ConsentInput.model_validate(told)


def make_consent(
    session: Session,
    seeker: JobSeeker,
    purpose: str = "hold_record",
    *,
    by: Actor = SYSTEM,
    today: date = TODAY,
    **said: object,
) -> Consent:
    """Something that a person agrees to today."""
    new = consent_input(purpose, **said)
    age = consent_giving.ask_age(session, seeker.key, new, by=by, today=today)
    return consent_giving.give(session, seeker.key, new, age=age, by=by, today=today)


def refuse_entries(connection: sa.Connection) -> None:
    """Have the database take no entry of the trail any more."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        return
    connection.exec_driver_sql("ALTER TABLE audit_entry ADD CONSTRAINT full_up CHECK (id < 0) NOT VALID")
