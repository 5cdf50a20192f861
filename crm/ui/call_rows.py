"""Employers that are worth a call: each with why, for whom, by which warm link, and what to mind before."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from crm.models.users import Actor
from crm.policy import Action
from crm.services import call_words
from crm.services.access import may
from crm.services.call_details import CallRow, ForWhom
from crm.ui.tables import badge, link
from crm.ui.words import count, say

PEOPLE_SHOWN = 5
"""So many people are told of each employer, those whom it suits most first."""


def draw_rows(rows: Sequence[CallRow], user: Actor) -> None:
    """Draw employers one below the other."""
    items = "".join(_card(row, user) for row in rows)
    st.html(f'<ul class="crm-cards" aria-label="Employers worth a call">{items}</ul>')


def _card(row: CallRow, user: Actor) -> str:
    facts = [say(row.stage), *row.trades]
    told = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    lines = [
        (f"For {count(len(row.people), 'person', 'people')}", _people(row.people)),
        ("Warm link", _said(call_words.warm(row)) or "None yet: nobody has been in contact"),
        ("Before you call", _said(_heed(row))),
    ]
    said = "".join(f"<div><dt>{term}</dt><dd>{value}</dd></div>" for term, value in lines if value)
    name = link(row.name, "employer", id=row.id).html()
    held = f" {badge('Mind before you call')}" if call_words.heed(row) else ""
    return (
        f'<li class="crm-card"><div class="crm-card-head">{name}{held}</div>'
        f'<ul class="crm-card-facts">{told}</ul><dl class="crm-card-lines">{said}</dl>'
        f"{_offered(row, user)}</li>"
    )


def _heed(row: CallRow) -> list[str]:
    why = [f"why quiet: {row.quiet_why}"] if row.quiet_until is not None and row.quiet_why else []
    return [*call_words.heed(row), *why]


def _people(people: Sequence[ForWhom]) -> str:
    told = [
        f"{link(one.name, 'seeker', id=one.seeker_id).html()}: {_said(call_words.why(one))}" for one in people
    ]
    left = len(people) - PEOPLE_SHOWN
    more = [f"and {count(left, 'more person', 'more people')}"] if left > 0 else []
    return "<br>".join(told[:PEOPLE_SHOWN] + more)


def _said(parts: Sequence[str]) -> str:
    return escape(" · ".join(parts))


def _offered(row: CallRow, user: Actor) -> str:
    wanted = (
        (Action.CONTACTS_RECORD, "Log a contact", "log-contact"),
        (Action.TASKS_RECORD, "Add a task", "task-change"),
    )
    items = "".join(
        f"<li>{link(text, page, employer=row.id).html()}</li>"
        for action, text, page in wanted
        if may(user, action)
    )
    return f'<ul class="crm-links" aria-label="{escape(row.name)}">{items}</ul>' if items else ""
