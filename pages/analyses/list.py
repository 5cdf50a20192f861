"""All job analyses: search, page through."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.policy import Action
from crm.services import analyses, employers
from crm.services.access import may
from crm.services.analyses import AnalysisFilter
from crm.ui.address import optional_id
from crm.ui.analysis_words import analysed_words
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row, search_box
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, table
from crm.ui.words import plain, today


@live_part
def analysis_list(user: Actor, employer_id: int | None) -> None:
    search, only = st.columns([3, 1])
    with search:
        words = search_box("Search by job or employer")
    with only:
        is_archived = st.checkbox("Archived", key="archived", bind="query-params")
    wanted = AnalysisFilter(words, employer_id, is_archived)
    with reading() as session:
        page = analyses.listing(session, wanted, offset=first_row(), limit=PAGE_SIZE, by=user)
    rows = [
        (
            link(row.title, "analysis", id=row.id),
            link(row.employer, "employer", id=row.employer_id),
            row.site or "",
            analysed_words(row.analysed_on, today()),
            row.analyst or "",
            row.tasks,
        )
        for row in page.rows
    ]
    if rows:
        columns = ["Job", "Employer", "Site", "Analysed on", "By", "Tasks"]
        table("Job analyses", columns, rows, numbers="Tasks")
    else:
        st.info("No job analysis fits. Clear the search, or add one on your next visit to a workplace.")
    draw_pages(page.total, one="job analysis", many="job analyses")


user = require_user()
employer_id = optional_id("employer")
with refuse_politely(), reading() as session:
    employer = employers.find(session, employer_id, by=user) if employer_id is not None else None
st.title(f"Job analyses of {plain(employer.name)}" if employer else "Job analyses", anchor=False)
if may(user, Action.ANALYSES_RECORD):
    chosen = {"employer": employer.key} if employer else {}
    ways = [
        link("Start a job analysis on site", "analysis-start", **chosen),
        link("Add a job analysis", "analysis-edit", **chosen),
    ]
    links(ways, label="What you can do")
analysis_list(user, employer_id)
