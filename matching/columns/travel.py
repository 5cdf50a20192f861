"""Journeys over everybody, estimated; minutes are not-a-number where home, mode or place is not known."""

import numpy as np
from numpy.typing import NDArray

from matching.columns.store import Column
from matching.postcodes import point_of
from matching.profiles import JobProfile, SeekerProfile
from matching.records import Place
from matching.travel import Mode, kilometres, minutes, mode_of

Figures = NDArray[np.float64]
_NOWHERE = (float("nan"), float("nan"))
_NO_MODE = Mode(float("nan"), float("nan"))


def _point(place: Place) -> tuple[float, float]:
    return point_of(place) or _NOWHERE


def _mode(seeker: SeekerProfile) -> Mode:
    return mode_of(seeker.seeker.travel) or _NO_MODE


def _limit(seeker: SeekerProfile) -> float:
    most = seeker.seeker.travel.max_minutes
    return float("inf") if most is None else most


class SeekerTravelColumns:
    """Where all seekers live and how they travel."""

    def __init__(self) -> None:
        self._homes = Column(2)
        self._modes = Column(2)
        self._limits = Column()

    def put(self, row: int, own: SeekerProfile) -> None:
        """Write a seeker's home and travel."""
        mode = _mode(own)
        self._homes.put(row, *_point(own.seeker.home))
        self._modes.put(row, mode.minutes_per_km, mode.fixed_minutes)
        self._limits.put(row, _limit(own))

    def drop(self, row: int, own: SeekerProfile) -> None:
        """Do nothing: the next `put` writes over the row."""

    def cut(self) -> None:
        """Forget the last row."""
        for column in (self._homes, self._modes, self._limits):
            column.cut()

    def minutes(self, job: JobProfile) -> Figures:
        """Return everybody's estimated minutes to a job, whole."""
        per_km, fixed = self._modes.all
        distances = kilometres(_point(job.job.place), self._homes.all.T)
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
        self._places.put(row, *_point(own.job.place))

    def drop(self, row: int, own: JobProfile) -> None:
        """Do nothing: the next `put` writes over the row."""

    def cut(self) -> None:
        """Forget the last row."""
        self._places.cut()

    def minutes(self, seeker: SeekerProfile) -> Figures:
        """Return a seeker's estimated minutes to every job, whole."""
        distances = kilometres(_point(seeker.seeker.home), self._places.all.T)
        return np.rint(minutes(distances, _mode(seeker)))

    def is_beyond(self, seeker: SeekerProfile) -> NDArray[np.bool_]:
        """Return which jobs are known to be beyond the seeker's own limit."""
        return self.minutes(seeker) > _limit(seeker)
