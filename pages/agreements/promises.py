"""Every promise to a person: how each stands, narrowed by what, whose and when, or of one record only."""

from datetime import date

import streamlit as st

from crm.db import reading
from crm.models.agreement_choices import Promise
from crm.models.users import Actor
from crm.services import promise_list, promised_sessions
from crm.services.promise_list import Period, PromiseFilter
from crm.services.promises import Count
from crm.ui import promise_rows as rows
from crm.ui.address import optional_id
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, choice_filter, draw_pages, first_row, search_box
from crm.ui.screens import refuse_politely
from crm.ui.tables import Link, link, links, table
from crm.ui.task_about import record_of_address
from crm.ui.words import day, say, today


@live_part
def promises(user: Actor, about: dict[str, int], on: date) -> None:
    search, stands, kind, due, mine = st.columns([2, 1, 1, 1, 1], vertical_alignment="bottom")
    with search:
        words = search_box("Search by employer or person")
    with stands:
        count = choice_filter("How it stands", list(Count), key="count")
    with kind:
        promise = choice_filter("What", list(Promise), key="what")
    with due:
        period = choice_filter("Due", list(Period), key="due")
    with mine:
        is_mine = st.checkbox("My people or agreements", key="mine", bind="query-params")
        is_archived = st.checkbox("Archived", key="archived", bind="query-params")
    wanted = PromiseFilter(words, count, promise, period, is_mine, is_archived, **about)
    with reading() as session:
        page = promise_list.listing(session, wanted, offset=first_row(), limit=PAGE_SIZE, by=user, today=on)
    if page.rows:
        table("Promises", rows.COLUMNS, [rows.promise_row(row, on) for row in page.rows])
    else:
        st.info("No promise fits. Clear the filters, or put somebody forward from an agreement.")
    draw_pages(page.total, one="promise")


def whose_promises(user: Actor) -> tuple[dict[str, int], list[Link]]:
    """The one record that the address names, as a filter, with the links to it and to all of them."""
    every = link("All promises", "promises")
    with reading() as session:
        held_id = optional_id("session")
        if held_id is not None:
            held = promised_sessions.find(session, held_id, by=user)
            words = f"{say(held.promise)}, {day(held.starts_on)}"
            return {"session_id": held.key}, [link(words, "agreement", id=held.agreement_id), every]
        record = record_of_address(session, user)
    if record is None:
        return {}, [link("Agreements", "agreements"), link("Share out interviews", "interviews")]
    return {f"{record.page}_id": record.key}, [link(record.name, record.page, id=record.key), every]


user = require_user()
with refuse_politely():
    about, offered = whose_promises(user)
st.title("Promises", anchor=False)
links(offered, label="What they are about")
promises(user, about, today())
