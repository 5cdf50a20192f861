"""Carved jobs by stage."""

import streamlit as st

from crm.db import reading
from crm.models.carves import CarveStage
from crm.policy import Action
from crm.services import carves
from crm.services.access import may
from crm.services.carves import CarveRow
from crm.ui.carve_words import goal_words, week_hours
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, link, links, table
from crm.ui.words import count, say

COLUMNS = ["Carved job", "Employer", "For", "Hours a week", "Against the goal"]


def cells(row: CarveRow) -> tuple[Cell, ...]:
    person = link(row.seeker or "", "seeker", id=row.seeker_id) if row.seeker_id is not None else "Nobody yet"
    return (
        link(row.title, "carved-job", id=row.id),
        link(row.employer, "employer", id=row.employer_id),
        person,
        week_hours(row.hours_week),
        goal_words(row.hours_week, row.hours_short),
    )


user = require_user()
st.title("Carved jobs", anchor=False)
offered = [link("Carve a job", "carve")] if may(user, Action.CARVES_READ) else []
links(offered, label="What you can do")
is_archived = st.checkbox("Archived", key="archived", bind="query-params")
with refuse_politely(), reading() as session:
    rows = carves.kept(session, by=user, is_archived=is_archived)
st.html(f'<p class="crm-count" role="status">{count(len(rows), "carved job")} in all</p>')
if not rows:
    st.info("No carved job is kept here. Start with “Carve a job” and an employer whose tasks are analysed.")
for stage in CarveStage:
    of_stage = [cells(row) for row in rows if row.stage is stage]
    if of_stage:
        st.header(f"{say(stage)}: {len(of_stage)}", anchor=False)
        table(f"Carved jobs: {say(stage)}", COLUMNS, of_stage, numbers="Hours a week")
