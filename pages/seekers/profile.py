"""The vocational profile of a person as a list of short steps that can be left and resumed."""

import streamlit as st

from crm.db import reading
from crm.services import profile_steps, profiles, seekers
from crm.ui.address import needed_id
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.profile_list import done_words, draw_agreeing, draw_list, draw_school_age
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said
from crm.ui.words import day, plain

user = require_user()
with refuse_politely(), reading() as session:
    seeker = seekers.for_form(session, needed_id("seeker"), by=user)
    profile = profiles.of_seeker(session, seeker.key, by=user)
    states = profile_steps.states(session, seeker.key, by=user)

st.title(f"Vocational profile of {plain(seeker.preferred_name)}", anchor=False)
show_flash()
versions = link("Versions of the profile", "profile-versions", seeker=seeker.key)
links([link(seeker.preferred_name, "seeker", id=seeker.key), versions], label="Record")
said(done_words(states))
draw_list(seeker.key, states)
st.header("Agreed with me", anchor=False)
if profile and profile.agreed_on:
    said(f"Last agreed on {day(profile.agreed_on)}.")
draw_agreeing(seeker, user=user)
st.header("School age", anchor=False)
draw_school_age(seeker, profile, user=user)
