"""Import job adverts: upload, look at what would come in, decide about employers, import."""

import streamlit as st

from crm.db import reading
from crm.errors import CrmError
from crm.models.jobs import Upload
from crm.models.users import Actor
from crm.policy import Action
from crm.readers.limits import ADVERT_BYTES
from crm.services import imports, vacancy_previews
from crm.services.access import ensure
from crm.services.vacancy_previews import Lot
from crm.ui import advert_preview
from crm.ui.guard import require_user
from crm.ui.holding import bring_in, let_go
from crm.ui.job_progress import follow, go_on_to_result, is_live, job_of, say_how_it_ended
from crm.ui.problems import show_problem
from crm.ui.screens import refuse_politely
from crm.ui.words import count


def upload(user: Actor) -> None:
    st.html(
        "<p>Upload adverts as schema.org JobPosting: JSON, JSON Lines, web pages, a CSV of its columns, "
        "or a zip with thousands of such files. You see what would come in before anything is stored.</p>"
    )
    files = st.file_uploader(
        "Files of adverts", accept_multiple_files=True, max_upload_size=ADVERT_BYTES // 1024**2
    )
    if not files or not st.button("Read the adverts", type="primary"):
        return
    try:
        with st.spinner("Reading the files…"):
            advert_preview.SHELF.receive([(file.name, file.getvalue()) for file in files], user)
    except CrmError as problem:
        show_problem(problem)
        return
    st.rerun()


def look(kept: Upload, lot: Lot, user: Actor) -> None:
    with reading() as session:
        before = imports.same_file(session, lot.digest, imports.ImportKind.VACANCIES, by=user)
    if before:
        st.info("The same upload came in before. What is here already will be skipped.")
    with reading() as session:
        found = vacancy_previews.preview(session, lot, by=user)
    advert_preview.draw_figures(lot, found)
    choices = advert_preview.draw_choices(found)
    new = found.count(vacancy_previews.Fate.NEW)
    again, go_on = st.columns(2)
    if again.button("Upload something else"):
        let_go(kept, user)
        st.rerun()
    label = f"Import {count(new, 'vacancy', 'vacancies')}" if new else "Keep the figures of this upload"
    if go_on.button(label, type="primary"):
        bring_in(kept, user, choices=choices)
        st.rerun()
    advert_preview.draw_adverts(lot, found)


user = require_user()
with refuse_politely(), reading() as session:
    ensure(session, user, Action.IMPORTS_RUN)
st.title("Import job adverts", anchor=False)
kept = advert_preview.SHELF.waiting(user)
job = job_of(kept, user) if kept else None
if kept is None:
    go_on_to_result(user)
    upload(user)
elif job is not None and is_live(job):
    follow(job.key, user)
else:
    say_how_it_ended(job)
    with refuse_politely():
        look(kept, advert_preview.SHELF.open(kept, user), user)
