"""The totals of a task bank by who does the work: a chart with its words, and the table of all of it."""

from collections.abc import Sequence

import streamlit as st

from crm.services.task_bank_filters import NOBODY, NOT_SAID
from crm.services.task_bank_totals import RoleTotal
from crm.ui.charts import show_chart
from crm.ui.parted_chart import parted_chart
from crm.ui.range_words import bare, range_hours
from crm.ui.tables import Cell
from crm.ui.words import count

ROLES = {NOBODY: "Nobody does it yet", NOT_SAID: "Not recorded who"}
"""What is said in place of a role where there is none."""

_MOST_BARS = 12
_COLUMNS = [
    "Done now by",
    "Tasks",
    "Hours a week",
    "Could move",
    "Stays",
    "Nobody gets to it",
    "In carved jobs",
    "Not timed",
]
_NUMBERS = ",".join(_COLUMNS[1:])


def role_words(role: str) -> str:
    """A role as it was typed, or that there is none."""
    return ROLES.get(role, role)


def draw_totals(totals: Sequence[RoleTotal]) -> None:
    """Draw the hours of each role that could move, that stay and that nobody gets to."""
    timed = [total for total in totals if total.hours][:_MOST_BARS]
    if not timed:
        st.info("No hours are recorded of these tasks. Record times a week and minutes for each.")
        return
    figure = parted_chart(
        [role_words(total.role) for total in timed],
        [
            ("Could move", [total.movable for total in timed]),
            ("Stays", [total.staying for total in timed]),
            ("Nobody gets to it", [total.undone for total in timed]),
        ],
        [bare(total.hours) for total in timed],
    )
    show_chart(
        figure,
        alt=_alt(totals),
        caption="Hours a week by who does the work",
        columns=_COLUMNS,
        rows=[_cells(total) for total in totals],
        numbers=_NUMBERS,
        key="bank-totals",
        is_open=True,
    )


def _alt(totals: Sequence[RoleTotal]) -> str:
    first = totals[0]
    moving, staying, undone = (
        sum(getattr(total, part) for total in totals) for part in ("movable", "staying", "undone")
    )
    return (
        f"Hours a week by who does the work, {count(len(totals), 'row')}: {bare(moving)} could move, "
        f"{bare(staying)} stay, and nobody gets to {bare(undone)}. "
        f"Most are of: {role_words(first.role)}, {bare(first.hours)}."
    )


def _cells(total: RoleTotal) -> tuple[Cell, ...]:
    parts = (total.movable, total.staying, total.undone, total.taken)
    whole = range_hours(total.hours, total.hours + total.more)
    return (role_words(total.role), total.tasks, whole, *map(bare, parts), total.untimed)
