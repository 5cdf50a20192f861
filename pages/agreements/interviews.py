"""Interviews under agreements shared out: by each agreement's rule, and all at once. A person decides."""

from datetime import timedelta

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import interview_ways
from crm.ui import interview_rows as rows
from crm.ui.charts import bar_chart, show_chart
from crm.ui.guard import live_part, require_user
from crm.ui.lists import draw_choice
from crm.ui.progress import telling
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said, table
from crm.ui.words import count, today


@live_part
def share_out(user: Actor) -> None:
    within = int(draw_choice("Closing within", rows.PERIODS, key="within") or rows.USUAL)
    until = today() + timedelta(days=within)
    with refuse_politely(), telling("Comparing the ways to share them out") as told, reading() as session:
        found = interview_ways.of_period(session, today(), until, by=user, today=today(), progress=told)
    if not found.vacancies:
        st.info(
            "Nobody waits for an interview under an agreement in this period. "
            "Note who wants one with “Put somebody forward” at a vacancy under an agreement."
        )
        return
    left = sum(one.left or 0 for one in found.vacancies)
    people = count(len(found.people), "person wants", "people want")
    vacancies = count(len(found.vacancies), "vacancy", "vacancies")
    st.html(f'<p class="crm-count" role="status">{people} an interview at {vacancies}; {left:,} left</p>')
    if not found.optimal:
        st.warning("The proposal was not finished in time: a better one may exist. Choose a shorter period.")
    st.header("Who has an interview either way", anchor=False)
    figures = rows.figure_rows(found)
    show_chart(
        bar_chart(*rows.bars(found)),
        alt=rows.chart_alt(found),
        columns=rows.FIGURE_COLUMNS,
        rows=figures,
        key="either-way",
        numbers=rows.FIGURE_NUMBERS,
    )
    st.header("Who gains and who loses by the proposal", anchor=False)
    table("Either way, person by person", rows.PERSON_COLUMNS, rows.person_rows(found), numbers=rows.CHANCES)
    st.header("The interviews", anchor=False)
    said("Open a vacancy to decide on its interviews: by its rule, or otherwise with a reason.")
    shown = rows.vacancy_rows(found, within)
    table("Interviews that are wanted", rows.VACANCY_COLUMNS, shown, numbers=rows.VACANCY_NUMBERS)


user = require_user()
st.title("Interviews shared out", anchor=False)
links([link("All promises", "promises"), link("Agreements", "agreements")], label="What belongs to this")
said(
    "More people want interviews under agreements than there are. Each agreement’s own rule decides about "
    "its vacancy. Beside it stands a proposal for all of them at once: those who have been put forward least "
    "so far get one, and the one that suits them best; then as many others as there are. Nobody is left out "
    "by this page, and it decides nothing: a person does, at each vacancy."
)
share_out(user)
