"""Undo an import: what would be archived, put back and left as it is; then it is done, once, as a job."""

import streamlit as st

from crm.db import reading
from crm.models.base import utc_now
from crm.services import import_undo, imports
from crm.ui.address import needed_id
from crm.ui.guard import require_user
from crm.ui.job_progress import follow, is_live, say_how_it_ended
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said
from crm.ui.undoing import RULE, ask_to_undo, button_words, draw_left, draw_outlook
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    batch = imports.find(session, needed_id("id"), by=user)
    job = import_undo.latest_job(session, batch.key, by=user)

if job is not None and is_live(job):
    st.title("Undo an import", anchor=False)
    follow(job.key, user)
    st.stop()

with refuse_politely(), reading() as session:
    seen = import_undo.outlook(session, batch.key, by=user, now=utc_now())
st.title(f"Undo the import of {plain(batch.file_name)}", anchor=False)
links([link("Back to the import", "import", id=batch.key)], label="What you can do")
if batch.undone_at is not None:
    st.info("This import was undone already.")
else:
    say_how_it_ended(job)
    said(RULE)
    draw_outlook(seen)
    if not (seen.archived or seen.put_back):
        st.info("Everything of this import has been changed since, so there is nothing left to undo.")
    elif st.button(button_words(seen), type="primary"):
        ask_to_undo(batch.key, user)
        st.rerun()
draw_left(seen)
