"""The import of a list of any kind on the screen: upload, columns, what will happen, import."""

import streamlit as st

from crm.db import reading
from crm.errors import CrmError, RuleBrokenError
from crm.models.imports import ImportKind
from crm.models.jobs import Upload
from crm.models.users import Actor
from crm.policy import Action
from crm.readers.limits import UPLOAD_BYTES
from crm.services import list_imports
from crm.services.access import ensure
from crm.ui.holding import bring_in, let_go
from crm.ui.import_words import kind_words, template_links
from crm.ui.job_progress import follow, go_on_to_result, is_live, job_of, say_how_it_ended
from crm.ui.list_preview import SHELVES, HeldFile, choose_columns, draw_preview, how_read
from crm.ui.problems import show_problem
from crm.ui.screens import refuse_politely
from crm.ui.tables import links, said
from crm.ui.words import count

_TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"]


def draw_import(kind: ImportKind, user: Actor) -> None:
    """Draw the whole page: the empty form, the import under way, or the preview of what was uploaded."""
    with refuse_politely(), reading() as session:
        ensure(session, user, Action.IMPORTS_RUN)
        ensure(session, user, list_imports.recording(kind))
    called = kind_words(kind)
    st.title(f"Import {called[:1].lower()}{called[1:]}", anchor=False)
    kept = SHELVES[kind].waiting(user)
    job = job_of(kept, user) if kept else None
    if kept is None:
        go_on_to_result(user)
        _upload(kind, user)
    elif job is not None and is_live(job):
        follow(job.key, user)
    else:
        say_how_it_ended(job)
        with refuse_politely():
            _look(kept, SHELVES[kind].open(kept, user), user)


def _upload(kind: ImportKind, user: Actor) -> None:
    said("You see what would happen to each row before anything is saved. No list yet? Fill in an empty one.")
    links(template_links(kind), label="Empty lists to fill in")
    uploaded = st.file_uploader(
        "A list as CSV, XLSX, XLS or ODS", type=_TYPES, max_upload_size=UPLOAD_BYTES // 1024**2
    )
    if uploaded is None:
        return
    try:
        with st.spinner("Reading the file…"):
            SHELVES[kind].receive([(uploaded.name, uploaded.getvalue())], user)
    except CrmError as problem:
        show_problem(problem)
        return
    st.rerun()


def _look(kept: Upload, held: HeldFile, user: Actor) -> None:
    file = held.file
    said(
        f"{file.name}: {count(file.table.row_count, 'row')}, {count(len(file.table.header), 'column')}. "
        f"{how_read(file.table)}"
    )
    if st.button("Upload something else"):
        let_go(kept, user)
        st.rerun()
    with st.expander("Which column holds what", expanded=True):
        mapping = choose_columns(held, user)
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
    draw_preview(seen, held.kind)
