"""All files that were taken away: who, when, which list, how it was narrowed, how many rows."""

import streamlit as st

from crm.db import reading
from crm.services import exports
from crm.ui.guard import require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.screens import refuse_politely
from crm.ui.tables import table
from crm.ui.words import moment, say

COLUMNS = ["When", "Who", "List", "Narrowed by", "Rows", "File"]

user = require_user()
with refuse_politely(), reading() as session:
    page = exports.listing(session, offset=first_row(), limit=PAGE_SIZE, by=user)
st.title("Files taken away", anchor=False)
if page.rows:
    rows = [
        (
            moment(taken.created_at),
            who or "The system",
            say(taken.kind),
            taken.narrowed_by,
            taken.rows,
            taken.file_format.upper(),
        )
        for taken, who in page.rows
    ]
    table("Files taken away, the latest first", COLUMNS, rows, numbers="Rows")
else:
    st.info("Nobody has taken a list away as a file yet.")
draw_pages(page.total, one="file")
