"""All employers: searched, narrowed and sorted, as a list, as a board by stage, or as a week."""

import streamlit as st

from crm.db import reading
from crm.models.employer_lists import ListPage
from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import employers
from crm.services.access import may
from crm.services.employer_filters import EmployerFilter
from crm.ui.employer_board import draw_board, draw_week
from crm.ui.employer_narrowing import draw_filter
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.neighbours import within
from crm.ui.saved_views import draw_keeping, draw_views
from crm.ui.tables import link, links, table
from crm.ui.taking_away import offer_file
from crm.ui.words import day, say, today

COLUMNS = ["Name", "Stage", "Tier", "Owner", "Last contact", "Next step", "Postcode", "Open vacancies"]


@live_part
def employer_list(user: Actor) -> None:
    wanted = draw_filter(user)
    with reading() as session:
        page = employers.listing(session, wanted, offset=first_row(), limit=PAGE_SIZE, by=user, today=today())
    kept = within(wanted)
    rows = [
        (
            link(row.name, "employer", id=row.id, **kept),
            say(row.stage),
            say(row.tier),
            row.owner or "Nobody yet",
            day(row.last_contact_on) if row.last_contact_on else "Never",
            day(row.next_step_on) if row.next_step_on else "None",
            row.postcode or "",
            row.open_vacancies,
        )
        for row in page.rows
    ]
    if rows:
        table("Employers", COLUMNS, rows, numbers="Open vacancies")
    else:
        st.info("No employer fits. Clear the filters, add an employer, or import a list.")
    draw_pages(page.total, one="employer")
    if page.total and may(user, Action.EMPLOYERS_RECORD):
        links([link("Change several of these", "employers-change", **kept)], label="With this list")
    offer_file(ExportKind.EMPLOYERS, wanted, user)


@live_part
def employer_board(user: Actor) -> None:
    wanted: EmployerFilter = draw_filter(user, is_list=False)
    draw_board(wanted, user)


@live_part
def employer_week(user: Actor) -> None:
    wanted: EmployerFilter = draw_filter(user, is_list=False)
    draw_week(wanted, user)


DRAWN = {"List": employer_list, "Board": employer_board, "Week": employer_week}

user = require_user()
st.title("Employers", anchor=False)
show_flash()
offered = [link("Who to call next", "calls")] if may(user, Action.MATCHES_READ) else []
if may(user, Action.IMPORTS_READ):
    offered.append(link("Imports", "imports"))
if may(user, Action.EMPLOYERS_RECORD):
    offered = [
        link("Add an employer", "employer-edit"),
        link("Import a list", "import-employers"),
        *offered,
        link("Possible duplicates", "possible-duplicates"),
    ]
if offered:
    links(offered, label="What you can do")
draw_views(ListPage.EMPLOYERS, user)
view = st.segmented_control(
    "View", list(DRAWN), default="List", key="view", bind="query-params", label_visibility="collapsed"
)
DRAWN[view or "List"](user)
draw_keeping(ListPage.EMPLOYERS, user)
