"""How an import that runs as a job is followed: soon done, or a bar with a way to cancel until it is."""

import time

import streamlit as st

from crm.db import reading
from crm.errors import CrmError, NotFoundError
from crm.models.jobs import LIVE, Job, JobState, Upload
from crm.models.users import Actor
from crm.policy import Action
from crm.services import import_undo, job_signals, jobs
from crm.services.access import may
from crm.ui.flash import after_this
from crm.ui.guard import live_part
from crm.ui.problems import show_problem
from crm.ui.screens import go_to
from crm.ui.words import moment, plain

pause = time.sleep
_LOOKS = 20
_BETWEEN = 0.1
_FOLLOWED = "followed-import"
_CANCELLED = "The import was cancelled, and nothing of it was kept. You can start it again."
_UNDOING_CANCELLED = "The undoing was cancelled, and nothing of it was kept. You can start it again."


def job_of(upload: Upload, user: Actor) -> Job | None:
    """The job that takes an upload in, if somebody has asked for it and it is known."""
    return _find(upload.job_id, user) if upload.job_id is not None else None


def is_live(job: Job | None) -> bool:
    """Does the job wait, or run?"""
    return job is not None and job.state in LIVE


def say_how_it_ended(job: Job | None) -> None:
    """Say why an earlier attempt to take the upload in came to nothing."""
    if job is not None and job.state is JobState.FAILED:
        show_problem(CrmError(job.last_error or ""))
    elif job is not None and job.state is JobState.CANCELLED:
        st.info(_UNDOING_CANCELLED if job.kind == import_undo.JOB else _CANCELLED)


def follow(job_id: int, user: Actor) -> None:
    """Wait a moment, as most imports are soon done; then draw how far it has come until it has ended."""
    st.session_state[_FOLLOWED] = job_id
    with st.spinner("One moment…"):
        for _ in range(_LOOKS):
            job = _find(job_id, user)
            if not is_live(job):
                _go_on(job, user)
            pause(_BETWEEN)
    _watch(job_id, user)


def go_on_to_result(user: Actor) -> None:
    """Go to the result of an import that this tab followed, if it was done while nobody looked."""
    job_id = st.session_state.pop(_FOLLOWED, None)
    job = _find(job_id, user) if job_id is not None else None
    if job is not None and job.state is JobState.DONE:
        _go_on(job, user)


def _draw_watched(job_id: int, user: Actor) -> None:
    job = _find(job_id, user)
    if job is None or not is_live(job):
        _go_on(job, user)
        return
    told = job_signals.told(job)
    words = f"{told.words}: {told.done:,} of {told.total:,}" if told.total else _waits(job)
    st.progress(min(told.done / max(told.total, 1), 1.0), text=plain(words))
    what = "undoing" if job.kind == import_undo.JOB else "import"
    st.html(f"<p>You can go to another page meanwhile; the {what} goes on.</p>")
    if st.button(f"Cancel the {what}", key=f"cancel-{job_id}"):
        _cancel(job_id, user)


_watch = live_part(_draw_watched, run_every=1.0)


def _waits(job: Job) -> str:
    if job.last_error:
        return f"It did not work and is tried again on {moment(job.due_at)}. {job.last_error}"
    return "Waiting for its turn"


def _cancel(job_id: int, user: Actor) -> None:
    try:
        jobs.cancel(job_id, by=user)
    except CrmError as problem:
        show_problem(problem)
    else:
        st.info("It stops at its next step, and nothing of it will be kept.")


def _find(job_id: int, user: Actor) -> Job | None:
    with reading() as session:
        try:
            return jobs.find(session, job_id, by=user)
        except NotFoundError:
            return None


def _go_on(job: Job | None, user: Actor) -> None:
    """To the result of an import that is done; otherwise back to where it was asked for."""
    st.session_state.pop(_FOLLOWED, None)
    if job is not None and job.state is JobState.DONE:
        done = "The import is undone" if job.kind == import_undo.JOB else "The import is done"
        after_this(f"{done}: {job.result['said']}")
        if may(user, Action.IMPORTS_READ):
            go_to("import", id=int(job.result["batch"]))
    st.rerun()
