"""All colleagues: who can sign in, with which roles, and when they last used the service."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import colleagues
from crm.services.colleagues import ColleagueRow
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row, search_box
from crm.ui.roles import role_words
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, link, links, table
from crm.ui.words import moment, say


def cells(row: ColleagueRow) -> tuple[Cell, ...]:
    """One line of the table."""
    seen = moment(row.seen_at) if row.seen_at else "Never"
    return link(row.name, "colleague", id=row.id), row.email, role_words(row.roles), say(row.access), seen


@live_part
def colleague_list(user: Actor) -> None:
    """The table for what is searched."""
    typed = search_box("Search by name or e-mail address")
    with reading() as session:
        page = colleagues.listing(session, typed, offset=first_row(), limit=PAGE_SIZE, by=user)
    if page.rows:
        columns = ["Name", "E-mail address", "Roles", "Access", "Last used"]
        table("Colleagues", columns, [cells(row) for row in page.rows])
    else:
        st.info("No colleague fits. Clear the search, or add a colleague.")
    draw_pages(page.total, one="colleague")


user = require_user()
with refuse_politely(), reading() as session:
    colleagues.listing(session, "", offset=0, limit=1, by=user)
st.title("Colleagues", anchor=False)
show_flash()
links(
    [link("Add a colleague", "colleague-edit"), link("Teams", "teams"), link("Caseloads", "caseloads")],
    label="What you can do",
)
colleague_list(user)
