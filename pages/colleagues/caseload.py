"""One colleague's caseload: what they have, where they stand in, and what was handed over."""

import streamlit as st

from crm.db import reading
from crm.models.caseloads import CaseloadKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import caseloads, covers, handover_list
from crm.services.access import may
from crm.ui.address import needed_id
from crm.ui.caseload_parts import caseload_words, draw_cover, draw_handovers, heading_of, name_cell
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.screens import refuse_politely
from crm.ui.tables import heading_line, link, links, table
from crm.ui.words import plain, today

LATEST = 10


@live_part
def draw_kind(kind: CaseloadKind, user_id: int, user: Actor) -> None:
    """One page of what they have of a kind."""
    key = f"{kind.name.lower()}-page"
    with reading() as session:
        page = caseloads.held(session, user_id, kind, offset=first_row(key=key), limit=PAGE_SIZE, by=user)
    st.header(heading_of(kind), anchor=False)
    if page.rows:
        table(heading_of(kind), ["Name"], [(name_cell(kind, row, user),) for row in page.rows])
    draw_pages(page.total, one="record", key=key)


user = require_user()
with refuse_politely(), reading() as session:
    colleague = caseloads.colleague(session, needed_id("id"), by=user)
    has = caseloads.sizes(session, colleague.key, by=user)
    moved = handover_list.recent(session, colleague.key, limit=LATEST, by=user)
    standing = covers.in_force(
        session,
        today=today(),
        offset=first_row(key="covers"),
        limit=PAGE_SIZE,
        by=user,
        user_id=colleague.key,
    )

st.title(plain(f"Caseload of {colleague.name}"), anchor=False)
show_flash()
heading_line(*(["Shut out"] if colleague.disabled_at else []), note=caseload_words(has))
offered = [link("All caseloads", "caseloads")]
if any(has.values()) and may(user, Action.CASELOADS_HAND_OVER):
    offered.insert(0, link("Hand over", "hand-over", id=colleague.key))
links(offered, label="What you can do")
for kind in CaseloadKind:
    draw_kind(kind, colleague.key, user)
draw_cover(standing.rows, standing.total, user)
if standing.rows:
    draw_pages(standing.total, one="cover", key="covers")
draw_handovers(moved, user)
