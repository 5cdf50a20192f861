"""A page about a person for one employer: what it tells, how it reads, and that it is given."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.errors import CrmError
from crm.models.sharing import GivenHow, ShareSheet, ShareSheetInput
from crm.services import consent_reach, seekers, share_sheets
from crm.services.consent_words import Person, fact_words
from crm.ui.address import needed_id, optional_id
from crm.ui.easy_read import ask_style, draw_parts
from crm.ui.fields import choice, day, line, ticks
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.problems import show_problem
from crm.ui.screens import go_to, refuse_politely
from crm.ui.sheet_parts import for_the_person, page_parts, put_forward_words
from crm.ui.tables import link, links, said
from crm.ui.words import day as day_words
from crm.ui.words import plain, today

user = require_user()
with refuse_politely(), reading() as session:
    seeker = seekers.find(session, needed_id("seeker"), by=user)
    employers = consent_reach.told_about(session, seeker.key, on=today(), by=user)
    chosen = optional_id("employer")
    found = share_sheets.sharable(session, seeker.key, chosen or 0, by=user, today=today())

st.title(f"A page about {plain(seeker.preferred_name)} for an employer", anchor=False)
links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")


def choose_employer() -> None:
    if not employers:
        st.info(
            "No employer may be told anything yet. Record what the person agrees to first, with “Record a "
            "consent” on their page."
        )
        return
    said("Choose whom it is for. These are the employers that the person lets know something.")
    items = [link(name, "share-sheet", seeker=seeker.key, employer=key) for key, name in employers.items()]
    links(items, label="Employers")


if chosen is None or chosen not in employers or not found.facts:
    choose_employer()
    st.stop()
employer_id, employer = chosen, employers[chosen]
said(put_forward_words(seeker.preferred_name, employer, is_put_forward=found.is_put_forward))
style = ask_style()
facts = {fact.value: fact_words(fact, Person.THEY) for fact in found.facts}
fields = [
    *ticks("facts", {key: f"It tells {words}" for key, words in facts.items()}),
    line("given_to", "Who at the employer gets it"),
    choice("given_how", "How they get it", GivenHow),
    day("expires_on", "Holds until", hint=f"Empty: 90 days. {day_words(found.until)} at the latest."),
]
form = RecordForm(
    f"sheet-{employer_id}",
    fields,
    ShareSheetInput,
    None,
    "Record that it is given",
    belongs_to=seeker.key,
    starts={"facts": list(facts)},
)


def show_page() -> None:
    """The page for what is ticked so far, as the person may read it before it goes anywhere."""
    state = st.session_state
    ticked = [fact for fact in found.facts if state.get(f"{form.prefix}facts.{fact.value}")]
    st.header("How it reads", anchor=False)
    draw_parts(for_the_person(employer, style, is_put_forward=found.is_put_forward), style)
    if not ticked:
        st.info("Tick what the page tells: it stands here then.")
        return
    try:
        with reading() as session:
            words = share_sheets.preview(
                session,
                seeker.key,
                employer_id,
                ticked,
                until=state.get(f"{form.prefix}expires_on"),
                by=user,
                today=today(),
            )
    except CrmError as problem:
        show_problem(problem)
        return
    draw_parts(page_parts(words, style), style)


def save(session: Session, typed: ShareSheetInput, _version: int) -> ShareSheet:
    return share_sheets.share(session, seeker.key, employer_id, typed, by=user, today=today())


def then(saved: ShareSheet) -> None:
    after_this("The page is recorded word for word. Print it here and hand it over.")
    go_to("shared-sheet", id=saved.key)


draw_form(form, user=user, save=save, then=then, ask=show_page)
