"""Hours and natural supports of one person beside the jobs gathered."""

import numpy as np

from matching.columns import hours, supports
from matching.columns.hours import HourTotals, JobHourColumns
from matching.columns.supports import JobSupportColumns, SupportTotals
from matching.hours import HoursFit
from matching.nearby.gathering import Gathering
from matching.nearby.lists import Numbers
from matching.profiles import SeekerProfile
from matching.week import common_hours


class NearbyHours:
    """The hours of all jobs, place by place; `fit` says how hours are compared."""

    def __init__(self, fit: HoursFit, jobs: JobHourColumns, order: Numbers) -> None:
        self._fit = fit
        self._offers = jobs.offers.take(order, axis=1)
        self._words, self._not_known = jobs.weeks.words.take(order, axis=1), jobs.weeks.not_known[order]

    def totals(self, seeker: SeekerProfile, gathering: Gathering) -> HourTotals:
        """Compare a person's hours with those of the jobs gathered."""
        places = gathering.places
        if seeker.cells is None:
            overlap = np.full(places.size, np.nan)
        else:
            overlap = common_hours(self._words.take(places, axis=1), seeker.cells)
            overlap += self._not_known[places]
        return hours.for_seeker(self._fit, seeker, self._offers.take(places, axis=1), overlap)


class NearbySupports:
    """The natural supports of all jobs, place by place: credits are whole tenths, so a byte each."""

    def __init__(self, jobs: JobSupportColumns, order: Numbers) -> None:
        self._credits = np.array([credit.astype(np.int8)[order] for credit in jobs.credits])

    def totals(self, seeker: SeekerProfile, gathering: Gathering) -> SupportTotals:
        """Compare a person's needs with the supports of the jobs gathered."""
        ends = np.zeros((2, gathering.places.size))
        kinds = len(self._credits) // 2
        for kind in np.flatnonzero(supports.open_needs(seeker)):
            for end, place in zip(ends, (kind, kinds + kind), strict=True):
                end += self._credits[place].take(gathering.places)
        return supports.for_seeker(seeker, *ends)
