"""Employers as a board by stage, and as what a week holds."""

from datetime import date, timedelta
from html import escape
from itertools import groupby
from urllib.parse import urlencode

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.policy import Action
from crm.services import employer_pipeline as pipeline
from crm.services.access import may
from crm.services.employer_filters import EmployerFilter
from crm.services.employer_pipeline import BoardColumn, Card, Happening, WeekEntry
from crm.ui.employer_narrowing import BOARD, narrowed_now
from crm.ui.tables import Cell, link, links, table
from crm.ui.words import count, day, say, today

FIRST_CARDS = 10
MORE_CARDS = 20
_SHOWN = "cards"
_WEEK = "week"


def draw_board(wanted: EmployerFilter, user: Actor) -> None:
    """A column a stage, ten cards each, more on asking; each card can be moved to another stage."""
    cards = int(st.session_state.get(_SHOWN, FIRST_CARDS))
    with reading() as session:
        columns = pipeline.board(session, wanted, cards=cards, by=user, today=today())
    total = sum(one.total for one in columns)
    st.html(f'<p class="crm-count" role="status">{count(total, "employer")} in all</p>')
    may_move = may(user, Action.EMPLOYERS_RECORD) and not wanted.is_archived
    back = narrowed_now() if may_move else None
    inner = "".join(_column(one, back) for one in columns)
    st.html(
        f'<div class="crm-board" role="region" aria-label="Employers by stage" tabindex="0">{inner}</div>'
    )
    if any(one.total > len(one.cards) for one in columns):
        words = f"Show {MORE_CARDS} more in each stage"
        st.button(words, on_click=_show_more, args=(cards + MORE_CARDS,))


def _show_more(cards: int) -> None:
    st.session_state[_SHOWN] = cards


def _column(column: BoardColumn, back: str | None) -> str:
    inner = "".join(_card(card, back) for card in column.cards)
    left = column.total - len(column.cards)
    more = f'<p class="crm-quiet">and {left:,} more</p>' if left else ""
    nobody = "" if column.cards else '<p class="crm-quiet">Nobody</p>'
    heading = f"<h2>{escape(say(column.stage))} <span>{column.total:,}</span></h2>"
    return f"<section>{heading}<ul>{inner}</ul>{more}{nobody}</section>"


def _card(card: Card, back: str | None) -> str:
    name = link(card.name, "employer", id=card.id).html()
    said = [card.owner or "Nobody’s"]
    if card.next_step_on:
        is_late = card.next_step_on < today()
        said.append(f"{'Overdue since' if is_late else 'Next step'} {day(card.next_step_on)}")
    said.append(f"Last contact {day(card.last_contact_on)}" if card.last_contact_on else "No contact yet")
    facts = "<br>".join(escape(one) for one in said)
    move = ""
    if back is not None:
        words = f'Move<span class="crm-hidden"> {escape(card.name)} to another stage</span>'
        query = urlencode({"id": card.id, BOARD: back})
        move = f'<a class="crm-link" href="employer-move?{escape(query)}" target="_self">{words}</a>'
    return f"<li>{name}<p>{facts}</p>{move}</li>"


def draw_week(wanted: EmployerFilter, user: Actor) -> None:
    """What is due and what was done with these employers in one week, day by day."""
    monday = _monday()
    with reading() as session:
        entries = pipeline.week(session, wanted, monday=monday, by=user, today=today())
    others = {
        words: monday + timedelta(weeks=weeks) for words, weeks in (("Week before", -1), ("Next week", 1))
    }
    kept = {name: value for name, value in st.query_params.items() if name != _WEEK}
    links(
        [link(words, "employers", **kept, week=one.isoformat()) for words, one in others.items()],
        label="Other weeks",
    )
    st.header(f"{day(monday)} to {day(monday + timedelta(days=6))}", anchor=False)
    if not entries:
        st.info("Nothing is due and nothing was done with these employers in this week.")
    for on, rows in groupby(entries, key=lambda one: one.on):
        title = f"{on:%A}, {day(on)}{' (today)' if on == today() else ''}"
        st.subheader(title, anchor=False)
        table(title, ["What", "Employer", "Who", "State"], [_row(one) for one in rows])


def _row(entry: WeekEntry) -> tuple[Cell, ...]:
    is_due = entry.kind is Happening.DUE
    words = entry.words if is_due else say(entry.words)
    what = link(words, "task" if is_due else "contact", id=entry.id)
    employer = link(entry.employer, "employer", id=entry.employer_id)
    return what, employer, entry.who or "Nobody’s", "Due" if is_due else "Done"


def _monday() -> date:
    try:
        asked = date.fromisoformat(st.query_params.get(_WEEK, ""))
    except ValueError:
        asked = today()
    return asked - timedelta(days=asked.weekday())
