"""Work that is known without being advertised, for one person: roles, and employers whose tasks fit."""

import streamlit as st

from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import may
from crm.services.work_for_person import FIRST_ROWS, WorkList, WorkRow
from crm.ui.analysis_words import analysed_words
from crm.ui.match_cards import Card, cards
from crm.ui.match_words import hours_words, travel_words
from crm.ui.tables import Link, link, said
from crm.ui.words import say, today

ROLES, EMPLOYERS = "roles", "employers"
MORE_ROWS = 25


def rows_shown(name: str, seeker_id: int, first: int = FIRST_ROWS) -> int:
    """How many rows of a list are shown to this person: as many as when they left the page."""
    return st.session_state.get(_kept(name, seeker_id), first)


def show_more(name: str, seeker_id: int, now: int, total: int, of: str = "") -> None:
    """Draw the way to more rows, where there are more."""
    left = total - now
    if left > 0:
        key = _kept(name, seeker_id)
        words = f"Show {min(left, MORE_ROWS)} more of {left:,}{of}"
        st.button(words, key=f"more-{key}", on_click=_keep, args=(key, now + MORE_ROWS))


def draw_roles(found: WorkList, seeker_id: int, user: Actor) -> None:
    """Draw typical roles, and jobs analysed at employers who are hiring for something else."""
    st.header(f"Known roles: {found.total:,}", anchor=False)
    said("Roles as they usually are, and jobs that we analysed at employers who have other vacancies open.")
    cards([_role(row, seeker_id, user) for row in found.rows], label="Known roles")
    show_more(ROLES, seeker_id, len(found.rows), found.total, " in “Known roles”")


def draw_employers(found: WorkList, seeker_id: int, user: Actor) -> None:
    """Draw the employers without an open vacancy, each with the analysed job that suits best."""
    st.header(f"Employers without an open vacancy: {found.total:,}", anchor=False)
    if not found.total:
        st.info("Every employer with a job analysis has a vacancy open, or nobody has analysed a job yet.")
        return
    said("By the tasks that we analysed there. A job can be asked for, or carved from tasks.")
    cards([_employer(row, seeker_id, user) for row in found.rows], label="Employers without an open vacancy")
    show_more(EMPLOYERS, seeker_id, len(found.rows), found.total, " in “Employers without an open vacancy”")


def _role(row: WorkRow, seeker_id: int, user: Actor) -> Card:
    if row.work.employer_id:
        return _employer(row, seeker_id, user)
    ways = [link("Who to call for it", "calls", seeker=seeker_id)] if may(user, Action.CONTACTS_READ) else []
    return Card(
        name=row.work.title,
        match=row.match,
        asks="person",
        badges=["Typical role"],
        facts=["as the role usually is; hours and supports differ"],
        ways=ways,
    )


def _employer(row: WorkRow, seeker_id: int, user: Actor) -> Card:
    work = row.work
    seen = analysed_words(work.analysed_on, today()) if work.analysed_on else ""
    return Card(
        name=link(work.title, "analysis-beside", analysis=work.id, seeker=seeker_id),
        match=row.match,
        badges=[say(row.match.group), "Do not contact" if work.is_shut else ""],
        facts=[
            work.employer,
            f"job analysis of {seen}",
            hours_words(row.match),
            travel_words(row.match, row.is_further),
        ],
        lines=[("Also there", ", ".join(other.title for other in row.others))],
        ways=_ways(row, seeker_id, user),
    )


def _ways(row: WorkRow, seeker_id: int, user: Actor) -> list[Link]:
    work = row.work
    ways = [link(f"{work.title} beside the person", "analysis-beside", analysis=work.id, seeker=seeker_id)]
    if may(user, Action.CARVES_READ):
        ways.append(link(f"Carve a job at {work.employer}", "carve", employer=work.employer_id))
    if may(user, Action.CONTACTS_RECORD) and not work.is_shut:
        ways.append(link(f"Log a call with {work.employer}", "log-contact", of="analysis", id=work.id))
    return ways


def _keep(key: str, rows: int) -> None:
    st.session_state[key] = rows


def _kept(name: str, seeker_id: int) -> str:
    return f"{name}-shown-{seeker_id}"
