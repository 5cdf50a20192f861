"""The parts of the first page about one person's day: figures with their lists, tasks, accounts, contacts."""

from dataclasses import dataclass

import streamlit as st
from sqlmodel import Session

from crm.models.users import Actor
from crm.services import cold_accounts, task_list
from crm.services import today as day_of
from crm.services.cold_accounts import COLD_AFTER_DAYS, ColdRow
from crm.services.listing import Listing
from crm.services.task_list import Due, TaskFilter
from crm.services.today import USUAL_IN_A_WEEK, DayFigures
from crm.ui.home_parts import ROWS
from crm.ui.look import figures
from crm.ui.tables import Cell, link, links, said, table
from crm.ui.task_moving import TOMORROW, draw_outcome
from crm.ui.task_rows import draw_rows
from crm.ui.words import LONDON, count, day, say, today

TASKS = 7
"""Tasks that the first page shows; the list of tasks has the rest."""


@dataclass(frozen=True, slots=True)
class Day:
    """What is read once for several parts of the page."""

    figures: DayFigures
    cold: Listing[ColdRow]


def read_day(session: Session, user: Actor) -> Day:
    """Count what waits for this person, and look up their cold accounts."""
    return Day(
        day_of.figures(session, by=user, today=today()),
        cold_accounts.longest_cold(session, limit=ROWS, by=user, today=today()),
    )


def draw_day(mine: Day) -> None:
    """What waits for this person, each number with the list that it is the total of."""
    found = mine.figures
    figures(
        [
            (found.overdue, link("overdue", "tasks", due=say(Due.OVERDUE))),
            (found.due_today, link("due today", "tasks", due=say(Due.TODAY))),
            (found.due_this_week, link("later this week", "tasks", due=say(Due.WEEK))),
            (found.interviews, link("interviews to come", "tasks", interviews="true")),
            (mine.cold.total, link("accounts gone cold", "employers", owner="Mine", cold="true")),
            (found.agreements_expiring, link("agreements to renew", "agreements", soon="true", mine="true")),
            (found.vacancies_closing, link("vacancies closing", "vacancies", soon="true")),
        ],
        label="My day",
    )


def draw_tasks(session: Session, user: Actor) -> None:
    """The tasks that are due first, with buttons, and the way to all of them."""
    found = task_list.listing(session, TaskFilter(), offset=0, limit=TASKS, by=user, today=today())
    st.header("My tasks", anchor=False)
    draw_outcome(user)
    if found.rows:
        draw_rows(found.rows, user, today(), put_off=(TOMORROW,))
    else:
        st.caption("Nothing waits for you. A next step that you record with a contact is shown here.")
    every = [link(f"All {found.total:,}", "tasks")] if found.total > len(found.rows) else []
    links([*every, link("Add a task", "task-change"), link("Who to call next", "calls")], label="My tasks")


def draw_cold(found: Day, _session: Session, _user: Actor) -> None:
    """One's own accounts that had no contact for 30 days, the longest first; nothing when there is none."""
    if not found.cold.rows:
        return
    title = f"My accounts without contact for {COLD_AFTER_DAYS} days"
    st.header(title, anchor=False)
    rows: list[tuple[Cell, ...]] = [
        (link(row.name, "employer", id=row.id), _last_contact(row)) for row in found.cold.rows
    ]
    table(title, ["Employer", "Last contact"], rows)


def _last_contact(row: ColdRow) -> str:
    if row.last_contact_on is not None:
        return day(row.last_contact_on)
    return f"Never; recorded {day(row.recorded_at.astimezone(LONDON).date())}"


def draw_met(session: Session, user: Actor) -> None:
    """How often this person met somebody who hires this week, said plainly beside what is usual."""
    found = day_of.met_this_week(session, by=user, today=today())
    st.header("Met in person this week", anchor=False)
    times = f"{count(len(found), 'contact')} with hiring managers since Monday."
    said(f"{times} Services that follow IPS count about {USUAL_IN_A_WEEK}.")
    if found:
        with st.expander(f"Which {'one' if len(found) == 1 else 'ones'}"):
            rows: list[tuple[Cell, ...]] = [
                (link(row.employer, "employer", id=row.employer_id), say(row.kind), day(row.held_on))
                for row in found
            ]
            table("Met in person this week", ["Employer", "Kind", "On"], rows)
