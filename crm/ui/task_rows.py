"""Rows of tasks: each with what it is about and when it is due, and buttons for what is done most."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from crm.models.tasks import Priority, TaskStatus
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import may
from crm.services.task_list import TaskRow
from crm.services.task_moves import Chosen
from crm.ui import task_moving
from crm.ui.tables import Link, badge, link
from crm.ui.task_moving import MONDAY, TOMORROW
from crm.ui.words import day, distance_in_days, plain

NO_DAY = "no day set"


def draw_rows(
    rows: Sequence[TaskRow],
    user: Actor,
    on: date,
    *,
    whose: bool = False,
    put_off: Sequence[str] = (TOMORROW, MONDAY),
) -> None:
    """Draw tasks one below the other; `whose` says whose each is, `put_off` has a button for each day."""
    may_move = may(user, Action.TASKS_RECORD)
    with st.container(key="task-rows"):
        for row in rows:
            with st.container(key=f"task-row-{row.id}", horizontal=True, vertical_alignment="center"):
                st.html(_row_html(row, on, whose=whose), width="stretch")
                if may_move:
                    _draw_buttons(row, user, put_off)


def _draw_buttons(row: TaskRow, user: Actor, put_off: Sequence[str]) -> None:
    key = f"{row.id}-{row.version}"
    if row.status is not TaskStatus.OPEN:
        st.button("Open again", key=f"task-open-{key}", on_click=task_moving.reopen, args=_this(row, user))
        return
    st.button("Done", key=f"task-done-{key}", on_click=task_moving.finish, args=_this(row, user))
    for number, word in enumerate(put_off):
        st.button(
            word,
            key=f"task-later-{number}-{key}",
            on_click=task_moving.put_off,
            args=(*_this(row, user), task_moving.day_of(word)),
        )


def _this(row: TaskRow, user: Actor) -> tuple[task_moving.Choose, Actor, str]:
    return (lambda: [Chosen(row.id, row.version)]), user, row.title


def _row_html(row: TaskRow, on: date, *, whose: bool) -> str:
    """The task as HTML: its title, what it is about, when it is due; every value is escaped."""
    facts = [_when(row, on), *(one.html() for one in about(row))]
    if whose:
        facts.append(escape(row.owner or "Nobody’s"))
    marks = [("Interview", row.is_interview), ("High priority", row.priority is Priority.HIGH)]
    marked = "".join(f" {badge(mark)}" for mark, holds in marks if holds)
    return (
        f'<div class="crm-task" data-title="{escape(row.title)}">'
        f"{link(row.title, 'task', id=row.id).html()}{marked}"
        f'<p class="crm-task-facts">{" · ".join(facts)}</p></div>'
    )


def _when(row: TaskRow, on: date) -> str:
    if row.status is not TaskStatus.OPEN:
        how = f": {escape(row.settled_how)}" if row.settled_how else ""
        return f"{row.status.capitalize()} on {day(row.settled_on)}{how}"
    words = due_words(row.due_on, on)
    return f"<strong>{words}</strong>" if row.due_on is not None and row.due_on <= on else words


def due_words(due_on: date | None, on: date) -> str:
    """When a task is due: 3 days overdue, due today, due on Friday, due 27 November 2026."""
    if due_on is None:
        return NO_DAY.capitalize()
    gap = (due_on - on).days
    if gap < 0:
        return distance_in_days(due_on, on)
    near = ("Due today", "Due tomorrow", *[f"Due on {due_on:%A}"] * 5)
    return near[gap] if gap < len(near) else f"Due {day(due_on)}"


def about(row: TaskRow) -> list[Link]:
    """Links to what a task is about."""
    found: list[Link] = []
    if row.employer_id is not None:
        found.append(link(row.employer or "", "employer", id=row.employer_id))
    if row.agreement_id is not None:
        found.append(link("Agreement", "agreement", id=row.agreement_id))
    if row.vacancy_id is not None:
        found.append(link(row.vacancy or "Vacancy", "vacancy", id=row.vacancy_id))
    if row.seeker_id is not None:
        found.append(link(row.seeker or "Not shown to you", "seeker", id=row.seeker_id))
    return found


def draw_ticks(rows: Sequence[TaskRow], on: date, *, whose: bool = False) -> None:
    """Draw each task as a tick, to do the same to several."""
    for row in rows:
        facts = [due_words(row.due_on, on), *(one.text for one in about(row))]
        if whose:
            facts.append(row.owner or "Nobody’s")
        st.checkbox(plain(f"{row.title} ({', '.join(facts)})"), key=_tick_key(row))


def ticked(rows: Sequence[TaskRow]) -> list[Chosen]:
    """Those of these tasks that are ticked now."""
    return [Chosen(row.id, row.version) for row in rows if st.session_state.get(_tick_key(row))]


def tick_all(rows: Sequence[TaskRow]) -> None:
    """Tick every one of these tasks."""
    for row in rows:
        st.session_state[_tick_key(row)] = True


def _tick_key(row: TaskRow) -> str:
    return f"task-tick-{row.id}-{row.version}"
