"""Change many employers at once: choose them, say what changes, look at it, and undo it if it was wrong."""

import streamlit as st

from crm.db import reading
from crm.errors import CrmError
from crm.models.employer_lists import BulkWhat
from crm.models.employers import RelationshipStage
from crm.models.users import Actor
from crm.services import bulk_changes, employer_tags, staff
from crm.services.bulk_changes import Preview, Wanted
from crm.services.employer_filters import EmployerFilter
from crm.ui.bulk_words import done_words, draw_latest, draw_preview
from crm.ui.doing import do_now
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.neighbours import WITHIN, read_within
from crm.ui.problems import show_problem
from crm.ui.screens import refuse_politely
from crm.ui.tables import Link, links
from crm.ui.words import count, say, today

WORDS = {
    BulkWhat.OWNER: "Give them an account owner",
    BulkWhat.STAGE: "Move them to a stage",
    BulkWhat.ADD_TAG: "Give them a tag",
    BulkWhat.REMOVE_TAG: "Take a tag from them",
}


def draw_wanted(user: Actor) -> Wanted | None:
    what = st.radio("What changes?", list(WORDS), format_func=WORDS.__getitem__, key="bulk-what")
    why = None
    if what is BulkWhat.OWNER:
        with reading() as session:
            names = {0: "Nobody", **staff.names(session, by=user)}
        picked = st.selectbox("New owner", list(names), format_func=names.__getitem__, key="bulk-owner")
        value = str(picked) if picked else None
    elif what is BulkWhat.STAGE:
        value = st.selectbox("Stage", list(RelationshipStage), format_func=say, key="bulk-stage")
        why = st.text_input("Why do they move?", key="bulk-why")
    elif what is BulkWhat.ADD_TAG:
        value = st.text_input("Tag", key="bulk-tag", help="A word or two, for example “autumn fair”.")
    else:
        with reading() as session:
            tags = employer_tags.all_tags(session, by=user)
        value = st.selectbox("Which tag?", tags, key="bulk-taken", placeholder="No employer has a tag")
    return Wanted(what, str(value) if value else None, why)


@live_part
def draw_change(ids: list[int], user: Actor) -> None:
    with reading() as session:
        names = bulk_changes.names(session, ids[: bulk_changes.TICKED], by=user)
    which = st.radio(
        "Which ones?",
        [f"All {count(len(ids), 'employer')} of the list", "Only those I tick"],
        key="bulk-which",
    )
    if which.startswith("Only"):
        ids = [key for key, name in names.items() if st.checkbox(name, key=f"bulk-{key}")]
    wanted = draw_wanted(user)
    st.button("Look at the change", type="primary", key="bulk-look", on_click=look, args=(True,))
    if not st.session_state.get("bulk-looked") or wanted is None:
        return
    try:
        with reading() as session:
            seen: Preview = bulk_changes.preview(session, ids, wanted, by=user)
    except CrmError as problem:
        show_problem(problem)
        return
    draw_preview(seen, wanted, user)
    if seen.changing and st.button(f"Change {count(len(seen.changing), 'employer')}", key="bulk-do"):
        look(False)
        do_now(
            lambda session: bulk_changes.make(session, ids, wanted, by=user, today=today()),
            done_words(len(seen.changing)),
        )


def look(is_asked: bool) -> None:
    st.session_state["bulk-looked"] = is_asked


user = require_user()
said = str(st.query_params.get(WITHIN, ""))
narrowed = read_within(said) or EmployerFilter()
with refuse_politely(), reading() as session:
    found = bulk_changes.chosen(session, narrowed, by=user, today=today())
    latest = bulk_changes.latest(session, by=user, today=today())
st.title("Change several employers", anchor=False)
show_flash()
links([Link("All employers", "employers")], label="Where this belongs")
if found:
    draw_change(found, user)
else:
    st.info("The list is empty. Go back and choose other filters.")
draw_latest(latest, user)
