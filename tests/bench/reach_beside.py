"""What ranking within reach is held against: the bare sums of it, and plain Python sets.

The bare sums are what nobody could do without: people and jobs in cells of 25 km, one sparse product of
skills for each cell and its neighbours, and the top 20 of each job, with no hours, supports, wishes or bands.
"""

import heapq
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tests.bench.reach_world import first_lines

TOP = 20
CELL_KM, KM_A_DEGREE = 25.0, 111.2
Figures = NDArray[np.float64]


def bare(
    files: tuple[Path, Path], sizes: tuple[int, int], places: tuple[Figures, Figures]
) -> Callable[[], int]:
    """Grid, product of skills and top 20, from arrays that are ready; how many pairs the cells hold."""
    labels: dict[str, int] = {}

    def matrix(path: Path, count: int, field: str, name: str) -> sparse.csr_array[Any]:
        at = [
            (row, labels.setdefault(each[name], len(labels)))
            for row, record in enumerate(first_lines(path, count))
            for each in record.get(field, ())
        ]
        ends = np.array(at, dtype=np.int64).reshape(-1, 2).T
        return sparse.csr_array((np.ones(len(at)), (ends[0], ends[1])), shape=(count, 20_000))

    held = matrix(files[0], sizes[0], "skills", "name")
    asked = matrix(files[1], sizes[1], "criteria", "text")
    homes, posts = (_cells_of(degrees) for degrees in places)

    def work() -> int:
        order, pairs = np.lexsort(posts), 0
        ends = np.flatnonzero(np.any(np.diff(posts[:, order]) != 0, axis=0)) + 1
        for some in np.split(order, ends):
            near = np.flatnonzero((np.abs(homes - posts[:, some[:1]]) <= 1).all(axis=0))
            if near.size:
                scores = (asked[some] @ held[near].T).toarray()
                np.argpartition(scores, -min(TOP, near.size), axis=1)[:, -TOP:]
            pairs += near.size * some.size
        return pairs

    return work


def _cells_of(degrees: Figures) -> NDArray[np.int64]:
    return np.floor(degrees * [[KM_A_DEGREE / CELL_KM], [0.6 * KM_A_DEGREE / CELL_KM]]).astype(np.int64)


def plain_sets(files: tuple[Path, Path], people: int, jobs: int) -> Callable[[], object]:
    """The skills of everybody and of some jobs as Python sets: the top 20 of each job by what they share."""
    held = [{each["name"] for each in record.get("skills", ())} for record in first_lines(files[0], people)]
    asked = [{each["text"] for each in record.get("criteria", ())} for record in first_lines(files[1], jobs)]
    return lambda: [
        heapq.nlargest(TOP, range(people), [len(own & each) for own in held].__getitem__) for each in asked
    ]
