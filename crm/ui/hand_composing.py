"""Composing a job by hand on screen: each tick answers at once, every step can be undone, nothing is lost."""

import streamlit as st
from pydantic import ValidationError

from crm.db import reading
from crm.errors import CrmError
from crm.models.carves import HandChoice
from crm.models.users import Actor
from crm.services import composing, composing_bank, composing_people
from crm.services.composing import Composed
from crm.services.composing_bank import HandBank
from crm.services.composing_steps import Plan, Steps
from crm.ui import hand_state
from crm.ui.fields import read_number
from crm.ui.guard import live_part
from crm.ui.hand_keeping import draw_keep, go_on_if_kept
from crm.ui.hand_results import draw_meter, draw_results, draw_shape
from crm.ui.hand_state import NOBODY, Hand, set_control
from crm.ui.hand_ticks import draw_ticks
from crm.ui.problems import problems_of, show_problem, show_problems
from crm.ui.tables import said
from crm.ui.words import today


@live_part
def draw_composing(hand: Hand, user: Actor) -> None:
    """Draw for whom, the hours, the tasks to tick and what they come to, with the way to keep it."""
    go_on_if_kept(hand)
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
        draw_keep(hand, composed, seen, user)
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.header("Tasks", anchor=False)
        draw_ticks(hand, bank, steps.now.task_ids)
    with right:
        draw_shape(composed)
    draw_results(composed)


def _draw_for_whom(hand: Hand, plan: Plan, user: Actor) -> None:
    search, who, goal, pay = st.columns([3, 3, 2, 2])
    with search:
        words = st.text_input("Search for a person", key=hand.key("name"), live="300ms") or ""
    with reading() as session:
        found = composing_people.names(session, words, also=plan.seeker_id, by=user)
    names = {NOBODY: "Nobody yet: needs first", **found}
    with who:
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
