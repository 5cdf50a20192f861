"""The times of a week as fields: parts of days to tick, and exact times where they matter."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from crm.models.week import DAYS, PARTS, Slot, exact_of, part_slot, parts_of
from crm.ui.field import Field, Typed, draw_line

_PART_WORDS = {part: part.capitalize() for part in PARTS}


def week(name: str, label: str, *, section: str = "") -> list[Field]:
    """Seven days with mornings, afternoons and evenings to tick; exact times are folded until some are there.

    What was recorded as exact times stays exactly as it is, and stands as such.
    """
    return [*_ticked(name, label, section), *_exact(name, label, section)]


def _ticked(name: str, label: str, section: str) -> list[Field]:
    told = "; ".join(f"{part} is {start} to {end}" for part, (start, end) in PARTS.items())
    return [
        Field(
            f"{name}.{index}-parts",
            f"{label} on {title}",
            _draw_parts,
            read=_slots_of_parts(index),
            show=_parts_shown(index),
            hint=f"{told.capitalize()}. Where other times matter, write them below." if index == 0 else None,
            section=section,
            from_draft=_known_parts,
        )
        for index, title in enumerate(DAYS)
    ]


def _exact(name: str, label: str, section: str) -> list[Field]:
    hint = "For example 9:00-13:00, 14:00-17:30. A day that is ticked needs none."
    return [
        Field(
            f"{name}.{index}",
            f"{label}: {title}",
            draw_line,
            read=_slots_of_text(index),
            show=_exact_shown(index),
            hint=hint if index == 0 else None,
            section=f"{section}: exact times" if section else f"{label}: exact times",
            unfolds=bool,
        )
        for index, title in enumerate(DAYS)
    ]


def read_times(day_index: int, typed: str) -> list[Slot]:
    """The slots of one day from text such as 9-1pm, 14:00-17:30.

    Raises:
        ValueError: a part is not written as from-to, or ends before it starts.
    """
    slots: list[Slot] = []
    for part in re.split(r"[,;]", typed or ""):
        if not part.strip():
            continue
        ends = re.split(r"\s*(?:-|–|to|until)\s*", part.strip())
        if len(ends) != 2:
            raise ValueError(f"{DAYS[day_index]}: write times as 09:00-13:00, not “{part.strip()}”.")
        start, end = (_clock(time, day_index) for time in ends)
        if end <= start:
            raise ValueError(f"On {DAYS[day_index]} the time ends at {end}, before it starts at {start}.")
        slots.append({"day": day_index, "start": start, "end": end})
    return slots


def _clock(typed: str, day_index: int) -> str:
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", typed.strip().lower(), re.ASCII)
    if not found:
        raise ValueError(f"{DAYS[day_index]}: “{typed}” is not a time. Write 09:00 or 17:30.")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] == "pm" and hour < 12:
        hour += 12
    elif found[3] == "am" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}"


def _slots_of_text(day_index: int) -> Callable[[Typed], list[Slot]]:
    return lambda typed: read_times(day_index, typed)


def _slots_of_parts(day_index: int) -> Callable[[Typed], list[Slot]]:
    return lambda typed: [part_slot(day_index, part) for part in PARTS if part in (typed or ())]


def _parts_shown(day_index: int) -> Callable[[Any], Typed]:
    def shown(slots: Sequence[Slot] | None) -> list[str]:
        return parts_of(slots or (), day_index)

    return shown


def _exact_shown(day_index: int) -> Callable[[Any], Typed]:
    def shown(slots: Sequence[Slot] | None) -> str:
        return ", ".join(f"{slot['start']}-{slot['end']}" for slot in exact_of(slots or (), day_index))

    return shown


def _known_parts(stored: Any) -> list[str]:
    return [part for part in PARTS if part in (stored or ())]


def _draw_parts(key: str, label: str, hint: str | None) -> Typed:
    return st.pills(
        label,
        list(PARTS),
        selection_mode="multi",
        key=key,
        format_func=_PART_WORDS.__getitem__,
        help=hint,
        wrap=True,
    )
