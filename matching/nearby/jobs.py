"""All jobs in the order of the map, ready to be compared with one person at a time."""

import numpy as np

from matching.columns.total import Parts
from matching.compare import Comparison
from matching.compiled import CompiledJobs
from matching.nearby.amounts import NearbyHours, NearbySupports
from matching.nearby.lists import Numbers
from matching.nearby.preference import NearbyPreference
from matching.nearby.skills import NearbySkills
from matching.nearby.travel import NearbyTravel
from matching.profiles import SeekerProfile
from matching.ranking import Ranking, seeker_keys

ID_ROOM = 1 << 24
"""Between two ids in the order of ids, for those that come later."""


class MappedJobs:
    """All jobs as they were when they were laid out; what changed since is left out by `take_out`."""

    def __init__(self, jobs: CompiledJobs, fit: Comparison) -> None:
        columns, (ids, id_places) = jobs.columns, jobs.ids
        self._weights = fit.weights
        self._travel = NearbyTravel(columns.travel)
        order = self._travel.order
        places = np.empty_like(order)
        places[order] = np.arange(order.size)
        self._skills = NearbySkills(columns.skills, order, places)
        self._hours = NearbyHours(fit.hours, columns.hours, order)
        self._supports = NearbySupports(columns.supports, order)
        self._preference = NearbyPreference(fit.preference, columns.preference, order, places)
        self._is_fixed = columns.fixed.all[order] > 0
        self._ids = np.array([*ids, None], dtype=object)[:-1][order]
        self._id_places = (id_places[order] + 1) * ID_ROOM
        self._places = dict(zip(ids, places.tolist(), strict=True))
        self._is_here = np.ones(order.size, dtype=np.bool_)

    def __contains__(self, job_id: str) -> bool:
        place = self._places.get(job_id)
        return place is not None and bool(self._is_here[place])

    def __len__(self) -> int:
        return int(np.count_nonzero(self._is_here))

    def take_out(self, job_id: str) -> None:
        """Leave a job out from now on; nothing happens where it is not here."""
        place = self._places.get(job_id)
        if place is not None:
            self._is_here[place] = False

    def in_order(self) -> list[str]:
        """Return all ids in their order, those of jobs left out too."""
        return sorted(self._places)

    def rank(self, seeker: SeekerProfile) -> Ranking:
        """Compare a person with every job within their reach."""
        gathering = self._travel.gather(seeker, self._is_here)
        places: Numbers = gathering.places
        parts = Parts(
            self._skills.totals(seeker, gathering),
            self._hours.totals(seeker, gathering),
            self._supports.totals(seeker, gathering),
            self._preference.totals(seeker, gathering),
            self._is_fixed[places],
        )
        return parts.ranking(
            self._weights,
            (tuple(self._ids[places].tolist()), self._id_places[places]),
            lambda middle: seeker_keys(middle, parts.uses_strengths()),
        )
