"""How long a journey may take: an estimate from the distance, until somebody types the real journey.

The speeds and the allowances are our own assumptions, meant for a first look: door to door in a British town,
the straight line lengthened by a quarter to a third, waiting and walking at either end included.
"""

import math
from dataclasses import dataclass

from matching.postcodes import Point
from matching.records import Travel

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to travel: minutes for each straight-line kilometre, and minutes that every journey takes."""

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


def kilometres(start: Point, end: Point) -> float:
    """Return the great-circle distance in km between two points in degrees (haversine)."""
    lat, lon, end_lat, end_lon = map(math.radians, (*start, *end))
    across = math.cos(lat) * math.cos(end_lat) * math.sin((end_lon - lon) / 2) ** 2
    half = math.sin((end_lat - lat) / 2) ** 2 + across
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))


def travel_minutes(home: Point | None, mode: Mode | None, place: Point | None) -> int | None:
    """Return the estimated minutes one way, None when home, mode or place is not known."""
    if home is None or mode is None or place is None:
        return None
    return round(mode.fixed_minutes + mode.minutes_per_km * kilometres(home, place))


def mode_of(travel: Travel) -> Mode | None:
    """Return the mode of travel, None when it is not recorded or not one that we can estimate."""
    return MODES.get(travel.mode.casefold()) if travel.mode else None
