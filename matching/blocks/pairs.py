"""The pairs of a block that are within reach: everything but joins is worked out for these alone."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.blocks.ragged import Numbers
from matching.columns.credits import Figures
from matching.columns.hours import Weeks


class Pairs(NamedTuple):
    """Pairs of some jobs and some people, job by job.

    Attributes:
        people: The rows of the people of the block.
        jobs: The rows of its jobs.
        lines: Of each pair where its job stands in `jobs`, rising.
        places: Of each pair where its person stands in `people`, rising for each job.
        cells: Where the pair stands in a table with a line for each job.
    """

    people: Numbers
    jobs: Numbers
    lines: Numbers
    places: Numbers
    cells: Numbers

    @staticmethod
    def within(people: Numbers, jobs: Numbers, is_within: NDArray[np.bool_]) -> "Pairs":
        """Return the pairs of a table where it is true."""
        cells = np.flatnonzero(is_within)
        lines = np.repeat(np.arange(jobs.size), np.count_nonzero(is_within, axis=1))
        return Pairs(people, jobs, lines, cells - lines * people.size, cells)

    @property
    def table(self) -> int:
        """How many pairs there are with those beyond reach."""
        return self.people.size * self.jobs.size

    def of_people(self, columns: Figures) -> Figures:
        """Return for each pair the figures of its person, from columns of everybody."""
        return columns[..., self.people].take(self.places, axis=-1)

    def of_jobs(self, columns: Figures) -> Figures:
        """Return for each pair the figures of its job, from columns of all jobs."""
        return columns[..., self.jobs].take(self.lines, axis=-1)


def common_hours(own: Weeks, theirs: Weeks, pairs: Pairs) -> Figures:
    """Return the hours that each pair has in common, not-a-number where either week is not recorded."""
    free, asked = own.words[:, pairs.people], theirs.words[:, pairs.jobs]
    counts = np.zeros(pairs.cells.size, dtype=np.uint16)
    for used in np.flatnonzero(free.any(axis=1) & asked.any(axis=1)):
        counts += np.bitwise_count(free[used].take(pairs.places) & asked[used].take(pairs.lines))
    return counts / 2.0 + pairs.of_people(own.not_known) + pairs.of_jobs(theirs.not_known)
