"""What being put forward tells an employer, said before it is done, and whose yes it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from sqlmodel import Session

from crm.errors import ConsentNeededError
from crm.models.agreement_choices import Covers
from crm.models.agreements import Agreement
from crm.models.consents import Consent
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreement_uses
from crm.services.access import may
from crm.services.promise_terms import is_in_force
from crm.ui.calling import in_our_words
from crm.ui.tables import Link, link, links
from crm.ui.words import day, plain, say, today


@dataclass(frozen=True, slots=True)
class Yes:
    """The person's own yes, or in words what is missing and the way to record it."""

    consent: Consent | None
    missing: str
    record_it: Link | None


def why_nobody(agreement: Agreement, seeker: JobSeeker, user: Actor) -> str:
    """Why nothing can be promised to this person under it, said before anything is typed; empty if it can."""
    if not is_in_force(agreement, today=today()):
        return "This agreement is not in force today, so it promises nothing. Look at its stage and dates."
    if not may(user, Action.PROMISES_RECORD, seeker):
        return in_our_words(
            "This person is not in your caseload: their coach, an officer or manager does this."
        )
    return ""


def what_it_tells(agreement: Agreement, name: str, employer: str) -> str:
    """What the employer learns by it, in one or two sentences."""
    if agreement.covers is Covers.DISABLED_PEOPLE:
        return (
            "This agreement is for disabled people. "
            f"Putting {name} forward tells {employer} that {name} is disabled."
        )
    if agreement.covers is Covers.NAMED_GROUPS:
        group = agreement.named_groups or "people of a group"
        return f"This agreement is for {group}. Putting {name} forward tells {employer} that {name} is one."
    return f"Putting {name} forward tells {employer} the name, and that we support {name}. It tells no more."


def yes_to_it(
    session: Session,
    agreement: Agreement,
    seeker: JobSeeker,
    employer_id: int,
    user: Actor,
    back: Mapping[str, int],
) -> Yes:
    """The yes that putting this person forward rests on; `back` is where to come back to with a new one."""
    try:
        found = agreement_uses.yes_for(session, agreement, seeker.key, employer_id, by=user, today=today())
    except ConsentNeededError as problem:
        asked = {"seeker": seeker.key, "employer": employer_id, "purpose": "put_forward", **back}
        offered = link("Record what they say, and come back", "consent-new", **asked)
        return Yes(None, str(problem), offered if may(user, Action.CONSENTS_RECORD, seeker) else None)
    return Yes(found, "", None)


def draw_before(agreement: Agreement, name: str, employer: str, yes: Yes) -> None:
    """What it tells and whose yes it rests on, just above the button that does it."""
    told = plain(what_it_tells(agreement, name, employer))
    if yes.consent is not None:
        st.info(f"{told} {plain(_whose(yes.consent, name, employer))}")
        return
    st.warning(f"{told} {plain(yes.missing)} What you typed here is kept.")
    if yes.record_it is not None:
        links([yes.record_it], label="Consent")
    else:
        st.caption("Their coach, or a manager, can record what they say.")


def _whose(consent: Consent, name: str, employer: str) -> str:
    who = f"{name} said yes to this for {employer} on {day(consent.given_on)}"
    with_whom = f" ({say(consent.given_by).lower()}: {consent.answered_by})" if consent.answered_by else ""
    until = f", until {day(consent.until)}" if consent.until else ""
    return f"{who}{with_whom}{until}."
