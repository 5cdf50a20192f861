"""Find: everything that is found by what was typed, by kind."""

import streamlit as st

from crm.db import reading
from crm.models.search import EntryKind
from crm.models.users import Actor
from crm.services import search
from crm.services.search_scope import kinds_for
from crm.ui.finding import choose_kind, draw_group, draw_hits, words_box
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row

MOST = 50


@live_part
def found(user: Actor) -> None:
    words, kinds = st.columns([3, 1], vertical_alignment="bottom")
    with words:
        typed = words_box(user)
    with kinds:
        kind = choose_kind(kinds_for(user))
    if not typed.strip():
        st.info("Type a name, a telephone number, an e-mail address, a postcode or a company number.")
    elif kind is None:
        everything(typed, user)
    else:
        one_kind(kind, typed, user)


def everything(typed: str, user: Actor) -> None:
    with reading() as session:
        groups = search.find(session, typed, limit=MOST, by=user)
    if not groups:
        st.info("Nothing was found. Try fewer words, or another spelling.")
    for group in groups:
        draw_group(group)


def one_kind(kind: EntryKind, typed: str, user: Actor) -> None:
    with reading() as session:
        page = search.listing(session, kind, typed, offset=first_row(), limit=PAGE_SIZE, by=user)
    if page.rows:
        draw_hits(kind, page.rows)
    else:
        st.info("Nothing of this kind was found. Try fewer words, or another kind.")
    draw_pages(page.total, one="record")


user = require_user()
st.title("Find", anchor=False)
found(user)
