"""The vocational profile of a person: what they want, bring and need, in their words."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.seekers import (
    HoursIntent,
    NeedsAsked,
    TravelMode,
    VocationalProfile,
    VocationalProfileInput,
)
from crm.services import opened_scales, profiles, seekers
from crm.services.seeker_rows import NEEDS
from crm.ui.address import needed_id
from crm.ui.fields import choice, day, line, number, scales, text, week
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    seeker = seekers.for_form(session, needed_id("seeker"), by=user)
    profile = profiles.of_seeker(session, seeker.key, by=user)
    opened = opened_scales.opened(profile, NEEDS.of(session, seeker.key, by=user))

st.title(f"Vocational profile of {plain(seeker.preferred_name)}", anchor=False)
links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
st.info("What was not asked stays empty: it counts as not known, neither for nor against the person.")
WISHES, HOURS, WEEK = "What they wish for", "Hours and travel", "When they are free"
WORKS, SAID = "What works for them", "How they want to be spoken of"
LIST = "Parted by commas."
fields = [
    line("interests", "Interests", hint=f"{LIST} A job that mentions one fits better."),
    choice("needs_asked", "Support needs: were they asked?", NeedsAsked, hint="None is an answer too."),
    line("must", "A job must have", hint=LIST),
    line("avoid", "A job should not have", hint=LIST),
    number("hours_now_min", "Hours a week now, at least", section=HOURS),
    number("hours_now_max", "Hours a week now, at most", section=HOURS),
    number("hours_goal", "Hours a week they aim for", section=HOURS),
    choice("hours_intent", "What they want of hours", HoursIntent, section=HOURS),
    line("build_up_plan", "How hours are built up", section=HOURS),
    choice("travel_mode", "How they travel", TravelMode, section=HOURS),
    number("travel_minutes", "Most minutes one way", section=HOURS),
    *week("availability", "Free", section=WEEK),
    text("aspirations", "What they want to do", section=WISHES),
    text("dream", "Their dream job", section=WISHES),
    text("strengths", "Strengths", section=WISHES),
    text("conditions_for_success", "What has to be right for it to go well", section=WISHES),
    *scales("abilities", section=WORKS, opened=opened, supports="ability_supports"),
    line("communication", "How they communicate, and accessible formats", section=SAID),
    text("own_description", "How they describe themselves", section=SAID),
    line("words_not_to_use", "Words not to use", section=SAID),
    text("disclosure_wishes", "What they want employers to be told, and not", section=SAID),
    day("agreed_on", "Agreed with the person on", section=SAID),
]


def save(session: Session, typed: VocationalProfileInput, version: int) -> VocationalProfile:
    return profiles.save(session, seeker.key, typed, version=version, by=user)


def then(_saved: VocationalProfile) -> None:
    after_this(f"The profile of {seeker.preferred_name} is saved.")
    go_to("seeker", id=seeker.key)


form = RecordForm("profile", fields, VocationalProfileInput, profile, "Save profile", belongs_to=seeker.key)
draw_form(form, user=user, save=save, then=then)
