"""Choosing the people of a team by name: nobody is chosen beforehand."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import carve_people
from crm.services.carve_team_building import MOST_PEOPLE
from crm.ui.words import count, plain


def choose_team(employer_id: int, user: Actor) -> list[int]:
    """Draw who is chosen and a search for others; the ids of those who are chosen."""
    key = f"crm-carve-team-{employer_id}"
    chosen: list[int] = st.session_state.setdefault(key, [])
    st.header("The people", anchor=False)
    typed = st.text_input("Find a person by name", key=f"{key}-words", type="search", live="300ms")
    with reading() as session:
        names = carve_people.named(session, chosen, by=user)
        found = carve_people.names(session, typed or "", by=user)
    chosen[:] = [person for person in chosen if person in names]
    _draw_found({person: name for person, name in found.items() if person not in chosen}, chosen)
    st.html(f'<p class="crm-count" role="status">{count(len(chosen), "person", "people")} chosen</p>')
    with st.container(horizontal=True):
        for person in chosen:
            words = f"Take out {plain(names[person])}"
            st.button(words, key=f"{key}-out-{person}", on_click=chosen.remove, args=(person,))
    return list(chosen)


def _draw_found(found: dict[int, str], chosen: list[int]) -> None:
    if len(chosen) >= MOST_PEOPLE:
        st.info(f"A team has {MOST_PEOPLE} people at most. Take somebody out to choose another.")
        return
    if not found:
        st.info("Nobody else of this name looks for work now.")
        return
    with st.container(horizontal=True):
        for person, name in found.items():
            st.button(
                f"Add {plain(name)}", key=f"crm-carve-add-{person}", on_click=chosen.append, args=(person,)
            )
