"""The way to log a contact, at the top of every page: with the employer of the page that one is on."""

from html import escape

import streamlit as st

from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import may
from crm.ui.address import optional_id
from crm.ui.tables import Link, link

ADDRESS = "log-contact"
_LESS = "Log a contact"
"""On a phone one sees the first word of it; the whole is read out."""

_OF_RECORD = {
    **dict.fromkeys(("employer", "employer-edit"), "employer"),
    **dict.fromkeys(("agreement", "agreement-edit", "agreement-move"), "agreement"),
    **dict.fromkeys(("vacancy", "vacancy-edit", "shortlist"), "vacancy"),
    **dict.fromkeys(("analysis", "analysis-edit"), "analysis"),
    "person-edit": "person",
    "site-edit": "site",
    "carved-job": "carve",
    "contact": "contact",
}
"""The pages whose `id` is a record of an employer, and which kind of record that is."""


def draw_log_link(page: str, user: Actor) -> None:
    """Draw the link for those who may record contacts; Alt+L follows it (crm.js)."""
    if page == ADDRESS or not may(user, Action.CONTACTS_RECORD):
        return
    to = _link(page)
    href = to.html().replace(' class="crm-link"', ' class="crm-link" aria-keyshortcuts="Alt+L"', 1)
    href = href.replace(_LESS, f'Log<span class="crm-hidden">{_LESS.removeprefix("Log")}</span>')
    st.html(f'<nav class="crm-log" aria-label="{escape(to.text)}">{href}</nav>')


def _link(page: str) -> Link:
    record_id, employer_id = optional_id("id"), optional_id("employer")
    if page in _OF_RECORD and record_id is not None:
        return link(_LESS, ADDRESS, of=_OF_RECORD[page], id=record_id)
    if employer_id is not None:
        return link(_LESS, ADDRESS, employer=employer_id)
    return link(_LESS, ADDRESS)
