"""`rank` within travel limits: the map is gone through cell by cell, then the rows are written job by job."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.blocks.ranking import AllPairs
from matching.blocks.travel import most_km
from matching.index import JobIndex, SeekerIndex
from matching.profiles import JobProfile
from matching.records import Job
from matching.records.parts import NOWHERE

KNOWN_SHARE = 0.75
"""Where fewer of the journeys are known, most pairs are within reach, and one job at a time is quicker."""


def is_quicker(people: SeekerIndex, jobs: Sequence[Job]) -> bool:
    """Are enough journeys known for the map to repay itself? The rows are the same either way."""
    limited = np.isfinite(most_km(people.columns.travel))
    placed = sum(job.place != NOWHERE for job in jobs)
    return bool(limited.sum() * placed >= KNOWN_SHARE * len(people) * len(jobs) > 0)


class Reached:
    """For each job the people to show, and how many it lost to their own travel limits.

    Args:
        people: Everybody.
        jobs: All jobs, each with an id of its own.
        count: How many people are shown for each at most.
    """

    def __init__(self, people: SeekerIndex, jobs: Sequence[Job], count: int) -> None:
        posts = JobIndex(jobs, vocabulary=people.concepts, weights=people.weights)
        pairs = AllPairs(people, posts)
        self._ids = people.ids[0]
        self._rows = {job_id: row for row, job_id in enumerate(posts.ids[0])}
        self._people: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)] * len(posts)
        self._left_out = np.zeros(len(posts), dtype=np.int64)
        for cell in pairs.cells():
            for kept in pairs.top(cell, count):
                self._left_out[kept.jobs] = kept.left_out
                ends = np.searchsorted(kept.job_places, np.arange(kept.jobs.size + 1))
                for place, job in enumerate(kept.jobs.tolist()):
                    self._people[job] = kept.person[ends[place] : ends[place + 1]]

    def shown(self, job: JobProfile) -> list[str]:
        """Return the ids of those to show for a job, the first first."""
        return [self._ids[person] for person in self._people[self._rows[job.job.id]].tolist()]

    def left_out(self, job: JobProfile) -> int:
        """Return how many people are known to live further away than they wish to travel."""
        return int(self._left_out[self._rows[job.job.id]])
