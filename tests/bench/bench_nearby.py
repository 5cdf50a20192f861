"""How fast one person is compared with the jobs within their reach among a million; run by `make bench`.

50,000 drawn jobs are each put at twenty places under ids of their own: reading a million records would take
most of the time and tell nothing. CPU milliseconds of one thread, warm.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import gc
import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching.concepts import Concepts
from matching.nearby.index import NearbyJobs
from matching.profiles import JobProfile, phrases_of_jobs
from matching.records import Job, Seeker, Travel
from matching.vocabulary import Vocabulary
from tests.bench.generate import ROOT, World
from tests.bench.reach_case import peak_mb
from tests.bench.reach_world import located

DRAWN, JOBS, PEOPLE, EDITS = 50_000, 1_000_000, 500, 1_000
SHOWN = 20


def placed(ready: list[JobProfile]) -> Iterator[JobProfile]:
    """A million jobs: each drawn one at the places of twenty, drawn from all."""
    draw, places = random.Random(1), [job.place for job in ready]
    for number in range(JOBS):
        job = ready[number % len(ready)]
        yield replace(job, job=replace(job.job, id=f"j{number:07}"), place=draw.choice(places))


def say(what: str, milliseconds: list[float]) -> None:
    """Median, 90 of 100, and the most."""
    median, tail, most = np.median(milliseconds), np.percentile(milliseconds, 90), max(milliseconds)
    print(f"  {what}: median {median:.1f} ms, 90 of 100 within {tail:.1f}, most {most:.0f}")


def ranked(index: NearbyJobs, people: list[Seeker]) -> tuple[list[float], NDArray[np.int64]]:
    """Milliseconds to rank all within reach of each person and take the first, and how many are within it."""
    ready = index.prepare(people)
    least, within = np.full(len(ready), np.inf), np.zeros(len(ready), dtype=np.int64)
    for _ in range(3):
        for place, seeker in enumerate(ready):
            start = time.process_time()
            found = index.rank(seeker)
            found.first(SHOWN)
            least[place] = min(least[place], 1e3 * (time.process_time() - start))
            within[place] = len(found.ids)
    return least.tolist(), within


def edited(index: NearbyJobs, jobs: list[Job]) -> list[float]:
    """Milliseconds to write each of these over the one with its id."""
    spent: list[float] = []
    for job in jobs:
        start = time.process_time()
        index.replace(job)
        spent.append(1e3 * (time.process_time() - start))
    return spent


def main() -> None:
    """Print every figure."""
    gc.disable()
    world, concepts = World(2), Concepts(Vocabulary.from_csv(ROOT / "data" / "skills.csv"))
    jobs = [Job.from_record(json.loads(located(world, world.job(n), "place"))) for n in range(DRAWN)]
    people = [Seeker.from_record(json.loads(located(world, world.seeker(n), "home"))) for n in range(PEOPLE)]
    concepts.learn(phrases_of_jobs(jobs))
    ready = [JobProfile.of(job, concepts) for job in jobs]
    before, start = peak_mb(), time.process_time()
    index = NearbyJobs(placed(ready), vocabulary=concepts)
    built = time.process_time() - start
    spent, within = ranked(index, people)
    print(
        f"one person × {JOBS:,} jobs, those within reach ranked, first {SHOWN} ({PEOPLE} people, least of 3):"
    )
    median, tail = np.percentile(within, (50, 90))
    print(f"  jobs within reach: median {median:,.0f}, 90 of 100 within {tail:,.0f}, most {within.max():,}")
    say("CPU", spent)
    unlimited = [replace(person, travel=Travel()) for person in people[:5]]
    say("CPU where no limit is recorded, so that every job stays", ranked(index, unlimited)[0])
    say(
        f"one edited job, of {EDITS:,}",
        edited(index, [replace(job, id=f"j{n * 997:07}") for n, job in enumerate(jobs[:EDITS])]),
    )
    say(f"CPU with {EDITS:,} edited jobs beside the map", ranked(index, people)[0])
    print(f"  laid out once: {built:.0f} s CPU; {peak_mb():,.0f} MB at the largest, {before:,.0f} before")


if __name__ == "__main__":
    main()
