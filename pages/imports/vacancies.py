"""Import job adverts: upload, look at what would come in, decide about employers, import."""

import streamlit as st

from crm.db import reading, transaction
from crm.errors import CrmError
from crm.models.users import Actor
from crm.policy import Action
from crm.readers.limits import ADVERT_BYTES
from crm.services import imports, vacancy_imports, vacancy_previews
from crm.services.access import ensure
from crm.services.vacancy_previews import Lot
from crm.ui import advert_preview
from crm.ui.flash import after_this
from crm.ui.guard import require_user
from crm.ui.problems import show_problem
from crm.ui.progress import telling
from crm.ui.screens import go_to, refuse_politely
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
        contents = [(file.name, file.getvalue()) for file in files]
        with telling("Reading the files") as progress:
            lot = vacancy_previews.read_lot(contents, progress=progress)
    except CrmError as problem:
        show_problem(problem)
        return
    advert_preview.SHELF.put(lot, user)
    st.rerun()


def look(lot: Lot, user: Actor) -> None:
    with reading() as session:
        found = vacancy_previews.preview(session, lot, by=user)
    advert_preview.draw_figures(lot, found)
    choices = advert_preview.draw_choices(found)
    new = found.count(vacancy_previews.Fate.NEW)
    again, go_on = st.columns(2)
    if again.button("Upload something else"):
        advert_preview.SHELF.drop()
        st.rerun()
    label = f"Import {count(new, 'vacancy', 'vacancies')}" if new else "Keep the figures of this upload"
    if go_on.button(label, type="primary"):
        take_in(lot, choices, user)
    advert_preview.draw_adverts(lot, found)


def take_in(lot: Lot, choices: vacancy_imports.Choices, user: Actor) -> None:
    try:
        with telling("Importing") as progress, transaction() as session:
            batch = vacancy_imports.take_in(session, lot, choices, by=user, progress=progress)
    except CrmError as problem:
        show_problem(problem)
        return
    advert_preview.SHELF.drop()
    after_this(f"{count(batch.rows_added, 'vacancy', 'vacancies')} imported.")
    go_to("import", id=batch.key)


user = require_user()
with refuse_politely(), reading() as session:
    ensure(session, user, Action.IMPORTS_RUN)
st.title("Import vacancies", anchor=False)
lot = advert_preview.SHELF.find(user)
if lot is None:
    upload(user)
else:
    with reading() as session:
        before = imports.same_file(session, lot.digest, imports.ImportKind.VACANCIES, by=user)
    if before:
        st.info("The same upload came in before. What is here already will be skipped.")
    look(lot, user)
