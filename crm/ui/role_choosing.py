"""Choosing the role that the analysis of a job starts from, and going on with one that was begun."""

import streamlit as st

from crm.db import reading
from crm.errors import NotFoundError
from crm.models.users import Actor
from crm.services import drafts, employers, roles
from crm.ui.guard import live_part
from crm.ui.tables import Link, link, record_list, said
from crm.ui.words import count

FORM = "analysis-start-"
"""What the names of the forms begin with in which an analysis starts; the role follows."""

_OWN_WORDS = "none of these: write the tasks yourself"


@live_part
def choose_role(user: Actor, *, employer_id: int, vacancy_id: int | None) -> None:
    """Draw a search for a role; each one found links to its tasks."""
    words = st.text_input("Which role is nearest?", key="role-words", type="search", live="300ms") or ""
    with reading() as session:
        found = roles.search(session, words, by=user)
    about = {"employer": employer_id} | ({"vacancy": vacancy_id} if vacancy_id else {})
    if words and not found:
        said("No role of the library is called so. Try another word for it, or go on without one.")
    rows = [
        (link(role.name, "analysis-start", role=role.role_id, **about), count(len(role.tasks), "task"))
        for role in found
    ]
    rows.append((link("Another job", "analysis-start", role=roles.OWN, **about), _OWN_WORDS))
    record_list(rows, label="Roles to start from")


def draw_begun(user: Actor, *, employer_id: int | None = None) -> None:
    """Draw links to what this person began and did not save, at this employer or anywhere."""
    with reading() as session:
        begun = drafts.begun(session, FORM, by=user)
        found: list[tuple[Link, str]] = []
        for form, record_key in begun:
            at = int(record_key.removeprefix("new-"))
            if employer_id not in (None, at):
                continue
            try:
                role = roles.find(session, form.removeprefix(FORM), by=user)
                employer = employers.find(session, at, by=user)
            except NotFoundError:
                continue
            to = link(role.name or "Another job", "analysis-start", employer=at, role=role.role_id)
            found.append((to, f"at {employer.name}"))
    if found:
        st.header("Go on with what you began", anchor=False)
        record_list(found, label="Analyses that you began")
