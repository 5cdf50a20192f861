"""The runs of a shortlist: when, by whom, with which weights; one as it was, to be made again."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import run_looks, runs_again, shortlists
from crm.ui.address import needed_id, optional_id
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.progress import telling
from crm.ui.run_rows import COLUMNS, GROUP_COLUMNS, group_rows, line_rows, run_facts
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said, summary, table
from crm.ui.words import moment, plain, say

MORE_ROWS = 25


def show_more(key: str, now: int) -> None:
    """Have more rows of a group shown."""
    st.session_state[key] = now + MORE_ROWS


@live_part
def draw_run(vacancy_id: int, run_id: int, user: Actor) -> None:
    """One run as it was, and the way to make it again."""
    keys = {group: f"run-{run_id}-{group}" for group in run_looks.GROUP_NAMES}
    shown = {group: st.session_state.get(key, run_looks.FIRST_ROWS) for group, key in keys.items()}
    with refuse_politely(), reading() as session:
        found = run_looks.look(session, run_id, vacancy_id, shown=shown, by=user)
    st.header(f"The run of {moment(found.line.at)}", anchor=False)
    summary(run_facts(found.line, found.run))
    if st.button("Make it again and compare", key=f"again-{run_id}"):
        with refuse_politely(), telling("Making the run again") as told, reading() as session:
            made = runs_again.again(session, run_id, by=user, progress=told)
        (st.success if made.is_same else st.warning)(made.words)
    for group in found.groups:
        table(f"{say(group.group)}: {group.total:,}", GROUP_COLUMNS, group_rows(group), numbers="Score")
        left = group.total - len(group.rows)
        if left > 0:
            words = f"Show {min(left, MORE_ROWS)} more of {left:,} in “{say(group.group)}”"
            key = keys[group.group]
            st.button(words, key=f"more-{key}", on_click=show_more, args=(key, len(group.rows)))


user = require_user()
with refuse_politely(), reading() as session:
    vacancy, _ = shortlists.vacancy_and_employer(session, needed_id("id"), by=user)
    runs = run_looks.of_vacancy(session, vacancy.key, offset=first_row(), limit=PAGE_SIZE, by=user)

st.title(f"Runs of the shortlist: {plain(vacancy.title)}", anchor=False)
links([link("The shortlist of today", "shortlist", id=vacancy.key)], label="Where this belongs")
said(
    "A run is kept when somebody opens the shortlist or decides, and anything that is compared has changed "
    "since the last one. It holds who stood where with which score, and it can be made again from what was "
    "noted then: no record of today is read for it. It decides nothing."
)
if not runs.total:
    st.info("No run is kept yet. One is kept each time the shortlist is opened after a change.")
    st.stop()
table("Runs, the latest first", COLUMNS, line_rows(vacancy.key, runs.rows), numbers="People, Decisions")
draw_pages(runs.total, one="run")
draw_run(vacancy.key, optional_id("run") or runs.rows[0].id, user)
