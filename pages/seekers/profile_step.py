"""One step of the vocational profile, or one row of it: what the person is asked, and the form."""

import streamlit as st

from crm.db import reading
from crm.services import profile_steps, profiles, seekers
from crm.ui.address import needed_id, optional_id
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.profile_fields import LEADS, TITLES
from crm.ui.profile_rows import KINDS, draw_row_form
from crm.ui.profile_step import draw_beside, draw_step, draw_way_back, step_of
from crm.ui.screens import refuse_politely
from crm.ui.tables import said

user = require_user()
with refuse_politely(), reading() as session:
    seeker = seekers.for_form(session, needed_id("seeker"), by=user)
    step = step_of(st.query_params.get("step"))
    row_id = optional_id("row") if step in KINDS else None
    row = KINDS[step].rows.find(session, row_id, by=user) if row_id is not None else None
    profile = profiles.of_seeker(session, seeker.key, by=user)
    saved = profile_steps.find(session, seeker.key, step, by=user)

st.title(TITLES[step], anchor=False)
show_flash()
if row is not None or (step in KINDS and "add" in st.query_params):
    draw_row_form(seeker, step, row, user=user)
else:
    draw_way_back(seeker)
    said(LEADS[step])
    with reading() as session:
        draw_beside(session, seeker, step, user=user)
    draw_step(seeker, step, profile, saved, user=user)
