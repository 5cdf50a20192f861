"""The view for the person drawn: parts with their rows, and beside each row “That’s not right”."""

import streamlit as st
from pydantic import BaseModel
from sqlmodel import Session

from crm.models.base import Present
from crm.models.disputes import DisputeInput, RowDispute
from crm.models.users import Actor
from crm.services import disputes
from crm.services.with_person import WithPerson
from crm.ui.easy_read import Part, ReadingStyle, draw_parts
from crm.ui.fields import text
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.person_words import Row, Shelf, Target
from crm.ui.words import plain, today

NOT_RIGHT = "That’s not right"
TOLD = "You said this is not right. We do not use it until you have talked."
THANKS = "Thank you. Your coach will talk with you about it."
_OPEN = "crm-not-right"


class OwnWords(BaseModel):
    """What the person says is right."""

    words: Present


def draw_shelves(shelves: list[Shelf], found: WithPerson, style: ReadingStyle, user: Actor) -> None:
    """Draw the parts of the view, each followed by what the person can say of its rows."""
    for place, shelf in enumerate(shelves):
        draw_parts([Part(shelf.picture, shelf.heading, _lines(shelf, found))], style)
        if found.may_say:
            _draw_buttons(f"{shelf.heading}-{place}", shelf, found, user)


def _lines(shelf: Shelf, found: WithPerson) -> list[str]:
    lines: list[str] = []
    for row in shelf.rows:
        is_alone = len(shelf.rows) == 1 and row.name == shelf.heading
        lines += row.lines if is_alone else _named(row)
        said = found.said.get(row.target) if row.target else None
        if said is not None:
            lines += [TOLD, f"You said: {said.words}"]
    return lines


def _named(row: Row) -> list[str]:
    first, *others = row.lines
    return [f"{row.name}: {first}", *others]


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
        said = {"part": part, "row_key": key, "row_words": " ".join(_named(row)), "vacancy_id": vacancy_id}
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
