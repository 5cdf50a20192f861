"""For the person themselves, on the coach's tablet: their record and one job, and nobody else's anything."""

import streamlit as st

from crm.db import reading
from crm.services import with_person
from crm.services.person_job_words import not_known, this_job, what_next
from crm.services.person_words import about_you
from crm.ui.address import needed_id, optional_id
from crm.ui.easy_read import Part, ask_style, draw_parts
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.progress import telling
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links
from crm.ui.with_person import draw_shelves, draw_take_home
from crm.ui.with_person_view import draw_your_view

user = require_user()
with refuse_politely(), telling("Getting this ready for you") as told, reading() as session:
    found = with_person.shown_to_them(
        session, needed_id("id"), optional_id("vacancy"), by=user, progress=told
    )

st.title("About you and this job" if found.compared else "About you", anchor=False)
show_flash()
style = ask_style()
draw_shelves(about_you(found), found, style, user)
if found.compared is not None:
    draw_shelves(this_job(found, found.compared), found, style, user)
draw_your_view(found, style, user)
for shelf in (not_known(found), what_next(found)):
    draw_parts([Part(shelf.picture, shelf.heading, shelf.rows[0].lines)], style)
draw_take_home(found, style)
back = (
    link("Give this back to your coach", "seeker", id=found.seeker.key)
    if found.compared is None
    else link(
        "Give this back to your coach", "compare", vacancy=found.compared.vacancy.key, seeker=found.seeker.key
    )
)
links([back], label="When you are done")
