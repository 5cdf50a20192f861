"""What was merged, and one merge with what undoing it would do."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import unmerging
from crm.services.unmerging import MergeRow, UndoPreview
from crm.ui.address import optional_id
from crm.ui.doing import do_now
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.merging import label_of
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, link, links, summary, table
from crm.ui.words import count, day, moment, plain, today

COLUMNS = ["Merged away", "Kept", "When", "By", "Undo"]


@live_part
def merge_list(user: Actor) -> None:
    with reading() as session:
        page = unmerging.listing(session, offset=first_row(), limit=PAGE_SIZE, by=user)
    if page.rows:
        table("What was merged", COLUMNS, [row_of(row) for row in page.rows])
    else:
        st.info("Nothing was merged yet.")
    draw_pages(page.total, one="merge")


def row_of(row: MergeRow) -> list[Cell]:
    kept = link(row.kept, "employer", id=row.kept_id)
    return [link(row.loser, "merged", id=row.id), kept, moment(row.at), row.by or "The system", state_of(row)]


def state_of(row: MergeRow) -> str:
    if row.undone_on:
        return f"Undone on {day(row.undone_on)}"
    return f"Until {day(row.undo_until)}" if today() <= row.undo_until else "Its 30 days are over"


def draw_one(found: UndoPreview, user: Actor) -> None:
    made = found.made
    fields = ", ".join(label_of(name) for name in found.values) or "none"
    summary(
        [
            ("Kept", link(found.kept.name, "employer", id=found.kept.key)),
            ("Merged away", found.loser.name),
            ("Why", made.why),
            ("Merged", moment(made.created_at)),
            ("Can be undone until", day(made.undo_until)),
        ]
    )
    if made.undone_on is not None:
        stayed = ", ".join(made.stayed) or "nothing"
        summary([("Undone on", day(made.undone_on)), ("What stayed, changed since the merge", stayed)])
        return
    st.header("What undoing it does", anchor=False)
    summary(
        [
            ("Comes back", found.loser.name),
            ("Goes back to it", found.going_words),
            ("Fields of the record kept that are set back", fields),
            ("Stays, as somebody has changed it since", ", ".join(found.stays) or "Nothing"),
        ]
    )
    if st.button("Undo the merge", type="primary", key="undo-merge"):
        stays = f" {count(len(found.stays), 'thing')} stayed." if found.stays else ""
        do_now(
            lambda session: unmerging.undo(session, made.key, version=made.version, by=user, today=today()),
            f"The merge is undone: {found.loser.name} is back.{stays}",
        )


user = require_user()
merge_id = optional_id("id")
if merge_id is None:
    st.title("What was merged", anchor=False)
    show_flash()
    links([link("Possible duplicates", "possible-duplicates")], label="Where this belongs")
    merge_list(user)
else:
    with refuse_politely(), reading() as session:
        found = unmerging.preview(session, merge_id, by=user)
    st.title(plain(f"{found.loser.name}: merged"), anchor=False)
    show_flash()
    links(
        [link(found.kept.name, "employer", id=found.kept.key), link("What was merged", "merged")],
        label="Where this belongs",
    )
    draw_one(found, user)
