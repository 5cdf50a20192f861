"""Everybody who looks for work, for one vacancy: in three groups, with reasons. Nobody is left out."""

from html import escape

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.policy import Action, Role
from crm.services import analyses, shortlists
from crm.services.access import may
from crm.services.shortlists import FIRST_ROWS, ShortlistGroup, ShortlistRow, ShortlistView
from crm.ui.address import needed_id
from crm.ui.analysis_words import warn_if_old
from crm.ui.calling import in_our_words
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.match_keeping import keep_run
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
from crm.ui.promise_sections import to_its_interviews
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said
from crm.ui.words import count, day, plain, say, today

MORE_ROWS = 25
ABOUT = {
    "workable_now": "Every must-have is met, the hours suit, and every support that they need is there.",
    "with_measures": "Workable once the measures named are taken, or what is not known yet is found out.",
    "design_a_job": "As it stands the job would not work. Carve one from the tasks that could move.",
}


def card(row: ShortlistRow, vacancy_id: int) -> str:
    person, match = row.person, row.match
    decision = row.decision
    waiting = "" if row.days_waiting is None else f"with the service for {count(row.days_waiting, 'day')}"
    facts = [
        hours_words(match),
        waiting or "referral date not recorded",
        travel_words(match, row.is_further),
        "One of my people" if row.is_mine else "",
        "In work, wants more hours or a next step" if person.is_in_work else "",
    ]
    decided = f"{say(decision.decision)}, {day(decision.decided_on)}" if decision else ""
    lines = [
        ("Decided", decided),
        ("For it", main_reason(match) or ""),
        ("To find out", main_unknown(match) or ""),
        ("Measure", main_measure(match) or ""),
    ]
    return card_html(link(person.name, "compare", vacancy=vacancy_id, seeker=person.id), facts, match, lines)


def view_of(vacancy_id: int, user: Actor) -> ShortlistView:
    mine, wait = st.columns(2)
    with mine:
        is_coach = Role.JOB_COACH in user.roles
        is_mine_first = st.checkbox("My people first", value=is_coach, key=f"mine-{vacancy_id}")
    with wait:
        is_wait_first = st.checkbox("Longest wait first", key=f"wait-{vacancy_id}")
    shown = {group: st.session_state.get(f"shown-{vacancy_id}-{group}", FIRST_ROWS) for group in ABOUT}
    return ShortlistView(is_mine_first, is_wait_first, shown)


def show_more(key: str, now: int) -> None:
    st.session_state[key] = now + MORE_ROWS


def draw_group(group: ShortlistGroup, vacancy_id: int) -> None:
    st.header(f"{say(group.group)}: {group.total:,}", anchor=False)
    said(ABOUT[group.group])
    if group.rows:
        cards([card(row, vacancy_id) for row in group.rows], label=say(group.group))
    left = group.total - len(group.rows)
    if left > 0:
        key = f"shown-{vacancy_id}-{group.group}"
        words = f"Show {min(left, MORE_ROWS)} more of {left:,} in “{say(group.group)}”"
        st.button(words, key=f"more-{key}", on_click=show_more, args=(key, len(group.rows)))


@live_part
def draw_shortlist(vacancy_id: int, user: Actor) -> None:
    view = view_of(vacancy_id, user)
    words = "Getting everybody ready to be compared"
    with refuse_politely(), telling(words) as told, reading() as session:
        found = shortlists.for_vacancy(session, vacancy_id, view, by=user, today=today(), progress=told)
    compared = count(found.total, in_our_words("job seeker"), in_our_words("job seekers"))
    st.html(f'<p class="crm-count" role="status">{escape(compared)} compared, nobody left out</p>')
    if not found.total:
        st.info(in_our_words("Nobody looks for work yet. Add a job seeker first."))
        return
    for group in found.groups:
        draw_group(group, vacancy_id)


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
