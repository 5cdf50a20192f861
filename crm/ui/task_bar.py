"""What can be done to one task or to several that are ticked: a row of buttons, and the rest folded."""

from collections.abc import Mapping

import streamlit as st

from crm.models.users import Actor
from crm.ui import task_moving
from crm.ui.task_moving import MONDAY, TOMORROW, Choose
from crm.ui.words import today


def draw_bar(choose: Choose, user: Actor, colleagues: Mapping[int, str], *, title: str, key: str) -> None:
    """Draw the buttons; `choose` is asked for the tasks when one is pressed, `title` names the only one."""
    this = (choose, user, title)
    with st.container(horizontal=True, key=f"{key}-bar"):
        st.button("Done", key=f"{key}-done", on_click=task_moving.finish, args=this)
        for word in (TOMORROW, MONDAY):
            st.button(
                word,
                key=f"{key}-{word}",
                on_click=task_moving.put_off,
                args=(*this, task_moving.day_of(word)),
            )
    with st.expander("Another day, a colleague, or not needed any more"):
        _draw_day(this, key)
        _draw_colleague(this, colleagues, key)
        _draw_drop(this, key)


def _draw_day(this: tuple[Choose, Actor, str], key: str) -> None:
    field = f"{key}-day"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input("Due on", value=None, key=field, format="DD/MM/YYYY", min_value=today())
        st.button("Put off to this day", key=f"{field}-set", on_click=_to_day, args=(this, field))


def _to_day(this: tuple[Choose, Actor, str], field: str) -> None:
    task_moving.put_off(*this, st.session_state.get(field))


def _draw_colleague(this: tuple[Choose, Actor, str], colleagues: Mapping[int, str], key: str) -> None:
    field = f"{key}-owner"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Colleague", list(colleagues), index=None, key=field, format_func=colleagues.__getitem__)
        st.button("Give", key=f"{field}-set", on_click=_to_colleague, args=(this, field, colleagues))


def _to_colleague(this: tuple[Choose, Actor, str], field: str, colleagues: Mapping[int, str]) -> None:
    owner_id: int | None = st.session_state.get(field)
    name = colleagues.get(owner_id, "") if owner_id is not None else ""
    task_moving.give(*this, owner_id, name)


def _draw_drop(this: tuple[Choose, Actor, str], key: str) -> None:
    field = f"{key}-why"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Why is it not needed any more?", key=field)
        st.button("Drop", key=f"{field}-set", on_click=_drop, args=(this, field))


def _drop(this: tuple[Choose, Actor, str], field: str) -> None:
    task_moving.drop(*this, str(st.session_state.get(field) or ""))
