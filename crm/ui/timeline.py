"""The timeline of an employer: what it is narrowed to, its entries, its pages."""

from html import escape

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import timeline
from crm.services.timeline import Entry
from crm.ui.guard import live_part
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row, kinds_filter
from crm.ui.tables import cell_html, fold_html
from crm.ui.timeline_rows import line_of
from crm.ui.words import day

_OF = "timeline-of"


def begin_timeline(employer_id: int) -> None:
    """Forget what the timeline of the employer before was narrowed to; before anything of it is drawn."""
    if st.session_state.get(_OF, employer_id) != employer_id:
        st.session_state.pop("show", None)
        st.session_state.pop("page", None)
    st.session_state[_OF] = employer_id


@live_part
def draw_timeline(employer_id: int, user: Actor) -> None:
    """Everything that happened with an employer, the latest first."""
    kinds = kinds_filter("Show only", timeline.kinds(by=user), key="show")
    with reading() as session:
        page = timeline.listing(session, employer_id, kinds, offset=first_row(), limit=PAGE_SIZE, by=user)
    if page.rows:
        items = "".join(_item(entry, employer_id) for entry in page.rows)
        st.html(f'<ol class="crm-timeline" aria-label="What happened, the latest first">{items}</ol>')
    draw_pages(page.total, one="entry", many="entries")


def _item(entry: Entry, employer_id: int) -> str:
    line = line_of(entry, employer_id)
    about = " · ".join(escape(part) for part in (line.words, entry.who) if part)
    note = fold_html(line.note) if line.note else ""
    return (
        f'<li><time datetime="{entry.on.isoformat()}">{day(entry.on)}</time>'
        f'<div><p>{cell_html(line.what)} <span class="crm-quiet">{about}</span></p>{note}</div></li>'
    )
