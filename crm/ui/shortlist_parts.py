"""The sections of a shortlist: three groups, and further away than people wish to travel, the same three."""

import streamlit as st

from crm.services.shortlists import FIRST_ROWS, Shortlist, ShortlistGroup, ShortlistRow, section
from crm.ui.match_cards import Card, cards, pair_lines
from crm.ui.match_words import hours_words, travel_words
from crm.ui.tables import link, said
from crm.ui.words import count, say

MORE_ROWS = 25
ABOUT = {
    "workable_now": "Every must-have is met, the hours suit, and every support that they need is there.",
    "with_measures": "Workable once the measures named are taken, or what is not known yet is found out.",
    "design_a_job": "As it stands the job would not work. Carve one from the tasks that could move.",
}
FURTHER = "Further than they wish to travel"
READING = "In the bars, filled is known and hatched is not known yet."


def rows_shown(vacancy_id: int) -> dict[str, int]:
    """How many rows of each section are shown to this person: as many as when they left the page."""
    keys = [section(group, is_further=is_further) for group in ABOUT for is_further in (False, True)]
    return {key: st.session_state.get(_kept(vacancy_id, key), FIRST_ROWS) for key in keys}


def draw_sections(found: Shortlist, vacancy_id: int) -> None:
    """Draw everybody within reach in three groups, then everybody further away in the same groups."""
    for group in found.groups:
        st.header(f"{say(group.group)}: {group.total:,}", anchor=False)
        said(ABOUT[group.group])
        _draw_rows(group, vacancy_id)
    total = sum(group.total for group in found.further)
    if not total:
        return
    st.header(f"{FURTHER}: {total:,}", anchor=False)
    said(
        "The journey is an estimate. Ask the person: a lift, another way or travel training may change it. "
        "They are grouped as above."
    )
    for group in found.further:
        st.subheader(f"{say(group.group)}: {group.total:,}", anchor=False)
        _draw_rows(group, vacancy_id)


def _draw_rows(group: ShortlistGroup, vacancy_id: int) -> None:
    name = f"{say(group.group)}, {FURTHER.lower()}" if group.is_further else say(group.group)
    if group.rows:
        cards([_card(row, vacancy_id) for row in group.rows], label=name)
    left = group.total - len(group.rows)
    if left > 0:
        key = _kept(vacancy_id, group.section)
        words = f"Show {min(left, MORE_ROWS)} more of {left:,} in “{name}”"
        st.button(words, key=f"more-{key}", on_click=_show_more, args=(key, len(group.rows)))


def _card(row: ShortlistRow, vacancy_id: int) -> Card:
    person, match = row.person, row.match
    waiting = "" if row.days_waiting is None else f"with the service for {count(row.days_waiting, 'day')}"
    pair = {"vacancy": vacancy_id, "seeker": person.id}
    return Card(
        name=link(person.name, "compare", **pair),
        match=match,
        badges=[
            "One of my people" if row.is_mine else "",
            "In work, wants more hours or a next step" if person.is_in_work else "",
        ],
        facts=[
            hours_words(match),
            waiting or "referral date not recorded",
            travel_words(match, row.is_further),
        ],
        lines=pair_lines(row.own_view, row.decision, row.requirements),
        links=[
            link(f"The whole comparison with {person.name}", "compare", **pair),
            link(f"The record of {person.name}", "seeker", id=person.id),
        ],
    )


def _show_more(key: str, now: int) -> None:
    st.session_state[key] = now + MORE_ROWS


def _kept(vacancy_id: int, key: str) -> str:
    return f"shown-{vacancy_id}-{key}"
