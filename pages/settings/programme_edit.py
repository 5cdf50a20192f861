"""Add a programme, or change one: its dates, funder and law, and whether it takes people."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.programmes import Programme, ProgrammeInput
from crm.services import programmes
from crm.ui.address import optional_id
from crm.ui.fields import day, line, text, tick
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    programme_id = optional_id("id")
    programme = programmes.find(session, programme_id, by=user) if programme_id is not None else None

st.title(plain(f"Edit {programme.name}") if programme else "Add a programme", anchor=False)
links([link("All programmes", "programmes")], label="Where this belongs")
LAW = "What the law asks"
fields = [
    line("name", "Name of the programme"),
    line("funder", "Who pays for it"),
    day("starts_on", "Starts on"),
    day("ends_on", "Ends on"),
    line("lawful_basis", "Lawful basis (UK GDPR, Article 6)", hint="For example public task.", section=LAW),
    text(
        "special_condition",
        "Condition for health and other special facts (Article 9, Schedule 1)",
        hint="As your data protection lead words it.",
        section=LAW,
    ),
    line(
        "policy_document",
        "Appropriate Policy Document",
        hint="Its address, beginning with https://.",
        section=LAW,
    ),
    tick("is_dormant", "Dormant: takes nobody new"),
]


def save(session: Session, typed: ProgrammeInput, version: int) -> Programme:
    """Store the programme."""
    if programme is None:
        return programmes.add(session, typed, by=user)
    return programmes.change(session, programme.key, typed, version=version, by=user)


def then(saved: Programme) -> None:
    """Go on to the programme's own page."""
    after_this(f"“{saved.name}” is saved.")
    go_to("programme", id=saved.key)


form = RecordForm("programme", fields, ProgrammeInput, programme, "Save programme")
draw_form(form, user=user, save=save, then=then)
