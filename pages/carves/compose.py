"""Carve a job: pick an employer and its job analyses, see what can be built for everybody, keep one."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import carves
from crm.ui.address import optional_id
from crm.ui.carving import draw_carving
from crm.ui.guard import live_part, require_user
from crm.ui.lists import search_box
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, table
from crm.ui.unmet_needs import ways_to_begin
from crm.ui.words import plain


@live_part
def draw_employers(user: Actor) -> None:
    typed = search_box("Search for an employer by name")
    with reading() as session:
        found = carves.banks(session, typed, by=user)
    if not found:
        st.info("No employer with a job analysis fits. A job is carved from analysed tasks.")
        return
    rows = [(link(row.name, "carve", employer=row.id), row.analyses, row.movable) for row in found]
    columns = ["Employer", "Job analyses", "Tasks that could move"]
    table("Employers to carve a job at", columns, rows, numbers="Job analyses,Tasks that could move")


user = require_user()
employer_id = optional_id("employer")
if employer_id is None:
    st.title("Carve a job", anchor=False)
    links([link("Carved jobs", "carves")], label="See also")
    draw_employers(user)
else:
    with refuse_politely(), reading() as session:
        employer, sources = carves.sources(session, employer_id, by=user)
    st.title(f"Carve a job at {plain(employer.name)}", anchor=False)
    offered = [link(employer.name, "employer", id=employer.key), link("Another employer", "carve")]
    offered.append(link("Task bank", "carve-bank", employer=employer.key))
    offered.append(link("Compose a job by hand", "carve-by-hand", employer=employer.key))
    if sources:
        links([*offered, *ways_to_begin(employer, user)], label="See also")
        draw_carving(employer, sources, user)
    else:
        links([*ways_to_begin(employer, user), *offered], label="What to do first")
        st.info("No job of this employer has been analysed yet. A job is carved from analysed tasks.")
