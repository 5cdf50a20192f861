"""One import: its figures, and the rows that were not taken in, with the reason and as a file to mend."""

import streamlit as st

from crm.db import reading
from crm.models.base import utc_now
from crm.models.imports import ImportBatch, RowOutcome
from crm.models.users import Actor
from crm.policy import Action
from crm.services import import_undo, imports, staff
from crm.services.access import may
from crm.services.imports import ImportFigures
from crm.ui.address import needed_id
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.import_words import kind_words
from crm.ui.list_preview import show_figures
from crm.ui.lists import PAGE_SIZE, choice_filter, draw_pages, first_row
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said, table
from crm.ui.words import moment, plain, say

COLUMNS = ["Row", "Outcome", "Field", "Why", "What it holds"]


@live_part
def set_aside(batch: ImportBatch, user: Actor) -> None:
    outcome = choice_filter("Outcome", list(RowOutcome), key="outcome")
    with reading() as session:
        page = imports.refused_rows(
            session, batch.key, outcome=outcome, offset=first_row(), limit=PAGE_SIZE, by=user
        )
    if page.rows:
        rows = [
            (row.place, say(row.outcome), row.field, row.reason, holds(row.original)) for row in page.rows
        ]
        table("Rows that were not taken in", COLUMNS, rows)
    else:
        st.info("Every row was taken in, or was about a record that it had nothing to add to.")
    draw_pages(page.total, one="row")


def holds(original: dict[str, object]) -> str:
    text = ", ".join(str(value) for value in original.values() if value not in (None, ""))
    return text if len(text) <= 160 else f"{text[:160]}…"


user = require_user()
with refuse_politely(), reading() as session:
    batch = imports.find(session, needed_id("id"), by=user)
    brought_in_by = staff.name_of(session, batch.created_by, by=user) or "the system"
    undone_by = staff.name_of(session, batch.undone_by, by=user) or "the system"
    reason = import_undo.why_not(session, batch, now=utc_now())
figures = ImportFigures(batch.rows_added, batch.rows_updated, batch.rows_skipped, batch.rows_refused)

st.title(f"Import of {plain(batch.file_name)}", anchor=False)
show_flash()
said(f"{kind_words(batch.kind)}, brought in by {brought_in_by} on {moment(batch.created_at)}.")
show_figures(figures)
for note in batch.notes:
    said(note)
offered = [link("All imports", "imports")]
if batch.undone_at is not None:
    st.info(f"This import was undone by {plain(undone_by)} on {moment(batch.undone_at)}.")
    offered.append(link("What was left as it is", "import-undo", id=batch.key))
elif reason is None and may(user, Action.IMPORTS_RUN):
    offered.append(link("Undo the whole import", "import-undo", id=batch.key))
elif reason is not None:
    said(reason)
may_see_rows = imports.may_see_rows(batch, by=user)
if may_see_rows and (figures.refused or figures.skipped):
    offered.append(link("Download the rows that were not taken in (CSV)", f"files/refused/{batch.key}.csv"))
links(offered, label="What you can do")
st.header("Rows that were not taken in", anchor=False)
if may_see_rows:
    set_aside(batch, user)
else:
    said("They are shown to those who may record such things, as they say how to reach people.")
if batch.mapping:
    with st.expander("Which columns were used"):
        table("Columns", ["Column", "Used as"], [(column, name) for name, column in batch.mapping.items()])
