"""The week of a composed job: days beside hours with each task at its times, over when the person is free.

The list of days says the same: it is what a screen reader reads, and all there is on a narrow screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from crm.models.week import DAYS
from crm.services.composing import Composed
from crm.services.matches import Time
from crm.ui.carve_words import week_hours
from crm.ui.tables import said
from crm.ui.week_beside import Span, clock, days_beside

_EARLY, _LATE = 8 * 60, 18 * 60
"""The least of a day that is drawn."""

_MARKS_EVERY = 120

_KEY = '<span class="crm-week-key" aria-hidden="true"><span class="crm-week-free"></span></span>'


@dataclass(frozen=True, slots=True)
class Block:
    """One task on one day: its name, and its minutes after midnight."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HandDay:
    """One day: the tasks in order of time, and when the person is free."""

    name: str
    blocks: list[Block]
    free: list[Span]


def days_of(composed: Composed) -> list[HandDay]:
    """The seven days of what is composed."""
    names = {(task.job_id, task.task_id): task.name for task in composed.measured.tasks}
    free: Sequence[Time] = composed.who.free if composed.who else ()
    days = [HandDay(each.name, [], each.free) for each in days_beside((), free)]
    for each in composed.measured.week.placed:
        name = names[each.job_id, each.task_id]
        days[each.day].blocks.append(Block(name, each.start, each.end))
    return days


def draw_hand_week(composed: Composed) -> None:
    """Draw the week, and name the tasks that have no times yet or do not fit into theirs."""
    week = composed.measured.week
    if week.placed:
        st.html(week_html(days_of(composed), has_free=bool(composed.who and composed.who.free)))
    if week.untimed:
        told = "; ".join(f"{task.name}, {week_hours(task.hours)} hours" for task in week.untimed)
        said(f"No times are recorded, so agree when: {told}.")
    if week.unplaced:
        told = ", ".join(task.name for task in week.unplaced)
        said(f"These are at the same time as others, and not all of their hours fit: {told}.")
    if composed.who and not composed.who.is_hidden and not composed.who.free:
        said("When they are free is not recorded: ask the person.")


def week_html(days: Sequence[HandDay], *, has_free: bool) -> str:
    """The picture, which is not read out, and the list of days."""
    spans = [(block.start, block.end) for day in days for block in day.blocks]
    spans += [span for day in days for span in day.free]
    first = min([_EARLY, *(start for start, _ in spans)]) // 60 * 60
    last = -(-max([_LATE, *(end for _, end in spans)]) // 60) * 60
    marks = "".join(
        f'<span style="--from:{_at(minute, first, last)}">{clock(minute)}</span>'
        for minute in range(first, last + 1, _MARKS_EVERY)
    )
    columns = "".join(_column(day, first, last) for day in days)
    key = f'<p class="crm-count crm-hand-key">{_KEY}when they are free</p>' if has_free else ""
    items = "".join(f"<li>{escape(day_words(day, has_free=has_free))}</li>" for day in days)
    return (
        f'{key}<div class="crm-hand-week" style="--step:{100 * 60 / (last - first):.4g}%" aria-hidden="true">'
        f'<div class="crm-hand-hours">{marks}</div>{columns}</div>'
        f'<ul class="crm-hand-days" aria-label="The week, day by day">{items}</ul>'
    )


def day_words(day: HandDay, *, has_free: bool) -> str:
    """One day in words: Monday: 09:00–11:00 Fold boxes; free 09:00–17:00."""
    told = "; ".join(f"{clock(each.start)}–{clock(each.end)} {each.name}" for each in day.blocks)
    free = ", ".join(f"{clock(start)}–{clock(end)}" for start, end in day.free)
    beside = f"; {f'free {free}' if free else 'not free'}" if has_free else ""
    return f"{day.name}: {told or 'no task'}{beside}"


def _column(day: HandDay, first: int, last: int) -> str:
    free = "".join(
        f'<span class="crm-hand-free" style="{_place(start, end, first, last)}"></span>'
        for start, end in day.free
    )
    blocks = "".join(
        f'<span class="crm-hand-task" style="{_place(each.start, each.end, first, last)}" '
        f'title="{escape(each.name)}">{escape(each.name)}</span>'
        for each in day.blocks
    )
    name = escape(DAYS[DAYS.index(day.name)][:3])
    return f'<div><b>{name}</b><div class="crm-hand-track">{free}{blocks}</div></div>'


def _place(start: int, end: int, first: int, last: int) -> str:
    return f"--from:{_at(start, first, last)};--to:{_at(end, first, last)}"


def _at(minute: int, first: int, last: int) -> str:
    return f"{100 * (minute - first) / (last - first):.4g}%"
