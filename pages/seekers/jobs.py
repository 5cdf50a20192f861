"""Every open vacancy for one person, in the order that suits them best. Nothing is hidden."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import seekers, shortlists
from crm.services.shortlists import JobRow
from crm.ui.address import needed_id
from crm.ui.analysis_words import old_words
from crm.ui.guard import live_part, require_user
from crm.ui.match_words import (
    card_html,
    cards,
    hours_words,
    main_measure,
    main_reason,
    main_unknown,
    travel_words,
)
from crm.ui.progress import telling
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import count, day, plain, say, today

FIRST_ROWS = 10
MORE_ROWS = 25


def card(row: JobRow, seeker_id: int) -> str:
    job, match = row.opening, row.match
    facts = [
        job.employer,
        say(match.group),
        hours_words(match),
        travel_words(match, row.is_further),
        f"closes {day(job.closes_on)}" if job.closes_on else "",
        old_words(job.analysed_on, today()),
    ]
    lines = [
        ("For it", main_reason(match) or ""),
        ("To find out", main_unknown(match) or ""),
        ("Measure", main_measure(match) or ""),
    ]
    return card_html(link(job.title, "compare", vacancy=job.id, seeker=seeker_id), facts, match, lines)


def show_more(key: str, now: int) -> None:
    st.session_state[key] = now + MORE_ROWS


@live_part
def draw_jobs(seeker_id: int, user: Actor) -> None:
    key = f"jobs-shown-{seeker_id}"
    shown: int = st.session_state.get(key, FIRST_ROWS)
    with refuse_politely(), telling("Getting all vacancies ready") as told, reading() as session:
        found = shortlists.for_seeker(session, seeker_id, shown=shown, by=user, progress=told)
    words = count(found.total, "open vacancy", "open vacancies")
    st.html(f'<p class="crm-count" role="status">{words} compared, none left out</p>')
    if not found.total:
        st.info("No vacancy is open. Add one, or import adverts.")
        return
    cards([card(row, seeker_id) for row in found.rows], label="Open vacancies")
    left = found.total - len(found.rows)
    if left > 0:
        more = f"Show {min(left, MORE_ROWS)} more of {left:,}"
        st.button(more, key=f"more-{key}", on_click=show_more, args=(key, len(found.rows)))


user = require_user()
with refuse_politely(), reading() as session:
    seeker = seekers.find(session, needed_id("id"), by=user)
st.title(f"Jobs for {plain(seeker.preferred_name)}", anchor=False)
links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
draw_jobs(seeker.key, user)
