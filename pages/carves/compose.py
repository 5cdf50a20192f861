"""Carve a job: pick an employer, then the way to a job: by hand or by the solver, for one, all or a team."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carves
from crm.services.access import may
from crm.ui.address import optional_id
from crm.ui.guard import live_part, require_user
from crm.ui.lists import search_box
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, record_list, table
from crm.ui.unmet_needs import ways_to_begin
from crm.ui.words import plain

WAYS = (
    (
        "Task bank",
        "carve-bank",
        Action.CARVES_READ,
        "Everything that is done there, by role.",
    ),
    ("Compose by hand", "carve-by-hand", Action.CARVES_RECORD, "Choose tasks, and see what they come to."),
    ("One person", "carve-person", Action.CARVES_READ, "The best job, others, and what blocks a better one."),
    ("Everybody", "carve-everybody", Action.CARVES_READ, "All who look for work, by the job for each."),
    ("A team", "carve-team", Action.CARVES_READ, "Jobs for two to eight people that share no task."),
)


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


def draw_ways(employer_id: int, user: Actor) -> None:
    """The ways to a job at this employer that this person may take."""
    rows = [
        (link(name, address, employer=employer_id), about)
        for name, address, action, about in WAYS
        if may(user, action)
    ]
    record_list(rows, label="Ways to a job")


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
    begin = ways_to_begin(employer, user)
    if sources:
        links([*offered, *begin], label="See also")
        draw_ways(employer.key, user)
    else:
        links([*begin, *offered], label="What to do first")
        st.info("No job of this employer has been analysed yet. A job is carved from analysed tasks.")
