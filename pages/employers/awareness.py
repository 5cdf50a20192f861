"""Record a disability-awareness session given to an employer, change it, or put it aside."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.awareness import AwarenessInput, AwarenessSession
from crm.services import awareness, employers, staff
from crm.ui.address import needed_id, optional_id
from crm.ui.archiving import draw_archiving
from crm.ui.fields import day, number, pick, text
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.neighbours import kept_within
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import day as day_words
from crm.ui.words import today

user = require_user()
with refuse_politely(), reading() as session:
    session_id = optional_id("id")
    given = awareness.find(session, session_id, by=user) if session_id else None
    employer = employers.find(session, given.employer_id if given else needed_id("employer"), by=user)
    sites = awareness.sites_to_name(session, employer.key, chosen=given, by=user)
    colleagues = staff.names(session, by=user)

st.title(f"Session of {day_words(given.held_on)}" if given else "Add an awareness session", anchor=False)
show_flash()
links([link(employer.name, "employer", id=employer.key, **kept_within())], label="Employer")
fields = [
    day("held_on", "Given on"),
    pick("given_by", "Who gave it", colleagues),
    pick("site_id", "Site", {site.key: site.label for site in sites}),
    number("came", "How many came"),
    text("feedback", "What they said about it"),
]


def save(session: Session, typed: AwarenessInput, version: int) -> AwarenessSession:
    if given is None:
        return awareness.add(session, employer.key, typed, by=user, today=today())
    return awareness.change(session, given.key, typed, version=version, by=user, today=today())


def then(saved: AwarenessSession) -> None:
    after_this(f"The session of {day_words(saved.held_on)} is saved.")
    go_to("employer", id=saved.employer_id, **kept_within())


if given is None or given.archived_at is None:
    form = RecordForm("awareness", fields, AwarenessInput, given, "Save session", belongs_to=employer.key)
    draw_form(form, user=user, save=save, then=then)
if given is not None:
    draw_archiving(given, "session", archive=awareness.archive, bring_back=awareness.bring_back, user=user)
