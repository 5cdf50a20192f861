"""The parts of the first page about one person's day: figures with their lists, tasks, accounts, contacts."""

import streamlit as st
from sqlmodel import Session

from crm.models.users import Actor
from crm.services import cold_accounts, task_list
from crm.services import today as day_of
from crm.services.cold_accounts import COLD_AFTER_DAYS
from crm.services.task_list import Due, TaskFilter
from crm.services.today import USUAL_IN_A_WEEK
from crm.services.vacancies import CLOSING_SOON_DAYS
from crm.ui.home_parts import ROWS
from crm.ui.look import figures
from crm.ui.tables import Cell, link, links, said, table
from crm.ui.task_moving import draw_outcome
from crm.ui.task_rows import draw_rows
from crm.ui.words import count, day, say, today

TASKS = 7
"""Tasks that the first page shows; the list of tasks has the rest."""


def draw_day(session: Session, user: Actor) -> None:
    """What waits for this person, each number with the list that it is the total of."""
    found = day_of.figures(session, by=user, today=today())
    figures(
        [
            (found.overdue, link("overdue", "tasks", due=Due.OVERDUE)),
            (found.due_today, link("due today", "tasks", due=Due.TODAY)),
            (found.due_this_week, link("later this week", "tasks", due=Due.WEEK)),
            (
                found.cold_accounts,
                link(
                    f"of my accounts without contact for {COLD_AFTER_DAYS} days",
                    *("employers",),
                    mine="true",
                    cold="true",
                ),
            ),
            (
                found.agreements_expiring,
                link("of my agreements end within 90 days", "agreements", soon="true", mine="true"),
            ),
            (
                found.vacancies_closing,
                link(f"vacancies close within {CLOSING_SOON_DAYS} days", "vacancies", soon="true"),
            ),
        ],
        label="My day",
    )


def draw_tasks(session: Session, user: Actor) -> None:
    """The tasks that are due first, with buttons, and the way to all of them."""
    found = task_list.listing(session, TaskFilter(), offset=0, limit=TASKS, by=user, today=today())
    st.header("My tasks", anchor=False)
    draw_outcome(user)
    if found.rows:
        draw_rows(found.rows, user, today())
    else:
        st.caption("Nothing waits for you. A next step that you record with a contact is shown here.")
    every = [link(f"All {found.total:,}", "tasks")] if found.total > len(found.rows) else []
    links([*every, link("Add a task", "task-change")], label="My tasks")


def draw_cold(session: Session, user: Actor) -> None:
    """One's own accounts that had no contact for 30 days, the longest first; nothing when there is none."""
    found = cold_accounts.longest_cold(session, limit=ROWS, by=user, today=today())
    if not found:
        return
    title = f"My accounts without contact for {COLD_AFTER_DAYS} days"
    st.header(title, anchor=False)
    rows: list[tuple[Cell, ...]] = [
        (
            link(row.name, "employer", id=row.id),
            day(row.last_contact_on) if row.last_contact_on else f"Never; recorded {day(row.recorded_at)}",
        )
        for row in found
    ]
    table(title, ["Employer", "Last contact"], rows)


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
