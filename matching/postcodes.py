"""Where a postcode is, to about 0.7 km: the middle of its sector, else of its district. No Northern Ireland.

The centroids come from OS Code-Point Open under the Open Government Licence (data/README-places.md).
"""

import csv
import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from matching.records import Place

Point = tuple[float, float]

DATA = Path(__file__).resolve().parent.parent / "data"
_SECTOR = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9])(?: ?[A-Z]{2})?", re.ASCII)
_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?", re.ASCII)


def point_of(place: Place) -> Point | None:
    """Return latitude and longitude of a place in degrees, None when not recorded or not known to us."""
    if place.lat is not None and place.lon is not None:
        return place.lat, place.lon
    return None if place.postcode is None else locate(place.postcode)


def locate(postcode: str) -> Point | None:
    """Return the middle of a postcode's sector, or of a district: "LS1 4AP", "LS1 4" and "LS1" all work."""
    folded = " ".join(postcode.upper().split())
    # "M1 1" is a sector and "M11" a district: without a space, the district goes first.
    if _DISTRICT.fullmatch(folded) and folded in _districts():
        return _districts()[folded]
    found = _SECTOR.fullmatch(folded)
    if found is None:
        return None
    district, sector = found.groups()
    return _sectors().get(f"{district} {sector}") or _districts().get(district)


@cache
def _sectors() -> dict[str, Point]:
    with gzip.open(DATA / "postcode_sectors.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        return dict(_points(lines))


@cache
def _districts() -> dict[str, Point]:
    with (DATA / "outcodes.csv").open(encoding="utf-8", newline="") as lines:
        return dict(_points(lines))


def _points(lines: Iterator[str]) -> Iterator[tuple[str, Point]]:
    for name, lat, lon in csv.reader(lines):
        if name != "name":
            yield name, (float(lat), float(lon))
