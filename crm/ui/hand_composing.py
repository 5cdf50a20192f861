"""Composing a job by hand on screen: each tick answers at once, every step can be undone, nothing is lost."""

from functools import partial

import streamlit as st
from pydantic import ValidationError
from sqlmodel import Session

from crm.db import reading
from crm.errors import CrmError, StaleFormError
from crm.models.carves import HandChoice, JobCarve
from crm.models.users import Actor
from crm.services import composing, composing_bank, composing_keeping, composing_people, drafts
from crm.services.composing import Composed
from crm.services.composing_bank import HandBank
from crm.services.composing_steps import Plan, Seen, Steps
from crm.ui import hand_state
from crm.ui.fields import read_number
from crm.ui.flash import after_this
from crm.ui.guard import is_still, live_part
from crm.ui.hand_results import draw_meter, draw_results, draw_shape
from crm.ui.hand_state import FORM, NOBODY, Hand, set_control
from crm.ui.hand_ticks import draw_ticks
from crm.ui.problems import problem_of, problems_of, show_problem, show_problems
from crm.ui.screens import go_to
from crm.ui.tables import said
from crm.ui.words import today
from crm.units import carry_out


@live_part
def draw_composing(hand: Hand, user: Actor) -> None:
    """Draw for whom, the hours, the tasks to tick and what they come to, with the way to keep it."""
    if hand.key("saved") in st.session_state:
        _go_on(hand)
    if st.session_state.pop(hand.key("anew"), False):
        # The whole page, as what it begins with is read outside this part.
        st.rerun()
    steps = hand_state.steps_of(hand, user)
    with reading() as session:
        bank = composing_bank.read(session, hand.employer_id, by=user)
    _say_problems(hand)
    _say_news(hand, bank)
    _draw_for_whom(hand, steps.now, user)
    composed = _compose(bank, _choice_of(steps.now), user)
    seen = bank.seen(steps.now.task_ids)
    hand_state.keep_steps(hand, seen, user)
    draw_meter(composed)
    with st.container(horizontal=True):
        _draw_steps(hand, steps, user)
        _draw_keep(hand, composed, seen, user)
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.header("Tasks", anchor=False)
        draw_ticks(hand, bank, steps.now.task_ids)
    with right:
        draw_shape(composed)
    draw_results(composed)


def _draw_for_whom(hand: Hand, plan: Plan, user: Actor) -> None:
    who, goal, pay = st.columns([4, 2, 2])
    with who:
        words = st.text_input("Search for a person by name", key=hand.key("name"), live="300ms") or ""
        with reading() as session:
            found = composing_people.names(session, words, also=plan.seeker_id, by=user)
        names = {NOBODY: "Nobody yet: needs first", **found}
        st.selectbox(
            "For whom",
            list(names),
            format_func=names.__getitem__,
            key=set_control(hand, "who", plan.seeker_id or NOBODY),
            on_change=hand_state.choose_person,
            args=(hand,),
        )
    with goal:
        st.text_input(
            "Hours a week to reach",
            key=set_control(hand, "goal", plan.goal),
            help="It counts where the person has no goal of their own.",
            on_change=hand_state.typed,
            args=(hand, "goal"),
        )
    with pay:
        st.text_input(
            "Pay in £ an hour",
            key=set_control(hand, "pay", plan.pay),
            on_change=hand_state.typed,
            args=(hand, "pay"),
        )


def _choice_of(plan: Plan) -> HandChoice:
    """What is chosen as it can be worked out; what cannot be read is said, and counts as not given."""
    chosen = {"seeker_id": plan.seeker_id, "task_ids": plan.task_ids}
    typed = {"goal": read_number(plan.goal), "pay_hourly": read_number(plan.pay)}
    try:
        return HandChoice.model_validate(chosen | typed)
    except ValidationError as problem:
        problems = problems_of(problem)
        show_problems(problems, [], "")
        return HandChoice.model_validate(
            chosen | {name: value for name, value in typed.items() if name not in problems}
        )


def _compose(bank: HandBank, choice: HandChoice, user: Actor) -> Composed:
    """What the choice comes to; somebody who cannot be composed for any more counts as nobody."""
    with reading() as session:
        try:
            return composing.look(session, bank, choice, by=user, today=today())
        except CrmError as problem:
            show_problem(problem)
            return composing.look(
                session, bank, choice.model_copy(update={"seeker_id": None}), by=user, today=today()
            )


def _draw_steps(hand: Hand, steps: Steps, user: Actor) -> None:
    """The way back, the way forth again, and taking everything out; what cannot be done is not offered."""
    for words, can_be, act in (
        ("Undo", steps.can_undo, hand_state.undo),
        ("Redo", steps.can_redo, hand_state.redo),
        ("Clear all", bool(steps.now.task_ids), hand_state.clear),
    ):
        st.button(words, key=hand.key(words), disabled=not can_be, on_click=act, args=(hand,))
    if hand.carve_id is not None and steps.now != hand.start:
        st.button(
            "Start again from what is stored",
            key=hand.key("again"),
            on_click=hand_state.start_again,
            args=(hand, user),
        )


def _say_problems(hand: Hand) -> None:
    if problems := st.session_state.get(hand.key("problems")):
        show_problems(problems, [], "")


def _say_news(hand: Hand, bank: HandBank) -> None:
    """What has changed since the tasks were chosen, until the next step."""
    news = composing_bank.changes_since(bank, st.session_state[hand.key("seen")])
    if news:
        st.session_state[hand.key("news")] = news
    if news := st.session_state.get(hand.key("news")):
        st.warning("Since you chose these tasks, something has changed. What you chose is still here.")
        said("\n".join(news))


def _draw_keep(hand: Hand, composed: Composed, seen: Seen, user: Actor) -> None:
    st.button(
        "Keep as an idea" if hand.carve_id is None else "Save the idea",
        type="primary",
        key=hand.key("keep"),
        on_click=_try_to_keep,
        args=(hand, _as_drawn(composed), seen, user),
    )


def _as_drawn(composed: Composed) -> HandChoice:
    """What is chosen as the page shows it: without tasks that cannot be chosen any more."""
    return composed.choice.model_copy(update={"task_ids": [one.task.key for one in composed.chosen]})


def _try_to_keep(hand: Hand, choice: HandChoice, seen: Seen, user: Actor) -> None:
    """Keep it, or note what is in the way. A second press before the first is done keeps nothing twice."""
    state = st.session_state
    if hand.key("saved") in state or hand.key("steps") not in state or not is_still(user):
        return
    state.pop(hand.key("problems"), None)
    try:
        state[hand.key("saved")] = carry_out(
            partial(_keep, hand, choice, seen, user, state[hand.key("version")]),
            key=state[hand.key("request")],
        )
    except StaleFormError as problem:
        state[hand.key("version")] = problem.version
        state[hand.key("problems")] = problem_of(problem)
    except CrmError as problem:
        state[hand.key("problems")] = problem_of(problem)


def _keep(
    hand: Hand, choice: HandChoice, seen: Seen, user: Actor, version: int, session: Session
) -> JobCarve:
    if hand.carve_id is None:
        kept = composing_keeping.keep(session, hand.employer_id, choice, seen=seen, by=user, today=today())
    else:
        kept = composing_keeping.change(
            session, hand.carve_id, choice, seen=seen, version=version, by=user, today=today()
        )
    drafts.drop(session, FORM, hand.record_key, by=user)
    return kept


def _go_on(hand: Hand) -> None:
    kept: JobCarve = st.session_state.pop(hand.key("saved"))
    hand_state.forget(hand)
    after_this("The carve is kept as an idea. Existing staff are consulted before it goes further.")
    go_to("carved-job", id=kept.key)
