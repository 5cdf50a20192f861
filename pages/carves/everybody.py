"""Everybody who looks for work, in the order of the job that can be built for each at an employer."""

from functools import partial

import streamlit as st

from crm.db import reading
from crm.errors import CrmError
from crm.models.carves import CarveWish
from crm.models.users import Actor
from crm.services import carve_ranking, carves
from crm.services.carve_building import AIMS
from crm.services.carve_ground import Built
from crm.services.carve_ranking import Ranked
from crm.services.match_index import Progress
from crm.ui import carve_words as words
from crm.ui.address import needed_id
from crm.ui.carve_wish import draw_wish
from crm.ui.carving import STOPPED, changed_since, draw_aims, draw_job, draw_lacks
from crm.ui.guard import require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row, to_first_page
from crm.ui.problems import show_problem
from crm.ui.screens import refuse_politely
from crm.ui.stopping import stoppable, was_stopped
from crm.ui.tables import link, links, said, table
from crm.ui.words import plain, today

BUILD = "Build the jobs"
RANKED, PAGE = "crm-carve-everybody", "crm-carve-page"
PAGE_STOPPED = (
    "Stopped. Everybody keeps their place in the list; the jobs of this page are not all built yet."
)


def work(wish: CarveWish, user: Actor, told: Progress) -> Ranked:
    """What is done beside the page: the order, and the jobs of the first page."""
    with reading() as session:
        found = carve_ranking.rank(session, employer.key, wish, by=user, today=today(), progress=told)
    found.rows(0, PAGE_SIZE, progress=told)
    return found


def build(wish: CarveWish, user: Actor) -> None:
    """Put everybody in order, with a way to stop."""
    try:
        found = stoppable("Building jobs", partial(work, wish, user), key=RANKED)
    except CrmError as problem:
        show_problem(problem)
        return
    st.session_state[RANKED] = (employer.key, found)
    to_first_page()


def build_page(found: Ranked, offset: int, told: Progress) -> None:
    """What is done beside the page: the jobs of one page."""
    found.rows(offset, PAGE_SIZE, progress=told)


def draw_page(found: Ranked, user: Actor) -> None:
    """One page of the list, built now unless it is, and one of its jobs in full."""
    offset = first_row()
    is_stopped = was_stopped(PAGE)
    if is_stopped:
        st.info(PAGE_STOPPED)
    is_wanted = not is_stopped or st.button("Build the jobs of this page")
    if not found.is_built(offset, PAGE_SIZE) and is_wanted:
        stoppable("Building the jobs of this page", partial(build_page, found, offset), key=PAGE)
    shown = found.rows(offset, PAGE_SIZE) if found.is_built(offset, PAGE_SIZE) else []
    if shown:
        rows = [words.built_cells(one) for one in shown]
        table("What can be built; all figures are a week", words.BUILT_COLUMNS, rows, numbers=words.NUMBERS)
    draw_pages(found.total, one="person", many="people")
    if shown:
        draw_one(found, shown, user)


def draw_one(found: Ranked, shown: list[Built], user: Actor) -> None:
    """One of the jobs of the page in full."""
    names = {one.seeker_id: one.name for one in shown}
    st.header("Look at one of these jobs", anchor=False)
    picked = st.selectbox("The job for", list(names), format_func=names.__getitem__)
    more = "Other jobs, and what blocks a better one"
    place = link(more, "carve-person", employer=employer.key, person=picked)
    links([place], label="More about this job")
    one = next(one for one in shown if one.seeker_id == picked)
    draw_job(found.ground, one, user, key=f"keep-{picked}")


user = require_user()
with refuse_politely(), reading() as session:
    employer, sources = carves.sources(session, needed_id("employer"), by=user)
st.title(f"A job for everybody at {plain(employer.name)}", anchor=False)
links([link("Other ways", "carve", employer=employer.key)], label="See also")
said(
    "Everybody who looks for work is in the list: who reaches their goal first, then who has waited longest. "
    "For staff: it shows several people, so it is not for showing to any of them."
)
wish = draw_wish(employer, sources)
is_stopped = was_stopped(RANKED)
if st.button(BUILD, type="primary") and wish is not None:
    build(wish, user)
elif is_stopped:
    st.info(STOPPED)
employer_id, found = st.session_state.get(RANKED, (None, None))
if found is not None and employer_id == employer.key:
    if found.ground.wish != wish:
        changed_since(BUILD)
    draw_lacks(found.ground)
    st.html(f'<p class="crm-count" role="status">{words.reached_words(found)}</p>')
    draw_page(found, user)
draw_aims(AIMS)
