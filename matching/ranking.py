"""Everybody's figures for one job, or one person's for every job, and the order they come in."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.totals import STEP, Group

Figures = NDArray[np.float64]
GROUPS = tuple(Group)
"""The groups by the numbers that `Ranking.group` holds."""

STRENGTHS_POINTS = 20.0
"""The most points that using a person's strengths lifts a job in the order for that person."""

_SCORE_BITS = 27
_WAIT_BITS = 22
LAST_DAY = (1 << _WAIT_BITS) - 1
"""The day number of those whose wait is not recorded: later than any date."""

_STEPS = int(100 / STEP)


class Remainder(Protocol):
    """What a ranking works out only when it is asked for: an order needs neither."""

    def groups(self) -> NDArray[np.int8]:
        """Return everybody's group."""
        ...

    def uses_strengths(self) -> Figures:
        """Return how far everybody's strengths are used."""
        ...


@dataclass(frozen=True)
class Ranking:
    """Figures as arrays, a place for each of `ids`; the same as `Match` gives for each pair.

    Attributes:
        ids: Everybody, or every job, in no particular order.
        id_places: The place of each in the order of ids: the last word where all else is equal.
        low: Lower end of the band, 0 to 100.
        high: Upper end of the band.
        middle: The middle of the band; it is the score only where anything is known.
        components: For each component by name its lower and upper end, 0 to 1.
        keys: What orders: the smallest comes first.
        remainder: What gives the rest.
    """

    ids: tuple[str, ...]
    id_places: NDArray[np.int64]
    low: Figures
    high: Figures
    middle: Figures
    components: dict[str, tuple[Figures, Figures]]
    keys: NDArray[np.int64]
    remainder: Remainder

    @cached_property
    def coverage(self) -> Figures:
        """The known share, 0 to 1."""
        return np.rint((1.0 - (self.high - self.low) / 100.0) * 1e6) / 1e6

    @cached_property
    def score(self) -> Figures:
        """The middle, not-a-number where nothing is known."""
        return np.where(self.coverage == 0, np.nan, self.middle)

    @cached_property
    def group(self) -> NDArray[np.int8]:
        """Numbers into `GROUPS`."""
        return self.remainder.groups()

    @cached_property
    def uses_strengths(self) -> Figures:
        """How much of what the person brings is asked for, 0 to 1; not-a-number without skills."""
        return self.remainder.uses_strengths()

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """Positions from first to last."""
        return np.lexsort((self.id_places, self.keys))

    def first(self, count: int | None, among: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """Return the first positions of the order, of those in `among` if given; all without a count."""
        if count is None and among is None:
            return self.order
        chosen = None if among is None else np.flatnonzero(among)
        keys = self.keys if chosen is None else self.keys[chosen]
        if count is not None and 0 < count < keys.size:
            # Sorting only those up to the last key wanted is many times faster than sorting everybody.
            early = np.flatnonzero(keys <= np.partition(keys, count - 1)[count - 1])
            chosen = early if chosen is None else chosen[early]
        if chosen is None:
            return self.order[:count]
        return chosen[np.lexsort((self.id_places[chosen], self.keys[chosen]))][:count]

    def component_score(self, name: str) -> Figures:
        """Return a component's mean of what is known, 0 to 1; not-a-number where nothing is known."""
        return mean_of_known(*self.components[name])


def mean_of_known(low: Figures, high: Figures) -> Figures:
    """Return the scores of a component from its ends; not-a-number where nothing is known."""
    known = 1.0 - (high - low)
    return np.rint(low / np.where(known > 0, known, np.nan) * 1e6) / 1e6


def job_keys(middle: Figures, waits: Figures) -> NDArray[np.int64]:
    """Return the order for a job: step of five points, longest wait (a day number), score."""
    steps = np.floor((middle + 1e-6) / STEP).astype(np.int64)
    return (
        ((_STEPS - steps) << (_WAIT_BITS + _SCORE_BITS))
        | (waits.astype(np.int64) << _SCORE_BITS)
        | _downwards(middle, 100)
    )


def seeker_keys(middle: Figures, uses_strengths: Figures) -> NDArray[np.int64]:
    """Return the order for a person: score and up to 20 points for using their strengths, then score."""
    lifted = middle + STRENGTHS_POINTS * np.where(np.isnan(uses_strengths), 0.0, uses_strengths)
    return (_downwards(lifted, 120) << _SCORE_BITS) | _downwards(middle, 100)


def _downwards(values: Figures, most: int) -> NDArray[np.int64]:
    """Return figures to 6 decimals as whole numbers, the largest first."""
    return most * 1_000_000 - np.rint(values * 1e6).astype(np.int64)
