"""Work in the background that a button asks for, followed on the page that has the button."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.errors import CrmError
from crm.models.jobs import LIVE, Job, JobState
from crm.models.users import Actor
from crm.policy import Action
from crm.services import job_signals, jobs
from crm.services.access import may
from crm.ui.guard import live_part
from crm.ui.problems import show_problem
from crm.ui.words import moment, plain
from crm.units import carry_out


@dataclass(frozen=True, slots=True)
class Work:
    """What a button asks for: its words, what asks for it, and what finds the job that was asked for last.

    Attributes:
        name: Tells this work from others on the page.
        button: What stands on the button.
        called: What it is called in a sentence, as “the backup”.
        action: What one must be allowed to ask for it.
        ask: Asks for it.
        latest: Finds the job that waits or runs, else the one that ended last.
    """

    name: str
    button: str
    called: str
    action: Action
    ask: Callable[[Session, Actor], Job]
    latest: Callable[[Session, Actor], Job | None]


def draw_asked(work: Work, user: Actor) -> None:
    """Draw how far the work has come; where none waits or runs, the button for those who may ask for it."""
    job = _latest(work, user)
    if job is not None and job.state in LIVE:
        st.session_state[_followed(work)] = job.key
        _watch(work, user)
        return
    if job is not None:
        _say_how_it_ended(work, job)
    if may(user, work.action) and st.button(work.button, key=f"ask-{work.name}"):
        _ask(work, user)


def _followed(work: Work) -> str:
    return f"followed-{work.name}"


def _say_how_it_ended(work: Work, job: Job) -> None:
    """A failure is told to everybody until the next one; the rest to those who have followed it, once."""
    called = f"{work.called[:1].upper()}{work.called[1:]}"
    is_followed = st.session_state.pop(_followed(work), None) == job.key
    if job.state is JobState.FAILED:
        show_problem(CrmError(f"{called} failed last time. {job.last_error}"))
    elif is_followed and job.state is JobState.DONE:
        st.success(plain(f"{called} is done. {job.result.get('said', '')}".strip()))
    elif is_followed:
        left = job.result.get("said") or f"{called} was cancelled, and nothing of it was kept."
        st.info(plain(str(left)))


def _ask(work: Work, user: Actor) -> None:
    try:
        carry_out(lambda session: work.ask(session, user))
    except CrmError as problem:
        show_problem(problem)
        return
    st.rerun()


def _draw_watched(work: Work, user: Actor) -> None:
    job = _latest(work, user)
    if job is None or job.state not in LIVE:
        st.rerun()
    told = job_signals.told(job)
    words = f"{told.words}: {told.done:,} of {told.total:,}" if told.total else _waits(job)
    st.progress(min(told.done / max(told.total, 1), 1.0), text=plain(words))
    st.html("<p>You can go to another page meanwhile; the work goes on.</p>")
    is_own = job.asked_by is not None and job.asked_by == user.id
    if (is_own or may(user, Action.JOBS_RUN)) and st.button(
        f"Cancel {work.called}", key=f"cancel-{work.name}-{job.key}"
    ):
        _cancel(job, user)


_watch = live_part(_draw_watched, run_every=1.0)


def _waits(job: Job) -> str:
    if job.last_error:
        return f"It did not work and is tried again on {moment(job.due_at)}. {job.last_error}"
    return "Waiting for its turn" if job.state is JobState.WAITING else "Begun"


def _cancel(job: Job, user: Actor) -> None:
    try:
        jobs.cancel(job.key, by=user)
    except CrmError as problem:
        show_problem(problem)
    else:
        st.info("It stops at its next step, and then says whether anything of it is kept.")


def _latest(work: Work, user: Actor) -> Job | None:
    with reading() as session:
        return work.latest(session, user)
