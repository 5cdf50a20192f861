"""What happened to one record: who changed what, when, from what to what."""

import streamlit as st

from crm.db import reading
from crm.errors import NotFoundError
from crm.services import history
from crm.ui.address import needed_id
from crm.ui.calling import in_our_words
from crm.ui.guard import require_user
from crm.ui.history_words import sentence
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, table
from crm.ui.words import moment

user = require_user()
with refuse_politely(), reading() as session:
    kind = str(st.query_params.get("of", ""))
    if kind not in history.KINDS:
        raise NotFoundError("There is no history of this kind. Open it from the page of a record.")
    record_id = needed_id("id")
    page = history.history(session, kind, record_id, offset=first_row(), limit=PAGE_SIZE, by=user)

called = in_our_words(history.KINDS[kind].called)
st.title(f"History of this {called}", anchor=False)
links([link(f"Back to the {called}", kind, id=record_id)], label="Record")
rows = [(moment(one.at), one.by, sentence(one)) for one in page.rows]
if rows:
    table("What happened, the latest first", ["When", "Who", "What"], rows)
else:
    st.info("Nothing is recorded here yet.")
draw_pages(page.total, one="change")
