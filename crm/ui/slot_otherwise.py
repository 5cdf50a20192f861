"""The interviews of a vacancy given otherwise than by the agreement's rule: to whom, and why."""

from datetime import timedelta

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_uses import OtherChoiceInput
from crm.models.users import Actor
from crm.services import interview_ways, slot_deciding
from crm.services.slots import Slots
from crm.ui.address import optional_id
from crm.ui.fields import text, ticks
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.interview_rows import PERIODS
from crm.ui.progress import telling
from crm.ui.screens import go_to
from crm.ui.tables import said
from crm.ui.words import count, today

REASON = "Shared out with all other interviews of the period: those put forward least so far went first."


def draw_otherwise(found: Slots, user: Actor) -> None:
    """Offer another choice than the rule's; where the address names a period, its proposal begins it."""
    ready = [one for one in found.candidates if one.has_said_yes]
    if not ready or found.left == 0 or not slot_deciding.can_decide(found):
        return
    within = _period()
    proposed = _proposed(found, within, user) if within else set[int]()
    with st.expander("Decide otherwise than by the rule", expanded=bool(within)):
        said(
            "The agreement’s rule decides. Going another way needs a reason, which is kept with whoever is "
            "set aside."
        )
        if proposed:
            names = ", ".join(one.name for one in ready if one.seeker_id in proposed)
            said(f"Shared out with all interviews of the period, the proposal is: {names}.")
        _draw_form(found, proposed, user)


def _period() -> int | None:
    """The period that the address names, None unless interviews are shared out for it."""
    within = optional_id("within")
    return within if str(within) in PERIODS else None


def _proposed(found: Slots, within: int, user: Actor) -> set[int]:
    """Whom the proposal for a period gives an interview of this vacancy."""
    until = today() + timedelta(days=within)
    with telling("Comparing the ways to share them out") as told, reading() as session:
        shared = interview_ways.of_period(session, today(), until, by=user, today=today(), progress=told)
    return {one.seeker_id for one in shared.people if found.vacancy.key in one.by_proposal}


def _draw_form(found: Slots, proposed: set[int], user: Actor) -> None:
    ready = {str(one.use_id): one for one in found.candidates if one.has_said_yes}
    begun = [key for key, one in ready.items() if one.seeker_id in proposed]
    form = RecordForm(
        "otherwise",
        [
            *ticks("use_ids", {key: f"Put {one.name} forward" for key, one in ready.items()}),
            text("why", "Why not by the rule"),
        ],
        OtherChoiceInput,
        None,
        "Put these people forward",
        belongs_to=found.vacancy.key,
        starts={"use_ids": begun, "why": REASON} if begun else {},
    )

    def save(session: Session, typed: OtherChoiceInput, _version: int) -> int:
        return slot_deciding.decide_otherwise(
            session, found.vacancy.key, typed.use_ids, why=typed.why, seen=found.seen, by=user, today=today()
        )

    def then(number: int) -> None:
        after_this(f"{count(number, 'person is', 'people are')} put forward.")
        go_to("slots", id=found.vacancy.key)

    draw_form(form, user=user, save=save, then=then)
