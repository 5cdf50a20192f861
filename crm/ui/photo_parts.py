"""The photos of a workplace on the page of its job analysis: listed, added with whose consent was given."""

import streamlit as st
from pydantic import ValidationError

from crm.db import reading
from crm.errors import CrmError
from crm.models.analyses import JobAnalysis
from crm.models.users import Actor
from crm.models.workplaces import PhotoShows, WorkplacePhotoInput
from crm.policy import Action
from crm.readers.limits import UPLOAD_BYTES
from crm.services import photos
from crm.services.access import may
from crm.services.document_places import are_shown
from crm.services.photos import PhotoRow
from crm.ui.doing import do_now
from crm.ui.guard import live_part
from crm.ui.problems import problems_of, show_problem, show_problems
from crm.ui.tables import Cell, link, said, table

_COLUMNS = ["Photo", "What it shows", "Whose consent"]
_SHOWS = {
    PhotoShows.NOBODY: "Nobody who could be known",
    PhotoShows.PEOPLE: "People who could be known, and who agreed",
}


def draw_photos(analysis: JobAnalysis, user: Actor) -> None:
    """The photos of an analysis, for those who may see its documents."""
    with reading() as session:
        if not are_shown(session, analysis, by=user):
            return
    _draw(analysis.key, may_record=may(user, Action.ANALYSES_RECORD, analysis), user=user)


@live_part
def _draw(analysis_id: int, *, may_record: bool, user: Actor) -> None:
    st.header("Photos", anchor=False)
    with reading() as session:
        found = photos.of_analysis(session, analysis_id, by=user)
    if found:
        table("Photos", _COLUMNS, [_cells(row) for row in found])
    else:
        said("None kept yet.")
    if may_record:
        _adding(analysis_id, len(found), user)


def _cells(row: PhotoRow) -> tuple[Cell, ...]:
    agreed = "Nobody can be known" if row.shows is PhotoShows.NOBODY else row.agreed or ""
    return link(row.name, f"files/document/employer-{row.document_id}"), row.note or "", agreed


def _adding(analysis_id: int, known: int, user: Actor) -> None:
    key = f"photo-{analysis_id}-{known}"
    with st.expander("Add a photo"):
        said("It is made smaller, and where and when it was taken is removed before it is kept.")
        uploaded = st.file_uploader(
            "A JPEG or PNG photo",
            type=["jpg", "jpeg", "png"],
            key=key,
            max_upload_size=UPLOAD_BYTES // 1024**2,
        )
        note = st.text_input("What it shows", key=f"{key}-note")
        shows = st.radio(
            "Who can be known on it?", list(_SHOWS), format_func=_SHOWS.__getitem__, key=f"{key}-who"
        )
        agreed = ""
        if shows is PhotoShows.PEOPLE:
            agreed = st.text_input("Who agreed, to what, and when", key=f"{key}-agreed")
        if not st.button("Keep photo", key=f"{key}-keep"):
            return
        if uploaded is None:
            show_problems({"": "Choose a photo first."}, [], "")
            return
        typed = {"shows": shows, "agreed": agreed, "note": note}
        _keep(analysis_id, uploaded.name, uploaded.getvalue(), typed, user)


def _keep(analysis_id: int, name: str, content: bytes, typed: dict[str, str], user: Actor) -> None:
    try:
        new = WorkplacePhotoInput.model_validate(typed)
        with st.spinner("Making the photo ready…"):
            file = photos.cleaned(name, content)
    except ValidationError as problem:
        show_problems(problems_of(problem), [], "")
        return
    except CrmError as problem:
        show_problem(problem)
        return
    do_now(lambda session: photos.keep(session, analysis_id, file, new, by=user), f"{file.name} is kept.")
