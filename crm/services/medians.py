"""The median of values that a database has counted, so that none of them has to be loaded."""

from collections.abc import Sequence


def median_of(counts: Sequence[tuple[int, int]]) -> float | None:
    """The median of values of which each is there so many times, the lowest first; None of none."""
    number = sum(times for _, times in counts)
    if not number:
        return None
    middle = (_at(counts, (number - 1) // 2), _at(counts, number // 2))
    return sum(middle) / 2


def _at(counts: Sequence[tuple[int, int]], place: int) -> int:
    for value, times in counts:
        if place < times:
            return value
        place -= times
    raise IndexError(place)
