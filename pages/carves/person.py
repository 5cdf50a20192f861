"""The best job for one person at an employer, the next best ones beside it, and what blocks a better one."""

from functools import partial

import streamlit as st

from crm.db import reading
from crm.errors import CrmError
from crm.models.carves import CarveWish
from crm.models.users import Actor
from crm.services import carve_building, carve_people, carves
from crm.services.carve_building import AIMS, ForOne
from crm.services.match_index import Progress
from crm.ui import carve_words as words
from crm.ui.address import needed_id, optional_id
from crm.ui.carve_wish import draw_wish
from crm.ui.carving import STOPPED, changed_since, draw_aims, draw_job, draw_lacks, draw_list
from crm.ui.guard import live_part, require_user
from crm.ui.problems import show_problem
from crm.ui.screens import refuse_politely
from crm.ui.stopping import stoppable, was_stopped
from crm.ui.tables import link, links, table
from crm.ui.words import plain, today

BUILD = "Build the job"
BUILT = "crm-carve-person"


@live_part
def choose_person(employer_id: int, user: Actor) -> None:
    """Find whom a job is built for, by name."""
    typed = st.text_input("Who is the job for?", key="carve-person-words", type="search", live="300ms")
    with reading() as session:
        found = carve_people.names(session, typed or "", by=user)
    if not found:
        st.info("Nobody of this name looks for work now.")
        return
    rows = [(link(name, "carve-person", employer=employer_id, person=key),) for key, name in found.items()]
    table("People who look for work", ["Name"], rows)


def work(wish: CarveWish, person: int, user: Actor, told: Progress) -> ForOne:
    """What is done beside the page."""
    with reading() as session:
        return carve_building.for_one(
            session, employer.key, person, wish, by=user, today=today(), progress=told
        )


def build(wish: CarveWish, person: int, user: Actor) -> None:
    """Build the jobs, with a way to stop."""
    try:
        found = stoppable("Building the job", partial(work, wish, person, user), key=BUILT)
    except CrmError as problem:
        show_problem(problem)
        return
    st.session_state[BUILT] = (employer.key, person, found)


def draw_found(found: ForOne, user: Actor) -> None:
    """The jobs side by side, one of them in full, and what blocks a better one."""
    draw_lacks(found.ground)
    st.header("What can be built", anchor=False)
    if len(found.jobs) > 1:
        rows = words.beside_rows(found)
        caption = "The best job and the next best ones; all figures are a week"
        table(caption, words.BESIDE_COLUMNS, rows, numbers=words.NUMBERS)
        places = range(len(found.jobs))
        place = st.radio("Look at this job", places, format_func=words.place_words, horizontal=True)
    else:
        place = 0
    draw_job(found.ground, found.jobs[place], user, key=f"keep-{place}")
    st.header("What blocks a better one", anchor=False)
    lacks = found.ground.employer.said
    blocks = [block.sentence for block in found.blocks if block.sentence not in lacks]
    if blocks:
        draw_list(blocks)
    else:
        st.info("Nothing else that is recorded holds a better job back.")


def draw_person(person: int, user: Actor) -> None:
    """What is asked for, and what was built last."""
    wish = draw_wish(employer, sources)
    is_stopped = was_stopped(BUILT)
    if st.button(BUILD, type="primary") and wish is not None:
        build(wish, person, user)
    elif is_stopped:
        st.info(STOPPED)
    employer_id, person_id, found = st.session_state.get(BUILT, (None, None, None))
    if found is not None and (employer_id, person_id) == (employer.key, person):
        if found.ground.wish != wish:
            changed_since(BUILD)
        draw_found(found, user)
    draw_aims(AIMS)


user = require_user()
person_id = optional_id("person")
with refuse_politely(), reading() as session:
    employer, sources = carves.sources(session, needed_id("employer"), by=user)
    name = carve_people.name_of(session, person_id, by=user) if person_id is not None else None
title = f"A job for {plain(name)}" if name else "A job for one person"
st.title(f"{title} at {plain(employer.name)}", anchor=False)
offered = [link("Other ways", "carve", employer=employer.key)]
if person_id is not None:
    offered.append(link("Somebody else", "carve-person", employer=employer.key))
    offered.append(link(name or "", "seeker", id=person_id))
links(offered, label="See also")
if person_id is None:
    choose_person(employer.key, user)
else:
    draw_person(person_id, user)
