"""Restricted facts of a person, apart from everything else: matching cannot read them."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.restricted import RestrictedFacts, RestrictedFactsInput, WhyUnder16
from crm.policy import Action
from crm.services import restricted, seekers
from crm.services.access import may
from crm.ui.address import needed_id
from crm.ui.calling import in_our_words
from crm.ui.fields import choice, day, text
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, summary
from crm.ui.words import NOT_RECORDED, plain, say
from crm.ui.words import day as date_words

user = require_user()
with refuse_politely(), reading() as session:
    seeker = seekers.find(session, needed_id("seeker"), by=user)
    facts = restricted.of_seeker(session, seeker.key, by=user)

st.title(f"Restricted facts of {plain(seeker.preferred_name)}", anchor=False)
links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
st.info("Record only what the work needs. Nothing here is used to compare people with jobs.")
fields = [
    day("date_of_birth", "Date of birth"),
    choice("why_under_16", "Why fewer than 16 hours", WhyUnder16),
    text("disability", "Disability, in their words"),
    text("health", "Health"),
    text("benefits", "Benefits"),
]


def save(session: Session, typed: RestrictedFactsInput, version: int) -> RestrictedFacts:
    return restricted.save(session, seeker.key, typed, version=version, by=user)


def then(_saved: RestrictedFacts) -> None:
    after_this("The restricted facts are saved.")
    go_to("seeker", id=seeker.key)


if may(user, Action.RESTRICTED_RECORD, seeker):
    form = RecordForm(
        "restricted", fields, RestrictedFactsInput, facts, "Save restricted facts", belongs_to=seeker.key
    )
    draw_form(form, user=user, save=save, then=then)
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
    st.info(in_our_words("Nothing is recorded here. This job seeker is archived, so nothing can be added."))
