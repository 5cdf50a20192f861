"""Who has whom: each colleague with what they have, and the covers in force."""

import streamlit as st

from crm.db import reading
from crm.models.caseloads import CaseloadKind
from crm.models.users import Actor
from crm.services import caseloads, covers
from crm.services.caseloads import CaseloadRow
from crm.ui.caseload_parts import COVER_COLUMNS, cover_cells, heading_of
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row, search_box
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, link, table
from crm.ui.words import today


def cells(row: CaseloadRow) -> tuple[Cell, ...]:
    """One colleague."""
    state = "Shut out" if row.is_shut_out else ""
    name = link(row.name, "caseload", id=row.id)
    return name, row.team or "None", state, row.seekers, row.employers, row.agreements


@live_part
def caseload_list(user: Actor) -> None:
    """The table for what is searched."""
    typed = search_box("Search by name")
    with reading() as session:
        page = caseloads.listing(session, typed, offset=first_row(), limit=PAGE_SIZE, by=user)
    kinds = [heading_of(kind) for kind in CaseloadKind]
    if page.rows:
        columns = ["Colleague", "Team", "Access", *kinds]
        table("Caseloads", columns, [cells(row) for row in page.rows], numbers=",".join(kinds))
    else:
        st.info("No colleague fits. Clear the search.")
    draw_pages(page.total, one="colleague")


user = require_user()
with refuse_politely(), reading() as session:
    standing = covers.in_force(
        session, today=today(), offset=first_row(key="covers"), limit=PAGE_SIZE, by=user
    )
st.title("Caseloads", anchor=False)
show_flash()
caseload_list(user)
st.header("Cover in force", anchor=False)
if standing.rows:
    table("Cover in force", COVER_COLUMNS, [cover_cells(row) for row in standing.rows])
    draw_pages(standing.total, one="cover", key="covers")
else:
    st.caption("Nobody stands in for anybody. Handing over with an overlap makes cover.")
