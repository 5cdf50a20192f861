"""Restricted facts of a person: opened for a reason, and apart from all that matching can read."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.restricted import (
    OpeningInput,
    RestrictedFacts,
    RestrictedFactsInput,
    RestrictedOpening,
    SchoolAgeFacts,
    SchoolAgeFactsInput,
    WhyOpened,
    WhyUnder16,
)
from crm.policy import Action
from crm.services import restricted, restricted_views, school_age, seekers
from crm.services.access import may
from crm.ui.address import needed_id
from crm.ui.calling import in_our_words
from crm.ui.fields import choice, day, line, text
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user, this_session
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import heading_line, link, links, summary
from crm.ui.words import NOT_RECORDED, moment, plain, say
from crm.ui.words import day as date_words
from crm.units import carry_out

user = require_user()
here = this_session()
with refuse_politely(), reading() as session:
    seeker = seekers.find(session, needed_id("seeker"), by=user)
    opening = restricted_views.in_force(session, seeker.key, in_session=here, by=user)


def ask_for_the_reason() -> None:
    st.info("Say why you need to see them. Who looked, when and why is kept, and the person can ask for it.")
    fields = [
        choice("reason", "Why do you need to see them?", WhyOpened),
        line("words", "In a few words", hint="Needed for another reason. It is encrypted like the facts."),
    ]

    def open_them(session: Session, typed: OpeningInput, _version: int) -> RestrictedOpening:
        return restricted_views.open_facts(session, seeker.key, typed, in_session=here, by=user)

    def then(_opened: RestrictedOpening) -> None:
        go_to("restricted", seeker=seeker.key)

    form = RecordForm("opening", fields, OpeningInput, None, "Open for 15 minutes", belongs_to=seeker.key)
    draw_form(form, user=user, save=open_them, then=then)


def draw_facts(facts: RestrictedFacts | None) -> None:
    st.info("Record only what the work needs. Nothing here is used to compare people with jobs.")
    if may(user, Action.RESTRICTED_RECORD, seeker):
        draw_facts_form(facts)
    elif facts:
        summary(
            [
                ("Date of birth", date_words(facts.date_of_birth)),
                ("Why fewer than 16 hours", say(facts.why_under_16)),
                ("Disability", facts.disability or NOT_RECORDED),
                ("Health", facts.health or NOT_RECORDED),
                ("Benefits", facts.benefits or NOT_RECORDED),
            ]
        )
    else:
        st.info(
            in_our_words("Nothing is recorded here. This job seeker is archived, so nothing can be added.")
        )


def draw_facts_form(facts: RestrictedFacts | None) -> None:
    fields = [
        day("date_of_birth", "Date of birth"),
        choice("why_under_16", "Why fewer than 16 hours", WhyUnder16),
        text("disability", "Disability, in their words"),
        text("health", "Health"),
        text("benefits", "Benefits"),
    ]

    def save(session: Session, typed: RestrictedFactsInput, version: int) -> RestrictedFacts:
        return restricted.save(session, seeker.key, typed, version=version, in_session=here, by=user)

    def then(_saved: RestrictedFacts) -> None:
        after_this("The restricted facts are saved.")
        go_to("seeker", id=seeker.key)

    form = RecordForm(
        "restricted", fields, RestrictedFactsInput, facts, "Save restricted facts", belongs_to=seeker.key
    )
    draw_form(form, user=user, save=save, then=then)


def draw_school_age_form(facts: SchoolAgeFacts | None) -> None:
    st.header("At school age", anchor=False)
    st.info("Fill this in only for somebody of school age: what they need before they work.")
    fields = [
        day("parent_agreed_on", "A parent agreed to the work on"),
        day("permit_until", "The council’s work permit holds until"),
    ]

    def save(session: Session, typed: SchoolAgeFactsInput, version: int) -> SchoolAgeFacts:
        return school_age.save(session, seeker.key, typed, version=version, in_session=here, by=user)

    def then(_saved: SchoolAgeFacts) -> None:
        after_this("What is needed at school age is saved.")
        go_to("seeker", id=seeker.key)

    form = RecordForm(
        "school-age", fields, SchoolAgeFactsInput, facts, "Save for school age", belongs_to=seeker.key
    )
    draw_form(form, user=user, save=save, then=then)


if opening is None:
    st.title(f"Restricted facts of {plain(seeker.preferred_name)}", anchor=False)
    links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
    ask_for_the_reason()
else:
    with refuse_politely():
        found = carry_out(lambda session: restricted.view(session, seeker.key, in_session=here, by=user))
    st.title(f"Restricted facts of {plain(seeker.preferred_name)}", anchor=False)
    heading_line(say(opening.reason), note=f"Open for you until {moment(opening.until)}")
    links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
    draw_facts(found)
    if may(user, Action.RESTRICTED_RECORD, seeker):
        with refuse_politely(), reading() as session:
            at_school = school_age.view(session, seeker.key, in_session=here, by=user)
        draw_school_age_form(at_school)
