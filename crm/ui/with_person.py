"""The view for the person drawn: parts with their rows, and beside each row “That’s not right”."""

import streamlit as st
from pydantic import BaseModel
from sqlmodel import Session

from crm.models.base import Present
from crm.models.disputes import DisputeInput, RowDispute
from crm.models.users import Actor
from crm.papers import pdf
from crm.services import disputes
from crm.services.person_words import Row, Shelf, Target, lines_of, named_lines
from crm.services.with_person import WithPerson
from crm.ui.easy_read import Part, ReadingStyle, draw_parts
from crm.ui.fields import text
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.tables import link, links, said
from crm.ui.words import plain, today

NOT_RIGHT = "That’s not right"
THANKS = "Thank you. Your coach will talk with you about it."
TAKE_HOME = "You can take this home:"
_OPEN = "crm-not-right"
_SHEETS = {
    ReadingStyle.STANDARD: "full",
    ReadingStyle.LARGE_PRINT: "large-print",
    ReadingStyle.EASY_READ: "easy-read",
}


class OwnWords(BaseModel):
    """What the person says is right."""

    words: Present


def draw_shelves(shelves: list[Shelf], found: WithPerson, style: ReadingStyle, user: Actor) -> None:
    """Draw the parts of the view, each followed by what the person can say of its rows."""
    for place, shelf in enumerate(shelves):
        draw_parts([Part(shelf.picture, shelf.heading, lines_of(shelf, found))], style)
        if found.may_say:
            _draw_buttons(f"{shelf.heading}-{place}", shelf, found, user)


def draw_take_home(found: WithPerson, style: ReadingStyle) -> None:
    """Offer the sheet about this job to take home, set as the page is read."""
    if found.compared is None:
        return
    sheet = f"take-home/{found.seeker.key}/{found.compared.vacancy.key}/{_SHEETS[style]}"
    ways = [link("Page to print", f"print/{sheet}"), link("Word file", f"files/{sheet}.docx")]
    if pdf.is_possible():
        ways.append(link("PDF", f"files/{sheet}.pdf"))
    said(TAKE_HOME)
    links(ways, label="To take home")


def _draw_buttons(name: str, shelf: Shelf, found: WithPerson, user: Actor) -> None:
    rows = [row for row in shelf.rows if row.target and row.target not in found.said]
    if rows:
        _draw_row_of_buttons(name, rows)
    for row in shelf.rows:
        if row.target and st.session_state.get(_OPEN) == (name, row.target):
            _ask_for_words(row, found, user)


def _draw_row_of_buttons(name: str, rows: list[Row]) -> None:
    with st.container(horizontal=True, key=f"crm-say-{name}".replace(" ", "-")):
        for place, row in enumerate(rows):
            label = plain(f"{NOT_RIGHT}: {row.name}")
            st.button(label, key=f"say-{name}-{place}", on_click=_choose, args=(name, row.target))


def _choose(name: str, target: Target) -> None:
    st.session_state[_OPEN] = name, target


def _ask_for_words(row: Row, found: WithPerson, user: Actor) -> None:
    """Ask for the person's own words; the row as it stood is kept with them."""
    part, key = row.target or (None, None)
    vacancy_id = found.compared.vacancy.key if found.compared else None

    def save(session: Session, typed: OwnWords, _version: int) -> RowDispute:
        said = {
            "part": part,
            "row_key": key,
            "row_words": " ".join(named_lines(row)),
            "vacancy_id": vacancy_id,
        }
        new = DisputeInput.model_validate({**said, **typed.model_dump()})
        return disputes.say_not_right(session, found.seeker.key, new, by=user, today=today())

    def then(_saved: RowDispute) -> None:
        st.session_state.pop(_OPEN, None)
        after_this(THANKS)
        st.rerun()

    form = RecordForm(
        f"not-right-{part}-{(key or '')[-60:]}",
        [text("words", "What is right? Say it in your own words.")],
        OwnWords,
        None,
        "Tell us",
        belongs_to=found.seeker.key,
    )
    draw_form(form, user=user, save=save, then=then)
