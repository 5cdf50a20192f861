"""How long a journey may take: an estimate from the distance, until somebody types the real journey.

The speeds and the allowances are our own assumptions, meant for a first look: door to door in a British town, the
straight line lengthened by a quarter to a third, waiting and walking at either end included.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.postcodes import Point, point_of
from matching.records import Place, Travel

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to travel: minutes for each kilometre in a straight line, and minutes that every journey takes."""

    minutes_per_km: float
    fixed_minutes: float = 0.0


_FOOT, _WHEELCHAIR, _CYCLE = Mode(15.6), Mode(18.0), Mode(5.2, 3)
_TRANSIT, _TRAIN, _CAR = Mode(4.8, 12), Mode(1.8, 25), Mode(2.2, 5)
MODES = {
    "walk": _FOOT, "walking": _FOOT, "foot": _FOOT, "wheelchair": _WHEELCHAIR,
    "bike": _CYCLE, "bicycle": _CYCLE, "cycle": _CYCLE, "cycling": _CYCLE,
    "bus": _TRANSIT, "tram": _TRANSIT, "transit": _TRANSIT, "public_transport": _TRANSIT,
    "public transport": _TRANSIT, "train": _TRAIN, "rail": _TRAIN,
    "car": _CAR, "drive": _CAR, "driving": _CAR, "lift": _CAR, "taxi": _CAR,
}  # fmt: skip
"""Modes by the words that people write; any other word gives no estimate."""


def kilometres(start: Point, ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return great-circle distances in km from a point to rows of latitude and longitude (haversine)."""
    lat, lon = np.radians(start)
    lats, lons = np.radians(ends).T
    half = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))


def travel_minutes(home: Place, travel: Travel, place: Place) -> int | None:
    """Return the estimated minutes one way, None when home, mode or place is not known."""
    start, end = point_of(home), point_of(place)
    mode = mode_of(travel)
    if start is None or end is None or mode is None:
        return None
    return round(float(minutes(kilometres(start, np.array([end])), mode)[0]))


def minutes(distances: NDArray[np.float64], mode: Mode) -> NDArray[np.float64]:
    """Return the estimated minutes for distances in km, unrounded."""
    return mode.fixed_minutes + mode.minutes_per_km * distances


def mode_of(travel: Travel) -> Mode | None:
    """Return the mode of travel, None when it is not recorded or not one that we can estimate."""
    return MODES.get(travel.mode.casefold()) if travel.mode else None


def points(places: Sequence[Place]) -> NDArray[np.float64]:
    """Return latitude and longitude of each place, not-a-number where not known."""
    unknown = (np.nan, np.nan)
    return np.array([point_of(place) or unknown for place in places], dtype=np.float64).reshape(-1, 2)
