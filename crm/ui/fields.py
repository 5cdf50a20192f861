"""The kinds of field that forms are made of: how each is drawn, kept in a draft, and turned into a value."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import streamlit as st

from crm.models.base import Known
from crm.models.scales import STEPS
from crm.ui.field import NOTHING as NOTHING
from crm.ui.field import Field as Field
from crm.ui.field import Typed as Typed
from crm.ui.field import draw_line
from crm.ui.scale_fields import scales as scales
from crm.ui.week_fields import read_times as read_times
from crm.ui.week_fields import week as week
from crm.ui.words import NOT_RECORDED, say


def line(
    name: str, label: str, *, hint: str | None = None, section: str = "", is_live: bool = False
) -> Field:
    """One line of text; one that is live is heard as one types, not only when it is left."""
    drawn = _draw_live_line if is_live else draw_line
    return Field(name, label, drawn, show=_text, hint=hint, section=section)


def text(name: str, label: str, *, hint: str | None = None, section: str = "") -> Field:
    """Several lines of text."""
    return Field(name, label, _draw_area, show=_text, hint=hint, section=section)


def number(name: str, label: str, *, hint: str | None = None, section: str = "") -> Field:
    """A number typed as text, so that a slip can be read and mended; £ and commas may stand in it."""
    return Field(name, label, draw_line, read=read_number, show=_number_text, hint=hint, section=section)


def day(name: str, label: str, *, hint: str | None = None, section: str = "") -> Field:
    """A date, or nothing."""
    return Field(
        name,
        label,
        _draw_day,
        hint=hint,
        section=section,
        to_draft=lambda typed: typed.isoformat() if typed else None,
        from_draft=lambda stored: date.fromisoformat(stored) if stored else None,
    )


def choice(
    name: str, label: str, options: type[StrEnum], *, hint: str | None = None, section: str = ""
) -> Field:
    """One value of a fixed list."""
    words = {option.value: say(option.value) for option in options}
    if options is Known:
        return Field(name, label, _radio(words), hint=hint, section=section, show=str)
    drawn = _select(words)
    return Field(name, label, drawn, read=_or_none, show=_chosen, hint=hint, section=section)


def radios(name: str, label: str, words: Mapping[str, str]) -> Field:
    """One of a few answers, all of them in sight; its row is its own."""
    return Field(name, label, _radio(words), show=str, is_wide=True)


def pick(
    name: str, label: str, options: Mapping[int, str], *, hint: str | None = None, section: str = ""
) -> Field:
    """One of some records, or none, by id."""
    drawn = _select({NOTHING: "None", **options})
    return Field(name, label, drawn, read=_or_none, show=_or_nothing, hint=hint, section=section)


def listed(
    name: str, label: str, options: Mapping[str, str], *, hint: str | None = None, section: str = ""
) -> Field:
    """One value of a list that the service edits, or none; one line of text while the list is empty."""
    if not options:
        return line(name, label, hint=hint, section=section)
    drawn = _select({NOTHING: "None", **options})
    return Field(name, label, drawn, read=_or_none, show=_held, hint=hint, section=section)


def level(name: str, label: str, *, hint: str | None = None, section: str = "") -> Field:
    """A level from 0 to 4, or not recorded."""
    drawn = _select({NOTHING: NOT_RECORDED, **STEPS})
    return Field(name, label, drawn, read=_or_none, show=_or_nothing, hint=hint, section=section)


def tick(name: str, label: str, *, hint: str | None = None, section: str = "") -> Field:
    """Yes or no, where not ticked means no."""
    return Field(name, label, _draw_tick, hint=hint, section=section, show=bool)


def ticks(name: str, words: Mapping[str, str], *, section: str = "") -> list[Field]:
    """One tick for each value; what holds are those that are ticked."""
    return [
        Field(f"{name}.{value}", label, _draw_tick, show=_holds(value), section=section)
        for value, label in words.items()
    ]


def read_number(typed: Typed) -> float | str | None:
    """A number from what was typed, None for nothing; anything else is given on as text, to be refused."""
    plain = str(typed or "").strip().removeprefix("£").strip()
    if not plain:
        return None
    is_number = re.fullmatch(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", plain, re.ASCII)
    return float(plain.replace(",", "")) if is_number else str(typed)


def _or_none(typed: Typed) -> Any:
    return None if typed == NOTHING else typed


def _or_nothing(value: Any) -> Typed:
    return NOTHING if value is None else value


def _held(value: Any) -> Typed:
    return _chosen(value) if isinstance(value, StrEnum) else _or_nothing(value)


def _holds(value: str) -> Callable[[Any], Typed]:
    def holds(chosen: Collection[str] | None) -> Typed:
        return value in (chosen or ())

    return holds


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number_text(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _chosen(value: StrEnum | None) -> str:
    return NOTHING if value is None else str(value)


def _draw_live_line(key: str, label: str, hint: str | None) -> Typed:
    return st.text_input(label, key=key, help=hint, live="500ms")


def _draw_area(key: str, label: str, hint: str | None) -> Typed:
    return st.text_area(label, key=key, help=hint, height=110)


def _draw_day(key: str, label: str, hint: str | None) -> Typed:
    return st.date_input(
        label,
        value=None,
        key=key,
        help=hint,
        format="DD/MM/YYYY",
        min_value=date(1900, 1, 1),
        max_value=date(2100, 12, 31),
    )


def _draw_tick(key: str, label: str, hint: str | None) -> Typed:
    return st.checkbox(label, key=key, help=hint)


def _select(words: Mapping[Any, str]) -> Callable[[str, str, str | None], Typed]:
    def draw(key: str, label: str, hint: str | None) -> Typed:
        stored = st.session_state.get(key, NOTHING)
        unlisted = "Choose one" if stored == NOTHING else "As stored (no longer in the list)"
        options = dict(words) if stored in words else {stored: unlisted, **words}
        return st.selectbox(label, list(options), key=key, format_func=options.__getitem__, help=hint)

    return draw


def _radio(words: Mapping[Any, str]) -> Callable[[str, str, str | None], Typed]:
    def draw(key: str, label: str, hint: str | None) -> Typed:
        return st.radio(
            label,
            list(words),
            key=key,
            format_func=words.__getitem__,
            horizontal=True,
            help=hint,
        )

    return draw
