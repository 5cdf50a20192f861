"""Times in a week, as availability, work patterns and task slots share them."""

import re
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
