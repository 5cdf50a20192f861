"""Background work in words, and the buttons that go with it."""

from collections.abc import Callable

import streamlit as st

from crm.errors import CrmError
from crm.models.jobs import JobState
from crm.models.users import Actor
from crm.services import jobs
from crm.services.jobs import JobRow
from crm.ui.flash import after_this
from crm.ui.problems import show_problem
from crm.ui.tables import Cell, said
from crm.ui.words import moment, say
from crm.units import carry_out


def cells(row: JobRow) -> list[Cell]:
    """A job as a line of the table."""
    return [
        say(row.kind),
        say(row.state),
        moment(row.due_at),
        row.asked_by or "the service itself",
        what_came(row),
        row.attempts,
    ]


def what_came(row: JobRow) -> str:
    """What came of a job, or how far it has come, in words."""
    if row.state is JobState.RUNNING and row.progress.total:
        return f"{row.progress.words}: {row.progress.done:,} of {row.progress.total:,}"
    return (row.said if row.state is JobState.DONE else row.last_error) or ""


def draw_acting(row: JobRow, user: Actor, *, may_run: bool) -> None:
    """A job that runs, waits or failed, with what can be done about it."""
    who = f", asked for by {row.asked_by}" if row.asked_by else ""
    when = f", due {moment(row.due_at)}" if row.state is JobState.WAITING else ""
    said(f"{say(row.kind)}: {say(row.state).lower()}{when}{who}. {what_came(row)}".strip())
    if not may_run:
        return
    if row.state is JobState.FAILED:
        if st.button(f"Try {_named(row)} again", key=f"again-{row.id}"):
            _do(lambda: _try_again(row.id, user), "It is tried again.")
    elif st.button(f"Cancel {_named(row)}", key=f"cancel-{row.id}"):
        _do(lambda: jobs.cancel(row.id, by=user), "It is cancelled, and nothing of it will be kept.")


def _named(row: JobRow) -> str:
    """The work by name and number: no two buttons read the same."""
    return f"“{say(row.kind)}” {row.id}"


def _try_again(job_id: int, user: Actor) -> None:
    carry_out(lambda session: jobs.try_again(session, job_id, by=user))


def _do(work: Callable[[], None], done: str) -> None:
    try:
        work()
    except CrmError as problem:
        show_problem(problem)
        return
    after_this(done)
    st.rerun()
