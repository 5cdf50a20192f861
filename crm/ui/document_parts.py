"""The documents of a record on its page: listed, taken away, attached, archived."""

import streamlit as st
from pydantic import ValidationError

from crm.db import reading
from crm.errors import CrmError
from crm.models.base import Record
from crm.models.documents import DocumentInput
from crm.models.users import Actor
from crm.readers.limits import UPLOAD_BYTES
from crm.services import documents
from crm.services.access import may
from crm.services.document_files import checked
from crm.services.document_places import HOLDERS, Holder, Place, are_shown
from crm.services.documents import DocumentRow
from crm.services.listing import Listing
from crm.ui.calling import in_our_words
from crm.ui.doing import do_now
from crm.ui.guard import live_part
from crm.ui.problems import problems_of, show_problem, show_problems
from crm.ui.tables import Cell, link, said, table
from crm.ui.words import day, say, size

_COLUMNS = ["Document", "Kind", "Size", "Attached", "What it is"]
_SHOWN = 50
_KINDS = "A PDF, a PNG or JPEG picture, a Word, Excel or OpenDocument file without macros, or plain text"
_PICTURES = "Where a picture was taken, and what else the camera wrote into it, is taken out as it arrives."
_NO_LETTERS = (
    "Do not attach medical letters, or anything about health, benefits or date of birth: what matters of "
    "those is recorded under “Restricted facts”, where it is locked."
)


def draw_documents(record: Record, user: Actor) -> None:
    """The documents of a record for those who may see them; below the rest of its page."""
    with reading() as session:
        if not are_shown(session, record, by=user):
            return
    holder = HOLDERS[type(record).__name__]
    _draw(Place(type(record).__name__, record.key), may_change=may(user, holder.record, record), user=user)


@live_part
def _draw(place: Place, *, may_change: bool, user: Actor) -> None:
    st.header("Documents", anchor=False)
    holder = HOLDERS[place.kind]
    with reading() as session:
        found = documents.listing(session, place, limit=_SHOWN, by=user)
    live = [row for row in found.rows if not row.is_archived]
    aside = [row for row in found.rows if row.is_archived]
    if live:
        table("Documents", _COLUMNS, [_cells(row, holder) for row in live])
    else:
        said("None attached yet.")
    if found.total > len(found.rows):
        said(f"The first {len(found.rows)} of {found.total:,}.")
    if may_change:
        _attaching(place, holder, found, user)
    if aside:
        with st.expander("Archived documents"):
            rows = [(*_cells(row, holder), row.archived_why or "") for row in aside]
            table("Archived documents", [*_COLUMNS, "Why archived"], rows)
    if may_change and found.rows:
        _archiving(place, holder, found.rows, user)


def _cells(row: DocumentRow, holder: Holder) -> tuple[Cell, ...]:
    attached = f"{day(row.attached_at.date())}, {row.attached_by or 'the system'}"
    address = f"files/document/{holder.side}-{row.id}"
    return link(row.name, address), say(row.file_type), size(row.size), attached, row.note or ""


def _attaching(place: Place, holder: Holder, found: Listing[DocumentRow], user: Actor) -> None:
    key = f"document-{place.kind}-{place.id}-{found.total}"
    with st.expander(in_our_words(f"Attach a document to this {holder.called}")):
        if holder.is_about_a_person:
            st.warning(_NO_LETTERS)
        st.caption(_PICTURES)
        uploaded = st.file_uploader(_KINDS, key=key, max_upload_size=UPLOAD_BYTES // 1024**2)
        note = st.text_input("What it is, in a few words", key=f"{key}-note")
        if not st.button("Attach document", key=f"{key}-attach"):
            return
        if uploaded is None:
            show_problems({"": "Choose a file first."}, [], "")
            return
        _attach(place, uploaded.name, uploaded.getvalue(), note, user)


def _attach(place: Place, name: str, content: bytes, note: str, user: Actor) -> None:
    try:
        with st.spinner("Looking at the file…"):
            file, new = checked(name, content), DocumentInput(note=note)
    except ValidationError as problem:
        show_problems(problems_of(problem), [], "")
        return
    except CrmError as problem:
        show_problem(problem)
        return
    done = f"{file.name} is attached."
    if file.taken_out:
        done += f" Taken out of it: {file.taken_out}."
    do_now(lambda session: documents.attach(session, place, file, new, by=user), done)


def _archiving(place: Place, holder: Holder, rows: list[DocumentRow], user: Actor) -> None:
    by_id = {row.id: row for row in rows}
    names = {row.id: f"{row.name} (archived)" if row.is_archived else row.name for row in rows}
    key = f"document-aside-{place.kind}-{place.id}"
    with st.expander("Archive a document, or bring one back"):
        chosen = st.selectbox(
            "Which document", list(names), format_func=names.__getitem__, key=f"{key}-which"
        )
        row = by_id[chosen]
        if row.is_archived:
            if st.button("Bring this document back", key=f"{key}-back"):
                do_now(
                    lambda session: documents.bring_back(
                        session, holder.side, row.id, version=row.version, by=user
                    ),
                    f"{row.name} is back.",
                )
            return
        why = st.text_input("Why is it put aside?", key=f"{key}-why-{row.id}-{row.version}")
        if st.button("Archive document", key=f"{key}-archive"):
            do_now(
                lambda session: documents.archive(
                    session, holder.side, row.id, why=why, version=row.version, by=user
                ),
                f"{row.name} is archived.",
            )
