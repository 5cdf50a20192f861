"""What to know before getting in touch with an employer, drawn where somebody is about to."""

from datetime import date
from html import escape

import streamlit as st

from crm.db import reading
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import collisions, employer_stages
from crm.services.access import may
from crm.services.collisions import Collisions
from crm.services.employer_stages import BEFORE_PEOPLE, LEARNING_VISITS
from crm.ui.doing import do_now
from crm.ui.tables import link
from crm.ui.words import day, distance_in_days, plain, say, today


def draw_collisions(employer: Employer, user: Actor) -> None:
    """Draw who else is at this employer, whom to go through, and which visit comes next.

    Whoever does not look after the employer is offered to ask its owner to join.
    """
    if not may(user, Action.CONTACTS_READ):
        return
    with reading() as session:
        found = collisions.of(session, employer.key, by=user, today=today())
        visits = employer_stages.visits(session, employer.key, by=user)
    is_own = user.id in (found.owner_id, found.second_owner_id)
    items = _items(found, today(), is_own=is_own)
    if employer.stage in BEFORE_PEOPLE and visits < LEARNING_VISITS:
        items.append(f"Visit {visits + 1} of {LEARNING_VISITS} to learn their business comes next.")
    if not items:
        return
    inner = "".join(f"<li>{item}</li>" for item in items)
    st.html(
        '<section class="crm-collisions" aria-label="Before you get in touch">'
        f"<p><strong>Before you get in touch</strong></p><ul>{inner}</ul></section>"
    )
    if found.owner and not is_own and may(user, Action.TASKS_RECORD):
        _offer_to_ask(found, found.owner, user)


def _offer_to_ask(found: Collisions, owner: str, user: Actor) -> None:
    if st.button(f"Ask {plain(owner)} to join", key=f"join-{found.employer_id}"):
        do_now(
            lambda session: collisions.ask_to_join(session, found.employer_id, by=user),
            f"{owner} now has a task that says you ask to join.",
        )


def _items(found: Collisions, on: date, *, is_own: bool) -> list[str]:
    items: list[str] = []
    if found.single_contact:
        items.append(f"Go through <strong>{escape(found.single_contact)}</strong>, their single contact.")
    if found.quiet_until:
        why = f": {escape(found.quiet_why)}" if found.quiet_why else ""
        items.append(f"They asked for quiet until <strong>{day(found.quiet_until)}</strong>{why}.")
    for one in found.spoke:
        to = link(f"{say(one.kind)} on {day(one.held_on)}", "contact", id=one.contact_id).html()
        purpose = "" if one.purpose == "unknown" else f", {escape(say(one.purpose).lower())}"
        items.append(f"{escape(one.who)}: {to}{purpose}. <q>{escape(one.words)}</q>")
    for step in found.planned:
        when = distance_in_days(step.due_on, on)
        items.append(f"{escape(step.who)} means to: {escape(step.title)}, {when}.")
    if found.owner and (items or not is_own):
        second = f", with {escape(found.second_owner)}" if found.second_owner else ""
        items.append(f"Account owner: {escape(found.owner)}{second}.")
    return items
