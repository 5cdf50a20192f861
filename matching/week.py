"""The week as 336 half hours, so that two timetables are compared by counting common bits.

A time is moved to the nearest half hour (a quarter past goes up). The same times therefore always fall
into the same half hours, and who is free for a whole shift is free for it here too; the error is at most
15 minutes at either end.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matching.records import Slot

HALF_HOURS = 7 * 48
WORDS = 6
_FIRST_64 = (1 << 64) - 1


def cells(slots: Iterable[Slot]) -> int:
    """Return the half hours of the week that the slots fill, as bits; bit 0 is Monday 00:00 to 00:30."""
    filled = 0
    for slot in slots:
        start, end = (slot.day * 48 + (minutes + 15) // 30 for minutes in (slot.start, slot.end))
        filled |= (1 << end) - (1 << start)
    # A Sunday night runs on into Monday morning.
    return (filled | filled >> HALF_HOURS) & ((1 << HALF_HOURS) - 1)


def hours_in(filled: int) -> float:
    """Return how many hours a week the half hours make."""
    return filled.bit_count() / 2


def slots_of(filled: int) -> tuple[Slot, ...]:
    """Return the half hours as times, day by day; what runs past midnight goes on with the next day."""
    found: list[Slot] = []
    for day in range(7):
        rest = filled >> (48 * day) & ((1 << 48) - 1)
        while rest:
            start = (rest & -rest).bit_length() - 1
            length = (~(rest >> start) & (rest >> start) + 1).bit_length() - 1
            found.append(Slot(day, 30 * start, 30 * (start + length)))
            rest &= ~(((1 << length) - 1) << start)
    return tuple(found)


def as_words(filled: int) -> NDArray[np.uint64]:
    """Return the half hours as 64-bit words, first half hours first."""
    return np.array([filled >> (64 * n) & _FIRST_64 for n in range(WORDS)], dtype=np.uint64)


def common_hours(words: NDArray[np.uint64], filled: int) -> NDArray[np.float64]:
    """Return the hours that each column of `words` (one timetable each) has in common with `filled`."""
    wanted = as_words(filled)
    counts = np.zeros(words.shape[1], dtype=np.uint16)
    for used in np.flatnonzero(wanted):
        counts += np.bitwise_count(words[used] & wanted[used])
    return counts / 2.0
