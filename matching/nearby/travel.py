"""Which jobs are within one person's reach: gathered from the map, then compared with the limit itself."""

import numpy as np
from numpy.typing import NDArray

from matching.blocks.travel import Reach, on_sphere
from matching.columns.travel import JobTravelColumns, SeekerTravelColumns
from matching.nearby.bands import Bands, Runs
from matching.nearby.gathering import Gathering, all_of
from matching.nearby.lists import Numbers
from matching.profiles import SeekerProfile

_ONE = np.zeros(1, dtype=np.int64)


class NearbyTravel:
    """Where all jobs are, in the order of the map."""

    def __init__(self, jobs: JobTravelColumns) -> None:
        self._bands = Bands(jobs.places)
        self._degrees = jobs.places.take(self.order, axis=1)
        self._points = on_sphere(self._degrees)

    @property
    def order(self) -> Numbers:
        """The row of the job at each place."""
        return self._bands.order

    def gather(self, seeker: SeekerProfile, is_here: NDArray[np.bool_]) -> Gathering:
        """Return the jobs within a person's reach, of those that are here; unknown travel is within it."""
        alone = SeekerTravelColumns()
        alone.put(0, seeker)
        reach = Reach(alone, self._degrees, self._points)
        runs = self._runs(seeker, float(reach.km[0]))
        gathered = all_of(runs)
        is_within = is_here[gathered]
        is_within &= ~reach.is_beyond(_ONE, gathered)[:, 0]
        return Gathering.of(runs, gathered, is_within)

    def _runs(self, seeker: SeekerProfile, km: float) -> Runs:
        if seeker.home is None or not np.isfinite(km):
            return self._bands.everywhere()
        return self._bands.around(seeker.home, km)
