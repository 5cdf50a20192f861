"""Two records of one employer side by side: what is kept of each field, what moves over, and the merge."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.errors import CrmError
from crm.models.duplicates import DuplicatePair
from crm.services import duplicates, merging, staff
from crm.services.merging import MergeWanted
from crm.ui.address import needed_id
from crm.ui.doing import do_now
from crm.ui.flash import after_this, show_flash
from crm.ui.guard import require_user
from crm.ui.merging import draw_moving, draw_sides
from crm.ui.problems import show_problem
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain, today
from crm.units import carry_out

user = require_user()
with refuse_politely(), reading() as session:
    kept_id, loser_id = needed_id("keep"), needed_id("other")
    shown = merging.preview(session, kept_id, loser_id, by=user)
    pair = duplicates.of_two(session, kept_id, loser_id, by=user)
    names = staff.names(session, by=user)

kept, loser = shown.kept, shown.loser
st.title("Merge two employers", anchor=False)
show_flash()
links(
    [
        link(kept.name, "employer", id=kept_id),
        link(loser.name, "employer", id=loser_id),
        link("Keep the other record instead", "merge", keep=loser_id, other=kept_id),
        link("Possible duplicates", "possible-duplicates"),
    ],
    label="The two records",
)
if pair is not None:
    st.caption(plain(f"Why they may be one: {pair.reasons}."))
sides = draw_sides(shown, names)
draw_moving(shown)
why = ""
if shown.refused:
    st.info(plain(shown.refused))
else:
    why = st.text_input("Why they are one", value="The same employer recorded twice", key="merge-why")


def merge() -> None:
    wanted = MergeWanted(kept_id, loser_id, kept.version, loser.version, sides, why or "")
    try:
        carry_out(lambda session: merging.merge(session, wanted, by=user, today=today()))
    except CrmError as problem:
        show_problem(problem)
        return
    after_this(f"{loser.name} was merged into this employer. It can be undone for 30 days.")
    go_to("employer", id=kept_id)


def keep_two(session: Session) -> DuplicatePair:
    noted = duplicates.note_two(session, kept_id, loser_id, by=user)
    return duplicates.say_not_the_same(session, noted.key, version=noted.version, by=user)


if not shown.refused and st.button("Merge them", type="primary", key="merge-now"):
    merge()
if st.button("They are not the same", key="merge-not"):
    do_now(keep_two, "Kept as two. The pair does not come back.")
