"""The state of a job that is composed by hand: its steps, how they are kept, and what undoes them.

The steps are the one truth; the controls are set from them before they are drawn, so that undoing moves them.
"""

import secrets
from dataclasses import dataclass

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import drafts
from crm.services.composing_steps import Plan, Seen, Steps, from_draft
from crm.services.drafts import Draft
from crm.ui.guard import is_still
from crm.units import carry_out

FORM = "carve-by-hand"
NOBODY = 0
"""Stands for nobody in the list of people: a list cannot hold None."""


@dataclass(frozen=True, slots=True)
class Hand:
    """What is composed: at which employer, and which idea is gone on with at which version, if any.

    `start` is what holds before the first step.
    """

    employer_id: int
    start: Plan
    carve_id: int | None = None
    version: int = 0

    @property
    def record_key(self) -> str:
        """Tells this draft from that of another employer or idea."""
        return f"new-{self.employer_id}" if self.carve_id is None else str(self.carve_id)

    def key(self, part: str) -> str:
        """The key of a control, or of something kept between runs."""
        return f"hand-{self.record_key}-{part}"


def steps_of(hand: Hand, user: Actor) -> Steps:
    """The steps so far: of this session, else as they were kept, else the beginning."""
    state = st.session_state
    if hand.key("steps") not in state:
        with reading() as session:
            draft = drafts.find(session, FORM, hand.record_key, by=user)
        begun = (Steps((hand.start,)), Seen()) if draft is None else from_draft(draft.values)
        state[hand.key("steps")], state[hand.key("seen")] = begun
        state[hand.key("kept")] = begun[0]
        state[hand.key("version")] = draft.drawn_version if draft else hand.version
        state[hand.key("request")] = secrets.token_hex(16)
    return state[hand.key("steps")]


def keep_steps(hand: Hand, seen: Seen, user: Actor) -> None:
    """Store the steps whenever they have changed since they were stored last."""
    state = st.session_state
    steps: Steps = state[hand.key("steps")]
    state[hand.key("seen")] = seen
    if steps == state[hand.key("kept")]:
        return
    draft = Draft(steps.as_draft(seen), state[hand.key("version")])
    carry_out(lambda session: drafts.keep(session, FORM, hand.record_key, draft, by=user))
    state[hand.key("kept")] = steps


def forget(hand: Hand) -> None:
    """Drop what is kept between runs: it was saved, or is begun anew."""
    for part in ("steps", "seen", "kept", "version", "request", "problems", "news"):
        st.session_state.pop(hand.key(part), None)


def set_control(hand: Hand, part: str, value: object) -> str:
    """Have a control show what holds now; gives its key."""
    key = hand.key(part)
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    return key


def _put(hand: Hand, steps: Steps) -> None:
    """Hold the steps; what was said before the last one is not said any more."""
    st.session_state[hand.key("steps")] = steps
    for part in ("problems", "news"):
        st.session_state.pop(hand.key(part), None)


def _now(hand: Hand) -> Steps | None:
    return st.session_state.get(hand.key("steps"))


def tick(hand: Hand, task_id: int) -> None:
    """A box was ticked, or its tick taken out."""
    if steps := _now(hand):
        is_chosen = bool(st.session_state.get(hand.key(f"task-{task_id}")))
        _put(hand, steps.ticked(task_id, is_chosen=is_chosen))


def typed(hand: Hand, name: str) -> None:
    """The goal or the pay was typed."""
    if steps := _now(hand):
        _put(hand, steps.then(**{name: st.session_state.get(hand.key(name))}))


def choose_person(hand: Hand) -> None:
    """Somebody was chosen, or nobody."""
    if steps := _now(hand):
        _put(hand, steps.then(seeker_id=st.session_state.get(hand.key("who")) or None))


def undo(hand: Hand) -> None:
    """Go one step back."""
    if steps := _now(hand):
        _put(hand, steps.undone())


def redo(hand: Hand) -> None:
    """Take the step again that was undone last."""
    if steps := _now(hand):
        _put(hand, steps.redone())


def clear(hand: Hand) -> None:
    """Take every task out: one step, that can be undone like any other."""
    if steps := _now(hand):
        _put(hand, steps.then(task_ids=()))


def start_again(hand: Hand, user: Actor) -> None:
    """Forget what was chosen and not kept, and begin as the record or an empty page does."""
    if is_still(user):
        carry_out(lambda session: drafts.drop(session, FORM, hand.record_key, by=user))
        forget(hand)
        st.session_state[hand.key("anew")] = True
