"""Jobs for several people at once at an employer: no task in two of them, kept all together or not at all."""

from functools import partial

import streamlit as st

from crm.db import reading
from crm.errors import CrmError
from crm.models.carves import CarveWish
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_team_building, carves
from crm.services.access import may
from crm.services.carve_team_building import TEAM_AIMS, ForTeam
from crm.services.match_index import Progress
from crm.ui import carve_words as words
from crm.ui.address import needed_id
from crm.ui.carve_team_choosing import choose_team
from crm.ui.carve_wish import draw_wish
from crm.ui.carving import STOPPED, changed_since, draw_aims, draw_keep, draw_lacks, draw_list
from crm.ui.flash import after_this
from crm.ui.guard import require_user
from crm.ui.problems import show_problem
from crm.ui.screens import go_to, refuse_politely
from crm.ui.stopping import stoppable, was_stopped
from crm.ui.tables import link, links, said, table
from crm.ui.words import count, plain, today
from crm.units import carry_out

BUILD = "Build their jobs"
TEAM = "crm-carve-team"


def work(wish: CarveWish, people: list[int], user: Actor, told: Progress) -> ForTeam:
    """What is done beside the page."""
    with reading() as session:
        return carve_team_building.for_team(
            session, employer.key, people, wish, by=user, today=today(), progress=told
        )


def build(wish: CarveWish, people: list[int], user: Actor) -> None:
    """Build the jobs of all of them, with a way to stop."""
    try:
        found = stoppable("Building their jobs", partial(work, wish, people, user), key=TEAM)
    except CrmError as problem:
        show_problem(problem)
        return
    st.session_state[TEAM] = (employer.key, found)


def keep(team: ForTeam, user: Actor) -> None:
    """Keep the jobs of all of them as ideas."""
    kept = carry_out(lambda session: carve_team_building.keep_team(session, team, by=user))
    after_this(
        f"{count(len(kept), 'carve is', 'carves are')} kept as ideas. "
        "Existing staff are consulted before they go further."
    )
    go_to("carves")


def draw_team(team: ForTeam, user: Actor) -> None:
    """The job of each, what is said of them, what every post keeps, and the way to keep them all."""
    draw_lacks(team.ground)
    st.header("What can be built together", anchor=False)
    table(
        "The job of each person; no task is in two of them; all figures are a week",
        words.TEAM_COLUMNS,
        words.team_rows(team),
        numbers=words.NUMBERS,
    )
    said(words.proven_words(team.is_optimal))
    if team.posts:
        st.header("What every post keeps", anchor=False)
        table("What every post keeps", words.POST_COLUMNS, words.post_rows(team), numbers=words.POST_NUMBERS)
    for job in team.jobs:
        own = [each for each in job.carve.warnings if each not in team.ground.employer.said]
        if own:
            st.header(f"To look out for: {plain(job.name)}", anchor=False)
            draw_list(own)
    if any(job.carve.tasks for job in team.jobs) and may(user, Action.CARVES_RECORD):
        draw_keep("Keep all of these carves", partial(keep, team, user), key="keep-team")


user = require_user()
with refuse_politely(), reading() as session:
    employer, sources = carves.sources(session, needed_id("employer"), by=user)
st.title(f"Jobs for a team at {plain(employer.name)}", anchor=False)
links([link("Other ways", "carve", employer=employer.key)], label="See also")
said(
    "Jobs for two to eight people at once. No task is in two jobs, and every post keeps its share over all "
    "of them. For staff: it shows several people, so it is not for showing to any of them."
)
people = choose_team(employer.key, user)
wish = draw_wish(employer, sources)
is_stopped = was_stopped(TEAM)
if st.button(BUILD, type="primary") and wish is not None:
    build(wish, people, user)
elif is_stopped:
    st.info(STOPPED)
employer_id, found = st.session_state.get(TEAM, (None, None))
if found is not None and employer_id == employer.key:
    if found.ground.wish != wish or {job.seeker_id for job in found.jobs} != set(people):
        changed_since(BUILD)
    draw_team(found, user)
draw_aims(TEAM_AIMS)
