"""Journeys over everybody, estimated; minutes are not-a-number where home, mode or place is not known."""

import numpy as np
from numpy.typing import NDArray

from matching.columns.store import Column
from matching.postcodes import Point
from matching.profiles import JobProfile, SeekerProfile
from matching.travel import EARTH_KM, Mode

Figures = NDArray[np.float64]
_NOWHERE = (float("nan"), float("nan"))
_NO_MODE = Mode(float("nan"), float("nan"))


def _limit(seeker: SeekerProfile) -> float:
    most = seeker.seeker.travel.max_minutes
    return float("inf") if most is None else most


def _kilometres(start: Point, ends: Figures) -> Figures:
    """Return great-circle distances in km from a point to latitudes and longitudes (haversine)."""
    lat, lon = np.radians(start)
    lats, lons = np.radians(ends)
    half = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))


class SeekerTravelColumns:
    """Where all seekers live and how they travel."""

    def __init__(self) -> None:
        self._homes = Column(2)
        self._modes = Column(2)
        self._limits = Column()

    def put(self, row: int, own: SeekerProfile) -> None:
        """Write a seeker's home and travel."""
        mode = own.mode or _NO_MODE
        self._homes.put(row, *(own.home or _NOWHERE))
        self._modes.put(row, mode.minutes_per_km, mode.fixed_minutes)
        self._limits.put(row, _limit(own))

    def drop(self, row: int, own: SeekerProfile) -> None:
        """Do nothing: the next `put` writes over the row."""

    def cut(self) -> None:
        """Forget the last row."""
        for column in (self._homes, self._modes, self._limits):
            column.cut()

    @property
    def homes(self) -> Figures:
        """Latitude and longitude of everybody's home, not-a-number where it is not known."""
        return self._homes.all

    @property
    def modes(self) -> Figures:
        """Minutes for each km and for every journey, a column for each person."""
        return self._modes.all

    @property
    def limits(self) -> Figures:
        """The most minutes that everybody wishes to travel, infinite without a limit."""
        return self._limits.only

    def is_beyond_at(self, row: int, place: Figures) -> bool:
        """Return whether a place, in degrees, is known to be beyond one person's own limit."""
        per_km, fixed = self._modes.all[:, row]
        distance = _kilometres((float(place[0]), float(place[1])), self._homes.all[:, row : row + 1])
        return bool(np.rint(fixed + per_km * distance[0]) > self._limits.only[row])

    def minutes(self, job: JobProfile) -> Figures:
        """Return everybody's estimated minutes to a job, whole."""
        per_km, fixed = self._modes.all
        distances = _kilometres(job.place or _NOWHERE, self._homes.all)
        return np.rint(fixed + per_km * distances)

    def is_beyond(self, job: JobProfile) -> NDArray[np.bool_]:
        """Return whose own limit a job is known to be beyond."""
        return self.minutes(job) > self._limits.only


class JobTravelColumns:
    """Where all jobs are."""

    def __init__(self) -> None:
        self._places = Column(2)

    def put(self, row: int, own: JobProfile) -> None:
        """Write a job's place."""
        self._places.put(row, *(own.place or _NOWHERE))

    def drop(self, row: int, own: JobProfile) -> None:
        """Do nothing: the next `put` writes over the row."""

    def cut(self) -> None:
        """Forget the last row."""
        self._places.cut()

    @property
    def places(self) -> Figures:
        """Latitude and longitude of every job, not-a-number where it is not known."""
        return self._places.all

    def minutes(self, seeker: SeekerProfile) -> Figures:
        """Return a seeker's estimated minutes to every job, whole."""
        mode = seeker.mode or _NO_MODE
        distances = _kilometres(seeker.home or _NOWHERE, self._places.all)
        return np.rint(mode.fixed_minutes + mode.minutes_per_km * distances)

    def is_beyond(self, seeker: SeekerProfile) -> NDArray[np.bool_]:
        """Return which jobs are known to be beyond the seeker's own limit."""
        return self.minutes(seeker) > _limit(seeker)
