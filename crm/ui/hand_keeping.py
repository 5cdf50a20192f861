"""Keeping a job that was composed by hand: what is pressed, what is in the way, and where it goes on."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from crm.errors import CrmError, StaleFormError
from crm.models.carves import HandChoice, JobCarve
from crm.models.users import Actor
from crm.services import composing_keeping, drafts
from crm.services.composing import Composed
from crm.services.composing_steps import Seen
from crm.ui import hand_state
from crm.ui.flash import after_this
from crm.ui.guard import is_still
from crm.ui.hand_state import FORM, Hand
from crm.ui.problems import problem_of
from crm.ui.screens import go_to
from crm.ui.words import today
from crm.units import carry_out


def draw_keep(hand: Hand, composed: Composed, seen: Seen, user: Actor) -> None:
    """Draw the button that keeps what is composed as it is drawn now."""
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


def go_on_if_kept(hand: Hand) -> None:
    """Go to the record, once it is kept."""
    if hand.key("saved") not in st.session_state:
        return
    kept: JobCarve = st.session_state.pop(hand.key("saved"))
    hand_state.forget(hand)
    after_this("The carve is kept as an idea. Existing staff are consulted before it goes further.")
    go_to("carved-job", id=kept.key)
