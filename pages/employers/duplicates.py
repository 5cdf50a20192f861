"""Pairs of employers that may be one: merge them, or keep that they are not the same."""

import streamlit as st

from crm.db import reading
from crm.models.duplicates import PairState
from crm.models.users import Actor
from crm.services import duplicates
from crm.services.duplicates import PairRow
from crm.ui.doing import do_now
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.tables import Cell, link, links, table

COLUMNS = ["The two records", "Why they may be one", "Who looks after them"]


@live_part
def pair_list(user: Actor) -> None:
    is_answered = st.checkbox("Those kept as two", key="two", bind="query-params")
    state = PairState.NOT_THE_SAME if is_answered else PairState.OPEN
    with reading() as session:
        page = duplicates.waiting(session, state=state, offset=first_row(), limit=PAGE_SIZE, by=user)
    if page.rows:
        table("Possible duplicates", COLUMNS, [shown(row) for row in page.rows])
        answer(page.rows, state, user)
    else:
        st.info("No pair of employers waits here. Pairs are looked for each night, and after each import.")
    draw_pages(page.total, one="pair")


def shown(row: PairRow) -> list[Cell]:
    both = link(f"{row.first} and {row.second}", "merge", keep=row.first_id, other=row.second_id)
    owners = dict.fromkeys(owner or "Nobody yet" for owner in (row.first_owner, row.second_owner))
    return [both, row.reasons, ", ".join(owners)]


def answer(rows: list[PairRow], state: PairState, user: Actor) -> None:
    """Say of one pair of this page what it is."""
    pairs = {row.id: row for row in rows}
    names = {row.id: f"{row.first} and {row.second}" for row in rows}
    picked = st.selectbox("A pair of this page", list(pairs), format_func=names.__getitem__)
    pair = pairs[picked]
    if state is PairState.OPEN and st.button("They are not the same"):
        do_now(
            lambda session: duplicates.say_not_the_same(session, pair.id, version=pair.version, by=user),
            f"{names[pair.id]}: kept as two. The pair does not come back.",
        )
    if state is PairState.NOT_THE_SAME and st.button("Ask again"):
        do_now(
            lambda session: duplicates.ask_again(session, pair.id, version=pair.version, by=user),
            f"{names[pair.id]}: the pair waits again.",
        )


user = require_user()
st.title("Possible duplicates", anchor=False)
show_flash()
links([link("Employers", "employers"), link("What was merged", "merged")], label="Where this belongs")
pair_list(user)
