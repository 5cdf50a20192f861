"""The jobs gathered for one person: runs of places, and which of them are within reach."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.nearby.bands import Runs
from matching.nearby.lists import Numbers


class Gathering(NamedTuple):
    """Jobs from some runs.

    Attributes:
        runs: What was gathered.
        places: The places of those within reach.
        rows: For each place gathered where it stands in `places`, or -1.
    """

    runs: Runs
    places: Numbers
    rows: Numbers

    @staticmethod
    def of(runs: Runs, gathered: Numbers, is_within: NDArray[np.bool_]) -> "Gathering":
        """Keep those within reach."""
        rows = np.where(is_within, np.cumsum(is_within) - 1, -1)
        return Gathering(runs, gathered[is_within], rows)

    def kept(self, gathered: Numbers, *more: Numbers) -> tuple[Numbers, ...]:
        """Return where some places gathered stand among those within reach, and more of those alone."""
        rows = self.rows[gathered]
        is_within = rows >= 0
        return rows[is_within], *(each[is_within] for each in more)


def all_of(runs: Runs) -> Numbers:
    """Return the places of some runs."""
    return np.concatenate([np.arange(first, last) for first, last in runs])
