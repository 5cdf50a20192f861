"""Lists of different lengths as arrays, and what two of them have in common."""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Kind = TypeVar("Kind", bound=np.generic)
NO_NUMBERS = np.zeros(0, dtype=np.int64)


class Ragged(NamedTuple):
    """What is laid out row by row: that of row n stands from starts[n] to starts[n + 1]."""

    starts: Numbers

    @staticmethod
    def by(rows: NDArray[np.signedinteger], size: int) -> tuple["Ragged", Numbers]:
        """Lay out what belongs to rows; what goes with it is to be put in the order returned."""
        counts = np.bincount(rows, minlength=size)
        # Numbers of 16 bits are sorted digit by digit, several times faster.
        narrow = rows.astype(np.uint16) if size <= 1 << 16 else rows
        return Ragged(np.concatenate(([0], np.cumsum(counts)))), np.argsort(narrow, kind="stable")

    def of(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """Return the places of some rows one after the other, and for each where its row stands in `rows`."""
        starts = self.starts[rows]
        lengths = self.starts[rows + 1] - starts
        ends = np.cumsum(lengths)
        within = np.arange(ends[-1] if ends.size else 0)
        shift = np.repeat(starts - ends + lengths, lengths)
        return within + shift, np.repeat(np.arange(rows.size), lengths)


def together(left: Numbers, right: NDArray[np.signedinteger], size: int) -> tuple[Numbers, Numbers]:
    """Return every pair of places whose keys are the same; keys are below `size`.

    Args:
        left: A key for each place of the one side.
        right: A key for each place of the other side.
        size: The number of keys.
    """
    is_wanted = np.zeros(size, dtype=np.bool_)
    is_wanted[left] = True
    usable = np.flatnonzero(is_wanted[right])
    laid, order = Ragged.by(right[usable], size)
    found, which = laid.of(left)
    return which, usable[order[found]]


def joined(lists: list[NDArray[Kind]], none: NDArray[Kind]) -> tuple[NDArray[Kind], Numbers]:
    """Return all that some lists hold, one after the other, and for each the number of its list.

    Args:
        lists: The lists.
        none: An empty one of their kind.
    """
    sizes = [each.size for each in lists]
    return np.concatenate([none, *lists]), np.repeat(np.arange(len(lists)), sizes)
