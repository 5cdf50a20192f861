"""A new consent, led by the person: what they agree to, what that tells whom, and how they answered."""

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.consents import Consent, ConsentInput, GivenBy, Purpose, SharedFact
from crm.policy import Action
from crm.services import consent_giving, seekers
from crm.services.access import may
from crm.services.consent_words import WORDING, Person, fact_words, statement
from crm.services.restricted import AgeAnswer
from crm.ui import consent_for
from crm.ui.address import needed_id, optional_id
from crm.ui.fields import choice, day, line, pick, ticks
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said
from crm.ui.words import plain, today
from crm.units import carry_out

user = require_user()
with refuse_politely(), reading() as session:
    seeker = seekers.find(session, needed_id("seeker"), by=user)
    known = consent_giving.employer_names(session, by=user)
    employers = consent_for.with_the_named(session, known, user)

st.title(f"A consent of {plain(seeker.preferred_name)}", anchor=False)
links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
said("Fill this in with the person. Read out or show what it says below the answers before they decide.")


def or_today(given: date | None) -> date:
    return given or today()


facts = {fact.value: fact_words(fact, Person.I) for fact in SharedFact}
fields = [
    choice("purpose", "What I agree to", Purpose),
    pick("employer_id", "Employer, if one is told", employers, hint="One employer for each answer."),
    *ticks("facts", {key: f"They may know {words}" for key, words in facts.items()}),
    choice("given_by", "Who answers", GivenBy, hint="Family alone cannot answer for an adult."),
    line(
        "answered_by",
        "Who answered with or for them, and what lets them",
        hint="Their name, and for an attorney or deputy the document; empty when the person answers alone.",
    ),
    line(
        "how_explained",
        "How it was explained",
        hint="For example: read out, with pictures, with her sister.",
    ),
    replace(day("given_on", "Given on"), show=or_today),
    day("until", "Until", hint="Empty: until it is withdrawn."),
]
answers: list[AgeAnswer | None] = [None]


def ask_age(typed: ConsentInput) -> None:
    """Apart from saving, so that the look is in the trail even when it leads to a refusal."""
    ask = partial(consent_giving.ask_age, seeker_id=seeker.key, new=typed, by=user, today=today())
    answers.append(carry_out(ask) if typed.given_by is GivenBy.PARENT_UNDER_16 else None)


asked_about = optional_id("employer")
form = RecordForm(
    f"consent-{asked_about}" if asked_about else "consent",
    fields,
    ConsentInput,
    None,
    "Record this consent",
    belongs_to=seeker.key,
    starts=consent_for.starts(),
    before_saving=ask_age,
)


def say_what_it_means() -> None:
    """What the person is told, for what is chosen so far."""
    state = st.session_state
    purpose = state.get(f"{form.prefix}purpose")
    st.header("What this means", anchor=False)
    if not purpose:
        st.info("Choose what the person agrees to: what to say to them stands here then.")
        return
    employer = employers.get(state.get(f"{form.prefix}employer_id") or 0)
    ticked = [fact for fact in facts if state.get(f"{form.prefix}facts.{fact}")]
    said(statement(Purpose(purpose), employer, ticked, WORDING))


def save(session: Session, typed: ConsentInput, _version: int) -> Consent:
    return consent_giving.give(session, seeker.key, typed, age=answers[-1], by=user, today=today())


def then(_saved: Consent) -> None:
    after_this("The consent is recorded. It can be withdrawn at any time.")
    consent_for.go_back(seeker.key)


if may(user, Action.CONSENTS_RECORD, seeker):
    draw_form(form, user=user, save=save, then=then, ask=say_what_it_means)
else:
    st.info("This job seeker is archived, so nothing can be added.")
