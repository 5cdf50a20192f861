"""Moving tasks with one press: done, put off, given away, dropped; what was done is said, with a way back."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import streamlit as st
from sqlmodel import Session

from crm.errors import CrmError
from crm.models.users import Actor
from crm.services import task_moves
from crm.services.task_moves import Before, Chosen
from crm.ui.guard import is_still
from crm.ui.problems import show_problem
from crm.ui.words import count, day, plain, today
from crm.units import carry_out

_DONE, _PROBLEM = "crm_task_done", "crm_task_problem"
TOMORROW, MONDAY = "To tomorrow", "To Monday"
"""What the buttons say that put a task off; Monday is the next one, never today."""

Choose = Callable[[], Sequence[Chosen]]
"""Tells which tasks are meant when the button is pressed."""


def draw_outcome(user: Actor) -> None:
    """Say what the last press did, once, with a button that undoes it; or why it did nothing."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        show_problem(problem)
    done = st.session_state.pop(_DONE, None)
    if done is None:
        return
    words, before = done
    with st.container(key="task-outcome", horizontal=True, vertical_alignment="center"):
        st.success(plain(words))
        if before:
            st.button("Undo", key="task-undo", on_click=_undo, args=(before, user))


def finish(choose: Choose, user: Actor, title: str) -> None:
    """Say that the chosen tasks are done."""
    _move(choose, user, _finish, title, "done")


def reopen(choose: Choose, user: Actor, title: str) -> None:
    """Take the chosen tasks up again."""
    _move(choose, user, _reopen, title, "open again")


def put_off(choose: Choose, user: Actor, title: str, to: date | None) -> None:
    """Let the chosen tasks be due on another day."""
    if to is None:
        st.session_state[_PROBLEM] = CrmError("Choose the day first.")
        return
    _move(
        choose,
        user,
        lambda session, chosen, by: task_moves.put_off(session, chosen, to=to, by=by, today=today()),
        title,
        f"due on {day(to)}",
    )


def give(choose: Choose, user: Actor, title: str, owner_id: int | None, name: str) -> None:
    """Give the chosen tasks to a colleague."""
    if owner_id is None:
        st.session_state[_PROBLEM] = CrmError("Choose a colleague first.")
        return
    _move(
        choose,
        user,
        lambda session, chosen, by: task_moves.give(session, chosen, owner_id=owner_id, by=by),
        title,
        f"given to {name}",
    )


def drop(choose: Choose, user: Actor, title: str, why: str) -> None:
    """Say that the chosen tasks are not needed any more."""
    _move(
        choose,
        user,
        lambda session, chosen, by: task_moves.drop(session, chosen, why=why, by=by, today=today()),
        title,
        "dropped",
    )


def day_of(word: str) -> date:
    """The day that a button puts a task off to."""
    if word == TOMORROW:
        return today() + timedelta(days=1)
    return today() + timedelta(days=7 - today().weekday())


def _finish(session: Session, chosen: Sequence[Chosen], by: Actor) -> list[Before]:
    return task_moves.finish(session, chosen, by=by, today=today())


def _reopen(session: Session, chosen: Sequence[Chosen], by: Actor) -> list[Before]:
    return task_moves.reopen(session, chosen, by=by, today=today())


def _move(
    choose: Choose,
    user: Actor,
    move: Callable[[Session, Sequence[Chosen], Actor], list[Before]],
    title: str,
    done: str,
) -> None:
    if not is_still(user):
        return
    chosen = choose()
    if not chosen:
        st.session_state[_PROBLEM] = CrmError("Tick at least one task first.")
        return
    try:
        before = carry_out(lambda session: move(session, chosen, user))
    except CrmError as problem:
        st.session_state[_PROBLEM] = problem
        return
    what = f"“{title}” is" if title else f"{count(len(chosen), 'task')} {'is' if len(chosen) == 1 else 'are'}"
    st.session_state[_DONE] = (f"{what} {done}.", before)


def _undo(before: Sequence[Before], user: Actor) -> None:
    if not is_still(user):
        return
    try:
        carry_out(lambda session: task_moves.undo(session, before, by=user))
    except CrmError as problem:
        st.session_state[_PROBLEM] = problem
        return
    st.session_state[_DONE] = ("It is as it was before.", [])
