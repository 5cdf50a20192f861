"""All ways to close one blocker without a change too many, from its elementary changes."""

from collections.abc import Callable, Sequence
from itertools import combinations

from matching.change import Blocker, Change, Limits, Way, cost, goes_together


def every_way(changes: Sequence[Change], closes: Callable[[Way], bool], limits: Limits) -> tuple[Way, ...]:
    """Return every set that closes a blocker and of which no part does, the best first.

    Every subset is looked at, the smaller ones first: nothing can be missed, and a blocker has few changes.
    """
    found: list[Way] = []
    for size in range(1, len(changes) + 1):
        for way in combinations(changes, size):
            is_needed = not any(set(smaller) <= set(way) for smaller in found)
            if is_needed and goes_together(way, limits) and closes(way):
                found.append(way)
    return tuple(sorted(found, key=cost))


def blocker(about: str, changes: Sequence[Change], closes: Callable[[Way], bool], limits: Limits) -> Blocker:
    """Return a blocker of which every way is known."""
    return Blocker(about, tuple(changes), every_way(changes, closes, limits))
