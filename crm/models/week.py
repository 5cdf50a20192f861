"""Times in a week, as availability, work patterns and task slots share them."""

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator
from typing_extensions import TypedDict

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")


class Slot(TypedDict):
    """From `start` to `end` (24-hour clock, "09:00") on a day of the week, Monday being 0."""

    day: int
    start: str
    end: str


PARTS: dict[str, tuple[str, str]] = {
    "morning": ("07:00", "12:00"),
    "afternoon": ("12:00", "17:00"),
    "evening": ("17:00", "22:00"),
}
"""The parts of a day that can be ticked, and the times that each stands for."""


def part_slot(day: int, part: str) -> Slot:
    """A part of a day as the times that it stands for."""
    start, end = PARTS[part]
    return {"day": day, "start": start, "end": end}


def parts_of(slots: Sequence[Slot], day: int) -> list[str]:
    """The parts of a day that stand among these times just as they would if they were ticked."""
    return [part for part in PARTS if part_slot(day, part) in slots]


def exact_of(slots: Sequence[Slot], day: int) -> list[Slot]:
    """The times of a day that no tick stands for, in the order in which they are recorded."""
    exact = [slot for slot in slots if slot["day"] == day]
    for part in parts_of(slots, day):
        exact.remove(part_slot(day, part))
    return exact


def _in_order(slots: list[Slot]) -> list[Slot]:
    for slot in slots:
        if not 0 <= slot["day"] <= 6 or not (_TIME.match(slot["start"]) and _TIME.match(slot["end"])):
            raise ValueError("A time is written 09:00 or 17:30, on a day from Monday to Sunday.")
        if slot["end"] <= slot["start"]:
            raise ValueError(
                f"On {DAYS[slot['day']]} the time ends at {slot['end']}, before it starts at {slot['start']}."
            )
    return sorted(slots, key=lambda slot: (slot["day"], slot["start"]))


Week = Annotated[list[Slot], AfterValidator(_in_order)]


def slot_hours(slots: list[Slot]) -> float:
    """Hours a week in these slots, overlapping ones counted as they stand."""
    return sum(_minutes(slot["end"]) - _minutes(slot["start"]) for slot in slots) / 60


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)
