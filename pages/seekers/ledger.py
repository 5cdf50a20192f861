"""Nobody is turned away unseen: who waits longest, “not yet” past its date, open ends, no next step."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.policy import Action, Role
from crm.services import staff
from crm.services.access import may
from crm.services.ledger import LedgerFilter
from crm.ui.calling import in_our_words
from crm.ui.guard import live_part, require_user
from crm.ui.ledger_boards import BOARDS, draw_board
from crm.ui.lists import draw_choice, to_first_page
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links

MINE, EVERYBODY = "mine", "everybody"


def whose(user: Actor) -> int | None:
    """Whose people are shown: a coach's own first, everybody's to others."""
    with reading() as session:
        names = {str(key): name for key, name in staff.names(session, by=user).items()}
    mine, everybody = {MINE: "My people"}, {EVERYBODY: "Everybody"}
    first = mine | everybody if Role.JOB_COACH in user.roles else everybody | mine
    chosen = draw_choice("Coach", first | names, key="coach")
    if chosen == MINE:
        return user.id
    return int(chosen) if chosen in names else None


@live_part
def board(user: Actor, name: str) -> None:
    left, right = st.columns(2)
    with left:
        coach_id = whose(user)
    is_never = False
    if name == "Waiting":
        with right:
            is_never = st.checkbox(
                "Only those who were never shortlisted",
                key="never",
                bind="query-params",
                on_change=to_first_page,
            )
    with refuse_politely(), reading() as session:
        draw_board(session, BOARDS[name], LedgerFilter(coach_id, is_never), user)


user = require_user()
st.title("Nobody left waiting", anchor=False)
others = [link(in_our_words("All job seekers"), "seekers")]
if may(user, Action.SHARES_READ):
    others.append(link("Who gets shortlisted", "shares"))
links(others, label="What you can do")
shown = st.segmented_control(
    "Board",
    list(BOARDS),
    default="Waiting",
    key="board",
    bind="query-params",
    label_visibility="collapsed",
    on_change=to_first_page,
)
board(user, shown or "Waiting")
