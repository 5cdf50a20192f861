"""Import a list of employers: choose the file and its columns, see what would happen, then take it in."""

import streamlit as st

from crm.db import reading
from crm.errors import CrmError, RuleBrokenError
from crm.models.jobs import Upload
from crm.models.users import Actor
from crm.policy import Action
from crm.readers.limits import UPLOAD_BYTES
from crm.services.access import ensure
from crm.ui.employer_preview import SHELF, HeldFile, choose_columns, draw_preview
from crm.ui.guard import require_user
from crm.ui.holding import bring_in, let_go
from crm.ui.job_progress import follow, go_on_to_result, is_live, job_of, say_how_it_ended
from crm.ui.problems import show_problem
from crm.ui.screens import refuse_politely
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
    try:
        with st.spinner("Reading the file…"):
            SHELF.receive([(uploaded.name, uploaded.getvalue())], user)
    except CrmError as problem:
        show_problem(problem)
        return
    st.rerun()


def look(kept: Upload, held: HeldFile, user: Actor) -> None:
    file = held.file
    said(f"{file.name}: {count(file.table.row_count, 'row')}, {count(len(file.table.header), 'column')}.")
    if st.button("Upload something else"):
        let_go(kept, user)
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
        bring_in(kept, user, mapping=mapping)
        st.rerun()
    draw_preview(seen)


user = require_user()
with refuse_politely(), reading() as session:
    ensure(session, user, Action.IMPORTS_RUN)
st.title("Import employers", anchor=False)
kept = SHELF.waiting(user)
job = job_of(kept, user) if kept else None
if kept is None:
    go_on_to_result(user)
    upload(user)
elif job is not None and is_live(job):
    follow(job.key, user)
else:
    say_how_it_ended(job)
    with refuse_politely():
        look(kept, SHELF.open(kept, user), user)
