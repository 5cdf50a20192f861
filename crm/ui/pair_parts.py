"""One person beside one job, section by section: what to say, the tasks, the week, the supports."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from crm.models.seekers import VocationalProfile
from crm.models.users import Actor
from crm.policy import Action
from crm.services import sheet_stops
from crm.services.access import may
from crm.services.matches import Compared
from crm.services.own_views import OwnView
from crm.services.requirements import Requirement, not_recorded
from crm.ui.comparison_rows import GAP_COLUMNS, gap_rows
from crm.ui.employer_words import to_say
from crm.ui.requirement_words import gap_cells, met_words
from crm.ui.support_states import draw_supports
from crm.ui.tables import link, links, said, table
from crm.ui.task_states import draw_tasks
from crm.ui.week_beside import draw_week
from crm.ui.words import day, say


def draw_gaps(found: Compared, requirements: Sequence[Requirement]) -> None:
    """Draw what is short or not known, with what closes it; what the job needs beside skills is among it."""
    st.header("What would make it work", anchor=False)
    rows = gap_rows(found.match) + gap_cells(requirements, not_recorded(found.vacancy))
    if rows:
        table("Gaps and measures", GAP_COLUMNS, rows, numbers="Points")
    else:
        st.info("Nothing is short and nothing is unknown.")
    held = met_words(requirements)
    if held:
        said(f"{held}.")


def own_view_words(view: OwnView | None) -> str:
    """What the person says of the job themselves."""
    return (
        "Their own view: not asked yet"
        if view is None
        else (f"Their own view: {say(view.view).lower()}, {day(view.said_on)}")
    )


def draw_pair(
    found: Compared, requirements: Sequence[Requirement], profile: VocationalProfile | None, user: Actor
) -> None:
    """Draw the pair in words for an employer, then the work, the week and the supports as pictures."""
    _draw_words(found, requirements, profile, user)
    st.header("Task by task", anchor=False)
    draw_tasks(found.match, key="tasks")
    st.header("The week", anchor=False)
    draw_week(found)
    st.header("Supports that they need at work", anchor=False)
    draw_supports(found.match, key="supports")


def _draw_words(
    found: Compared, requirements: Sequence[Requirement], profile: VocationalProfile | None, user: Actor
) -> None:
    st.header("What you could say to the employer", anchor=False)
    unwanted = profile.words_not_to_use if profile else None
    lines = to_say(found, requirements, partial(sheet_stops.is_sayable, words_not_to_use=unwanted))
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(f'<ul class="crm-say">{items}</ul>')
    said("To talk from. Their name and what helps them are passed on only with their own yes.")
    if may(user, Action.SHEETS_READ):
        pair = {"seeker": found.seeker.key, "employer": found.vacancy.employer_id}
        links([link("A page to hand over, with their yes", "share-sheet", **pair)], label="To hand over")
