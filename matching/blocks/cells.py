"""Jobs that lie near each other, so that people are looked at only where they can get to."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.blocks.ragged import Numbers
from matching.travel import EARTH_KM

CELL_KM = 16.0
"""The side of a cell: smaller ones look at fewer people in vain, larger ones are fewer."""

MOST_JOBS = 256
"""The most jobs of a block: its tables stay in the processor's cache."""

_KM_A_DEGREE = 111.2


class Cell(NamedTuple):
    """Some jobs by their rows, and a circle around them on the sphere; None where places are not known."""

    jobs: Numbers
    middle: NDArray[np.float64] | None
    radius_km: float


def cells(degrees: NDArray[np.float64], on_sphere: NDArray[np.float64]) -> Iterator[Cell]:
    """Put all jobs into cells, those without a place last.

    Args:
        degrees: Latitude and longitude, a column for each job, not-a-number where not known.
        on_sphere: The same places on the unit sphere.
    """
    is_placed = ~np.isnan(degrees).any(axis=0)
    placed = np.flatnonzero(is_placed)
    lat, lon = degrees[:, placed]
    rows = np.floor(lat * _KM_A_DEGREE / CELL_KM)
    width = np.maximum(np.cos(np.radians(rows * CELL_KM / _KM_A_DEGREE)), 0.01)
    columns = np.floor(lon * _KM_A_DEGREE * width / CELL_KM)
    order = np.lexsort((columns, rows))
    is_new = (np.diff(rows[order]) != 0) | (np.diff(columns[order]) != 0)
    ends = np.flatnonzero(is_new) + 1
    for jobs in np.split(placed[order], ends):
        for some in _chunks(jobs):
            yield _around(some, on_sphere)
    for some in _chunks(np.flatnonzero(~is_placed)):
        yield Cell(some, None, 0.0)


def _chunks(jobs: Numbers) -> Iterator[Numbers]:
    for start in range(0, jobs.size, MOST_JOBS):
        yield jobs[start : start + MOST_JOBS]


def _around(jobs: Numbers, on_sphere: NDArray[np.float64]) -> Cell:
    points = on_sphere[:, jobs]
    middle = points.mean(axis=1)
    middle /= np.linalg.norm(middle)
    chord = np.sqrt(((points - middle[:, None]) ** 2).sum(axis=0).max())
    return Cell(jobs, middle, float(2 * EARTH_KM * np.arcsin(min(chord / 2, 1.0))))
