"""Jobs laid out by the map, in bands from west to east, so that an area is a few runs of places."""

import math

import numpy as np
from numpy.typing import NDArray

from matching.postcodes import Point
from matching.travel import EARTH_KM

Figures = NDArray[np.float64]
BAND_KM = 4.0
"""The height of a band: lower ones make more runs, higher ones gather more jobs in vain."""

_KM_A_DEGREE = math.radians(1) * EARTH_KM
_STRIDE = 1_000.0
"""From one band to the next in the order; longitudes are within 360 of each other."""

_ROUND = 200.0
"""Further east or west than anything is."""

_SPARE_KM, _SPARE_DEGREES = 1e-3, 1e-6
"""Gathered beyond the limit: whoever is that near to it is compared exactly."""

Runs = list[tuple[int, int]]
"""First and last place, the last not included."""


class Bands:
    """An order of jobs in which those around a place stand together.

    Args:
        degrees: Latitude and longitude, a column for each job, not-a-number where not known.
    """

    def __init__(self, degrees: Figures) -> None:
        lat, lon = degrees
        keys = np.where(np.isnan(lat), np.inf, _band(lat) * _STRIDE + lon)
        self.order = np.argsort(keys, kind="stable")
        """The row of the job at each place; those whose place is not known come last."""
        self._keys = keys[self.order]
        self._placed = int(np.count_nonzero(np.isfinite(keys)))

    def around(self, home: Point, km: float) -> Runs:
        """Return the runs that hold every job within so many km, and those without a place; never too few."""
        unplaced = (self._placed, self._keys.size)
        angle = (km + _SPARE_KM) / EARTH_KM
        if angle < 0:
            return [unplaced]
        lat, lon = home
        reach = math.degrees(angle)
        first, last = (float(_band(np.asarray(lat + end))) for end in (-reach, reach))
        bands: Figures = np.arange(first, last + 1.0)
        widths = _widths(lat, angle, bands)
        # An area that goes round the back of the map takes whole bands.
        is_round = (widths > 180) | (lon - widths < -180) | (lon + widths > 180)
        west = np.where(is_round, -_ROUND, lon - widths)
        east = np.where(is_round, _ROUND, lon + widths)
        starts: list[int] = np.searchsorted(self._keys, bands * _STRIDE + west).tolist()
        ends: list[int] = np.searchsorted(self._keys, bands * _STRIDE + east, side="right").tolist()
        runs = zip(starts, ends, strict=True)
        return [*((start, end) for start, end in runs if start < end), unplaced]

    def everywhere(self) -> Runs:
        """Return the one run that holds all."""
        return [(0, self._keys.size)]


def _band(lat: Figures) -> Figures:
    return np.floor(lat * _KM_A_DEGREE / BAND_KM)


def _widths(lat: float, angle: float, bands: Figures) -> Figures:
    """Return how many degrees of longitude an area reaches to either side, at its widest within each band.

    The area is widest nearest to one latitude, and narrower the further a band is from it.
    """
    here, far = math.radians(lat), math.cos(angle)
    south, north = (np.radians((bands + step) * BAND_KM / _KM_A_DEGREE) for step in (0, 1))
    is_whole = abs(here) + angle >= math.pi / 2
    if is_whole:
        return np.full(bands.shape, 360.0)
    widest = np.clip(math.asin(max(-1.0, min(1.0, math.sin(here) / far))), south, north)
    cosine = (far - math.sin(here) * np.sin(widest)) / (math.cos(here) * np.cos(widest))
    return np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))) + _SPARE_DEGREES
