"""Counts of people too small to be shown, and what else has to be left out so that they cannot be worked out.

Fewer than five people are never shown by a count (domain, section 7). How many there are in all is known from
other screens, so that whatever is left out can be added up. What is left out is therefore made so large that
no small count can be worked out, also by somebody who knows this rule: what is left out beside them is chosen
by name, never by size.
"""

from collections.abc import Mapping

LEAST = 5
"""The fewest people that a count may show."""


def shown(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts that may be shown, by name; all others are left out, in whatever form the figures come."""
    small = {name: number for name, number in counts.items() if 0 < number < LEAST}
    large = {name: counts[name] for name in sorted(counts) if counts[name] >= LEAST}
    if not small or _is_open_by_itself(sum(small.values()), len(small)):
        return large
    spare = sum(small.values()) - (LEAST - 1) * len(small)
    for name in list(large):
        spare += large.pop(name) - LEAST
        if spare >= 0:
            break
    return large


def _is_open_by_itself(total: int, cells: int) -> bool:
    """Could each of these small counts be anything from 1 to 4, if their sum is known?"""
    most = LEAST - 1
    return cells - 1 + most <= total <= most * (cells - 1) + 1
