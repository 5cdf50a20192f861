"""An analysed job beside one person, on the scales that both are written on."""

import streamlit as st

from crm.db import reading
from crm.services import analyses, overlays, seekers
from crm.ui.address import needed_id, optional_id
from crm.ui.choosing import choose_seeker
from crm.ui.guard import require_user
from crm.ui.overlay_parts import draw_overlay
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said
from crm.ui.words import day, plain, today

user = require_user()
seeker_id = optional_id("seeker")
with refuse_politely(), reading() as session:
    analysis = analyses.find(session, needed_id("analysis"), by=user)
    seeker = seekers.find(session, seeker_id, by=user) if seeker_id is not None else None
    laid = overlays.of_analysis(session, analysis.key, seeker.key, by=user) if seeker else None

to_analysis = link(analysis.title, "analysis", id=analysis.key)
if seeker is None or laid is None:
    st.title(f"{plain(analysis.title)} beside a person", anchor=False)
    links([to_analysis], label="The job")
    choose_seeker(user, address="analysis-beside", analysis=analysis.key)
    st.stop()
st.title(f"{plain(analysis.title)} and {plain(seeker.preferred_name)}", anchor=False)
links(
    [
        to_analysis,
        link(seeker.preferred_name, "seeker", id=seeker.key),
        link("Another person", "analysis-beside", analysis=analysis.key),
    ],
    label="What belongs to this",
)
said(f"As the job was seen on {day(analysis.analysed_on)}.")
if analyses.is_old(analysis, today=today()):
    st.warning("This analysis is older than 12 months. Ask at the workplace what has changed.")
st.header("On the same scales", anchor=False)
draw_overlay(laid, key="scales")
