"""How fast everybody is ranked for many jobs within travel limits, beside the bare sums of it; `make bench`.

Beside it stands what nobody could do without: people and jobs in cells of 25 km, one sparse product of skills
for each cell and its neighbours, and the top 20 of each job, with no hours, supports, wishes or bands. Both
are CPU seconds of one thread in the same run: the ratio is what can be compared between machines.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import gc
import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.blocks.ranking import AllPairs
from matching.index import JobIndex, SeekerIndex
from matching.records import Job, Seeker, read_jobs, read_seekers
from matching.vocabulary import Vocabulary
from tests.bench.generate import ROOT, World

PEOPLE, JOBS, TOP = 10_000, 100_000, 20
CELL_KM, KM_A_DEGREE = 25.0, 111.2
MODES, MINUTES = ("bus", "walk", "car", "train"), (30, 45, 60)


def located(world: World, record: dict[str, Any], key: str) -> str:
    """A drawn record of which it is known where it is, and how far somebody goes."""
    record[key] = world.postcode()
    if key == "home":
        record["travel"] = {"mode": world.one_of(MODES), "max_minutes": world.one_of(MINUTES)}
    return json.dumps(record) + "\n"


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def top_of_all(pairs: AllPairs) -> tuple[int, int]:
    """How many rows are kept, and how many pairs were within reach of all that there are."""
    rows = reached = 0
    for cell in pairs.cells():
        for kept in pairs.top(cell, TOP):
            rows += kept.person.size
            reached += kept.jobs.size * PEOPLE - int(kept.left_out.sum())
    return rows, reached


def bare(seekers: list[Seeker], jobs: list[Job], homes: Any, places: Any) -> Callable[[], object]:
    """Grid, product of skills and top 20, from arrays that are ready."""
    labels: dict[str, int] = {}

    def matrix(rows: list[list[str]]) -> sparse.csr_array:
        at = [(row, labels.setdefault(name, len(labels))) for row, names in enumerate(rows) for name in names]
        ends = np.array(at, dtype=np.int64).reshape(-1, 2).T
        return sparse.csr_array((np.ones(len(at)), (ends[0], ends[1])), shape=(len(rows), 20_000))

    held = matrix([[skill.name for skill in seeker.skills] for seeker in seekers])
    asked = matrix([[criterion.text for criterion in job.criteria] for job in jobs])

    def cells_of(degrees: NDArray[np.float64]) -> NDArray[np.int64]:
        return np.floor(degrees * [[KM_A_DEGREE / CELL_KM], [0.6 * KM_A_DEGREE / CELL_KM]]).astype(np.int64)

    home_cells, place_cells = cells_of(homes), cells_of(places)

    def work() -> None:
        order = np.lexsort(place_cells)
        ends = np.flatnonzero(np.any(np.diff(place_cells[:, order]) != 0, axis=0)) + 1
        for some in np.split(order, ends):
            near = np.flatnonzero((np.abs(home_cells - place_cells[:, some[:1]]) <= 1).all(axis=0))
            if near.size:
                scores = (asked[some] @ held[near].T).toarray()
                np.argpartition(scores, -min(TOP, near.size), axis=1)[:, -TOP:]

    return work


def main() -> None:
    """Print every figure."""
    vocabulary = Vocabulary.from_csv(ROOT / "data" / "skills.csv")
    with tempfile.TemporaryDirectory() as name:
        people_file, jobs_file = Path(name) / "seekers.jsonl", Path(name) / "jobs.jsonl"
        world = World(1)
        people_file.write_text("".join(located(world, world.seeker(n), "home") for n in range(PEOPLE)))
        jobs_file.write_text("".join(located(world, world.job(n), "place") for n in range(JOBS)))
        seekers, jobs = read_seekers(people_file), read_jobs(jobs_file)
    gc.disable()
    people, posts = SeekerIndex(seekers, vocabulary=vocabulary), JobIndex(jobs, vocabulary=vocabulary)
    beside = bare(seekers, jobs, people.columns.travel.homes, posts.columns.travel.places)
    start = time.process_time()
    pairs = AllPairs(people, posts)
    ready = time.process_time() - start
    rows, reached = top_of_all(pairs)
    ours, theirs = (min(cpu_seconds(work) for _ in range(3)) for work in (lambda: top_of_all(pairs), beside))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{PEOPLE:,} people × {JOBS:,} jobs within reach, top {TOP}: {ours:.2f} s CPU, {rows:,} rows kept")
    print(f"pairs within reach: {reached:,}; made ready once: {ready:.2f} s CPU")
    print(f"bare grid, skills product and top {TOP}: {theirs:.2f} s CPU (ours {ours / theirs:.1f} ×)")
    print(f"the process with all records at its largest: {peak:,.0f} MB")


if __name__ == "__main__":
    main()
