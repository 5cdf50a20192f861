"""Lists of different lengths, one for each place, laid out one after the other and gathered run by run."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.nearby.bands import Runs

Numbers = NDArray[np.int64]
Narrow = NDArray[np.int32]
Posting = tuple[Numbers, tuple[Narrow | int, ...]]
"""The places that have a key, and what stands there, column by column."""


class Gathered(NamedTuple):
    """The lists of some runs, one after the other.

    Attributes:
        values: The first column of them.
        ends: Where the list of each place gathered ends.
        run_ends: Where each run ends.
        shifts: What is added in each run to find the same in the other columns.
    """

    values: Narrow
    ends: Numbers
    run_ends: Numbers
    shifts: Numbers

    def place_of(self, hits: Numbers) -> Numbers:
        """Return for some values in whose list they stand: numbers of the places gathered."""
        return np.searchsorted(self.ends, hits, side="right")

    def rows_of(self, hits: Numbers) -> Numbers:
        """Return where some values stand in the columns as a whole."""
        return hits + self.shifts[np.searchsorted(self.run_ends, hits, side="right")]


class Lists(NamedTuple):
    """What stands at place n is from starts[n] to starts[n + 1] in each of the columns."""

    starts: Numbers
    columns: tuple[Narrow, ...]

    def gathered(self, runs: Runs) -> Gathered:
        """Return the lists of some runs."""
        starts, first_column = self.starts, self.columns[0]
        parts = [first_column[starts[first] : starts[last]] for first, last in runs]
        run_ends = np.cumsum([part.size for part in parts])
        shifts = np.array([starts[last] for _, last in runs]) - run_ends
        ends = np.concatenate([starts[first + 1 : last + 1] for first, last in runs])
        ends -= np.repeat(shifts, [last - first for first, last in runs])
        return Gathered(np.concatenate(parts), ends, run_ends, shifts)


def laid_out(size: int, width: int, postings: Callable[[], Iterable[Posting]]) -> Lists:
    """Lay out by place what stands by key; no place comes twice under a key.

    Args:
        size: How many places there are.
        width: How many columns there are.
        postings: Returns the same postings each time; they are gone through twice instead of being held.
    """
    counts = np.zeros(size + 1, dtype=np.int64)
    for places, _ in postings():
        counts[places + 1] += 1
    starts = np.cumsum(counts)
    columns = tuple(np.empty(starts[-1], dtype=np.int32) for _ in range(width))
    free = starts[:-1].copy()
    for places, values in postings():
        at = free[places]
        for column, value in zip(columns, values, strict=True):
            column[at] = value
        free[places] += 1
    return Lists(starts, columns)
