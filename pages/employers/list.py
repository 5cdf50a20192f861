"""All employers: search, filter, page through."""

import streamlit as st

from crm.db import reading
from crm.models.employers import RelationshipStage, Tier
from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import employers
from crm.services.access import may
from crm.services.cold_accounts import COLD_AFTER_DAYS
from crm.services.employers import EmployerFilter
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, choice_filter, draw_pages, first_row, search_box
from crm.ui.tables import link, links, table
from crm.ui.taking_away import offer_file
from crm.ui.words import say, today


@live_part
def employer_list(user: Actor) -> None:
    search, stage, tier, only = st.columns([2, 1, 1, 1], vertical_alignment="bottom")
    with search:
        words = search_box("Search by name")
    with stage:
        stage_wanted = choice_filter("Stage", list(RelationshipStage), key="stage")
    with tier:
        tier_wanted = choice_filter("Tier", list(Tier), key="tier")
    with only:
        is_mine = st.checkbox("My accounts", key="mine", bind="query-params")
        is_cold = st.checkbox(f"No contact for {COLD_AFTER_DAYS} days", key="cold", bind="query-params")
        is_archived = st.checkbox("Archived", key="archived", bind="query-params")
    account_of, cold_on = user.id if is_mine else None, today().isoformat() if is_cold else None
    wanted = EmployerFilter(words, stage_wanted, tier_wanted, is_archived, account_of, cold_on)
    with reading() as session:
        page = employers.listing(session, wanted, offset=first_row(), limit=PAGE_SIZE, by=user)
    rows = [
        (
            link(row.name, "employer", id=row.id),
            say(row.stage),
            say(row.tier),
            say(row.size_band),
            row.postcode or "",
            row.owner or "Nobody yet",
            row.open_vacancies,
        )
        for row in page.rows
    ]
    columns = ["Name", "Stage", "Tier", "Size", "Postcode", "Owner", "Open vacancies"]
    if rows:
        table("Employers", columns, rows, numbers="Size,Open vacancies")
    else:
        st.info("No employer fits. Clear the filters, add an employer, or import a list.")
    draw_pages(page.total, one="employer")
    offer_file(ExportKind.EMPLOYERS, wanted, user)


user = require_user()
st.title("Employers", anchor=False)
offered = [link("Imports", "imports")] if may(user, Action.IMPORTS_READ) else []
if may(user, Action.EMPLOYERS_RECORD):
    offered = [link("Add an employer", "employer-edit"), link("Import a list", "import-employers"), *offered]
if offered:
    links(offered, label="What you can do")
employer_list(user)
