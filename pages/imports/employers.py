"""Import a list of employers: choose the file and its columns, see what would happen, then take it in."""

import streamlit as st

from crm.db import reading, transaction
from crm.errors import CrmError, RuleBrokenError
from crm.models.users import Actor
from crm.policy import Action
from crm.readers.limits import UPLOAD_BYTES
from crm.readers.tables import read_table
from crm.services import employer_imports, imports
from crm.services.access import ensure
from crm.services.employer_imports import EmployerFile
from crm.ui.employer_preview import SHELF, HeldFile, Mapping, choose_columns, draw_preview
from crm.ui.flash import after_this
from crm.ui.guard import require_user
from crm.ui.problems import show_problem
from crm.ui.progress import telling
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import said
from crm.ui.words import count

TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"]


def upload(user: Actor) -> None:
    said("You see what would happen to each row before anything is saved.")
    uploaded = st.file_uploader(
        "A list as CSV, XLSX, XLS or ODS", type=TYPES, max_upload_size=UPLOAD_BYTES // 1024**2
    )
    if uploaded is None:
        return
    content = uploaded.getvalue()
    try:
        table = read_table(content, uploaded.name)
    except CrmError as problem:
        show_problem(problem)
        return
    SHELF.put(HeldFile(EmployerFile(uploaded.name, imports.digest_of(content), table)), user)
    st.rerun()


def look(held: HeldFile, user: Actor) -> None:
    file = held.file
    said(f"{file.name}: {count(file.table.row_count, 'row')}, {count(len(file.table.header), 'column')}.")
    if st.button("Upload something else"):
        SHELF.drop()
        st.rerun()
    with st.expander("Which column holds what", expanded=True):
        mapping = choose_columns(file)
    st.header("What will happen", anchor=False)
    try:
        with reading() as session:
            seen = held.preview(session, mapping, user)
    except RuleBrokenError as problem:
        show_problem(problem)
        return
    if st.button(f"Import {count(seen.figures.read, 'row')}", type="primary"):
        take_in(file, mapping, user)
    draw_preview(seen)


def take_in(file: EmployerFile, mapping: Mapping, user: Actor) -> None:
    try:
        with telling("Importing") as progress, transaction() as session:
            batch = employer_imports.run(session, file, mapping, by=user, progress=progress)
    except CrmError as problem:
        show_problem(problem)
        return
    SHELF.drop()
    after_this(f"{count(batch.rows_added, 'employer')} added, {batch.rows_updated:,} updated.")
    go_to("import", id=batch.key)


user = require_user()
with refuse_politely(), reading() as session:
    ensure(session, user, Action.IMPORTS_RUN)
st.title("Import employers", anchor=False)
held = SHELF.find(user)
if held is None:
    upload(user)
else:
    look(held, user)
