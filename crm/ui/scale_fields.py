"""The 0-4 scales as fields: steps in plain words, relevant scales open, the others a few at a time."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

import streamlit as st

from crm.models.scales import FAMILIES, SCALES, Side, step_words
from crm.ui.field import NOTHING, Field, Typed, draw_line

UNASKED = {Side.PERSON: "Not asked yet", Side.JOB: "Not looked at yet"}
"""What stands for a scale of which nothing is recorded: an answer of its own, apart from step 0."""


def scales(
    name: str,
    *,
    section: str,
    side: Side = Side.PERSON,
    opened: Collection[str] = (),
    supports: str | None = None,
) -> list[Field]:
    """One question for each scale; what is not recorded is left out.

    Scales that are `opened` stand open under `section`; the others follow by family, folded until something
    is recorded there. Beside each, where `supports` names a field, stands with what support the step works.
    """
    fields = [
        field
        for key in SCALES
        if key in opened
        for field in _of_scale(name, key, side, supports, section, is_open=True)
    ]
    for family, keys in FAMILIES.items():
        another = f"Open another: {family}"
        for key in keys:
            if key not in opened:
                fields += _of_scale(name, key, side, supports, another, is_open=False)
    return fields


def _of_scale(
    name: str, key: str, side: Side, supports: str | None, section: str, *, is_open: bool
) -> Iterator[Field]:
    yield Field(
        f"{name}.{key}",
        SCALES[key],
        _steps(side, key),
        read=lambda typed: None if typed == NOTHING else typed,
        show=_of_key(key, NOTHING),
        section=section,
        unfolds=lambda typed: is_open or typed != NOTHING,
    )
    if supports:
        yield Field(
            f"{supports}.{key}",
            f"With what support: {SCALES[key].lower()}",
            draw_line,
            read=lambda typed: typed or None,
            show=_of_key(key, ""),
            section=section,
            unfolds=bool,
        )


def _steps(side: Side, key: str) -> Callable[[str, str, str | None], Typed]:
    words: dict[Any, str] = {NOTHING: UNASKED[side], **step_words(side, key)}

    def draw(widget_key: str, label: str, hint: str | None) -> Typed:
        return st.radio(label, list(words), key=widget_key, format_func=words.__getitem__, help=hint)

    return draw


def _of_key(key: str, otherwise: str) -> Callable[[Any], Typed]:
    def of_key(recorded: dict[str, Any] | None) -> Typed:
        return (recorded or {}).get(key, otherwise)

    return of_key
