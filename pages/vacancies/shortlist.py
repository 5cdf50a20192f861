"""Everybody who looks for work, for one vacancy: in three groups, with reasons. Nobody is left out."""

from html import escape

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.policy import Action, Role
from crm.services import analyses, shortlists
from crm.services.access import may
from crm.services.shortlists import Shortlist, ShortlistView
from crm.ui.address import needed_id
from crm.ui.analysis_words import warn_if_old
from crm.ui.calling import in_our_words
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.match_keeping import keep_run
from crm.ui.progress import telling
from crm.ui.promise_sections import to_its_interviews
from crm.ui.screens import refuse_politely
from crm.ui.shortlist_parts import READING, draw_sections, rows_shown
from crm.ui.tables import link, links
from crm.ui.words import count, plain, today


def view_of(vacancy_id: int, user: Actor) -> ShortlistView:
    mine, wait = st.columns(2)
    with mine:
        is_coach = Role.JOB_COACH in user.roles
        key = f"mine-{vacancy_id}"
        is_mine_first = st.checkbox("My people first", value=is_coach, key=key, persist_state="session")
    with wait:
        key = f"wait-{vacancy_id}"
        is_wait_first = st.checkbox("Longest wait first", key=key, persist_state="session")
    return ShortlistView(is_mine_first, is_wait_first, rows_shown(vacancy_id))


def compared_words(found: Shortlist) -> str:
    people = count(found.total, in_our_words("job seeker"), in_our_words("job seekers"))
    return f"{people} compared, nobody left out. {READING}"


@live_part
def draw_shortlist(vacancy_id: int, user: Actor) -> None:
    view = view_of(vacancy_id, user)
    words = "Getting everybody ready to be compared"
    with refuse_politely(), telling(words) as told, reading() as session:
        found = shortlists.for_vacancy(session, vacancy_id, view, by=user, today=today(), progress=told)
    st.html(f'<p class="crm-count" role="status">{escape(compared_words(found))}</p>')
    if not found.total:
        st.info(in_our_words("Nobody looks for work yet. Add a job seeker first."))
        return
    draw_sections(found, vacancy_id)


user = require_user()
with refuse_politely(), reading() as session:
    vacancy, employer = shortlists.vacancy_and_employer(session, needed_id("id"), by=user)
    analysed_on = analyses.last_analysed(session, vacancy.key, by=user)
st.title(f"Shortlist: {plain(vacancy.title)}", anchor=False)
show_flash()
offered = [link("The vacancy", "vacancy", id=vacancy.key)]
if may(user, Action.CARVES_READ):
    offered.append(link(f"Carve a job at {employer.name}", "carve", employer=employer.key))
offered += to_its_interviews(vacancy, user)
links(offered, label="What you can do")
warn_if_old(analysed_on, today())
draw_shortlist(vacancy.key, user)
keep_run(vacancy.key, user)
