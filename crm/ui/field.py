"""One field of a form: what every kind of field has, whoever draws it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

NOTHING = ""
"""Stands for None among the options of a list: Streamlit shows None as an unanswered question."""

Typed = Any
"""What a widget holds: text, True or False, a date, or the value of an option."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: its name in the input class, its label, and how it is drawn and read.

    One that is wide has a row of its own. A section stands open from the start where what one of its fields
    holds `unfolds` it.
    """

    name: str
    label: str
    draw: Callable[[str, str, str | None], Typed]
    read: Callable[[Typed], Any] = lambda typed: typed
    show: Callable[[Any], Typed] = lambda value: value
    hint: str | None = None
    section: str = ""
    to_draft: Callable[[Typed], Any] = lambda typed: typed
    from_draft: Callable[[Any], Typed] = lambda stored: stored
    is_wide: bool = False
    unfolds: Callable[[Typed], bool] = lambda typed: False


def draw_line(key: str, label: str, hint: str | None) -> Typed:
    """Draw one line of text."""
    return st.text_input(label, key=key, help=hint)
