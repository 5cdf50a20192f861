"""Compose a job by hand: tick tasks of an employer and see at once what they come to; keep it as an idea."""

import streamlit as st

from crm.db import reading
from crm.services import carves, composing_keeping
from crm.services.composing_steps import Plan
from crm.ui.address import needed_id, optional_id
from crm.ui.guard import require_user
from crm.ui.hand_composing import draw_composing
from crm.ui.hand_state import Hand
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain

user = require_user()
carve_id = optional_id("carve")
with refuse_politely(), reading() as session:
    carve = composing_keeping.open_carve(session, carve_id, by=user) if carve_id is not None else None
    employer_id = carve.employer_id if carve else needed_id("employer")
    employer, sources = carves.sources(session, employer_id, by=user)
    rate = max((source.going_rate or 0.0 for source in sources), default=0.0)
    start = Plan(optional_id("person"), pay=f"{rate:.2f}" if rate else "")
    if carve:
        start = composing_keeping.plan_of(session, carve, by=user)

st.title(f"Compose a job by hand at {plain(employer.name)}", anchor=False)
about = [link(employer.name, "employer", id=employer.key), link("Other ways", "carve", employer=employer.key)]
if not sources:
    about.insert(0, link("Start a job analysis", "analysis-start", employer=employer.key))
if carve:
    about.insert(0, link(f"The idea: {carve.title}", "carved-job", id=carve.key))
links(about, label="See also")
version = carve.version if carve else 0
draw_composing(Hand(employer.key, start, carve.key if carve else None, version), user)
