"""Who is within reach of which job, just as `matching.travel` estimates it, with little work for each pair.

On the unit sphere the angle between two places is compared by its cosine. Only where the cosine is too near
the limit to be sure is the journey worked out as everywhere else.
"""

import math

import numpy as np
from numpy.typing import NDArray

from matching.blocks.ragged import Numbers
from matching.columns.travel import SeekerTravelColumns
from matching.travel import EARTH_KM

Figures = NDArray[np.float64]
_NEVER, _ALWAYS = 2.0, -2.0
"""Cosines that no two places reach, and that all do."""

_UNSURE_KM = 2e-4
"""A cosine of double precision tells distances apart down to 0.13 m; nearer to the limit nothing is sure."""


class Reach:
    """Where everybody lives, how far they go, and where all jobs are; unknown travel is within reach.

    Args:
        seekers: Homes and limits.
        degrees: Latitude and longitude of every job.
        places: The same on the unit sphere.
    """

    def __init__(self, seekers: SeekerTravelColumns, degrees: Figures, places: Figures) -> None:
        self._seekers, self._degrees = seekers, degrees
        self.homes, self.places = on_sphere(seekers.homes), places
        self.km = most_km(seekers)
        sure = np.clip((self.km - _UNSURE_KM) / EARTH_KM, 0.0, math.pi)
        unsure = np.clip((self.km + _UNSURE_KM) / EARTH_KM, 0.0, math.pi)
        within = np.where(self.km > _UNSURE_KM, np.cos(sure), _NEVER)
        maybe = np.where(self.km >= -_UNSURE_KM, np.cos(unsure), _NEVER)
        self._is_anywhere = np.isnan(self.km) | np.isposinf(self.km)
        self._cosine, self._sine = np.cos(unsure), np.sin(unsure)
        self._within, self._maybe = (np.where(self._is_anywhere, _ALWAYS, each) for each in (within, maybe))

    def near(self, middle: Figures, radius_km: float) -> NDArray[np.bool_]:
        """Return who may reach a place within so many km of a point on the sphere; never too few."""
        # The cosine of the sum of two angles, of which only one is new.
        angle = radius_km / EARTH_KM
        least = self._cosine * math.cos(angle) - self._sine * math.sin(angle)
        return (middle @ self.homes >= least) | self._is_anywhere

    def is_beyond(self, people: Numbers, jobs: Numbers) -> NDArray[np.bool_]:
        """Return which jobs, a line for each, are known to be further than these people wish."""
        cosines = self.places[:, jobs].T @ self.homes[:, people]
        beyond = cosines < self._maybe[people]
        unsure = np.argwhere(~beyond & (cosines < self._within[people])).tolist()
        for line, place in unsure:
            job = self._degrees[:, jobs[line]]
            beyond[line, place] = self._seekers.is_beyond_at(int(people[place]), job)
        return beyond


def on_sphere(degrees: Figures) -> Figures:
    """Return latitudes and longitudes as points of the unit sphere."""
    lat, lon = np.radians(degrees)
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def most_km(seekers: SeekerTravelColumns) -> Figures:
    """Return how far everybody goes: not-a-number without a home or mode, infinite without a limit.

    Minutes are whole, the half going to the even one: beyond a limit is from half a minute past it.
    """
    per_km, fixed = seekers.modes
    km = (np.floor(seekers.limits) + 0.5 - fixed) / per_km
    return np.where(np.isnan(seekers.homes[0]), np.nan, km)
