"""One size of ranking within reach, in a process of its own so that its memory is its own; by `bench_reach`.

python -m tests.bench.reach_case SEEKERS.jsonl JOBS.jsonl PEOPLE JOBS ROUNDS
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import gc
import resource
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from matching.blocks.ranking import AllPairs, Kept
from matching.compare import Comparison
from matching.compiled import CompiledJobs, CompiledPeople, compiled_jobs, compiled_people
from matching.concepts import Concepts
from matching.match_line import as_line
from matching.profiles import JobProfile, SeekerProfile
from matching.records import each_job, each_seeker
from matching.vocabulary import Vocabulary
from tests.bench.generate import ROOT
from tests.bench.reach_beside import TOP, bare, plain_sets

SAMPLE = 100
"""Jobs whose rows are put into words, and that are compared by plain sets."""

Files = tuple[Path, Path]


def peak_mb() -> float:
    """The most memory that this process held so far; where the system says so, without what started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def least_cpu(work: Callable[[], object], rounds: int) -> float:
    """CPU seconds of one call, the least of some."""
    seconds: list[float] = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def rows_of_all(pairs: AllPairs) -> list[Kept]:
    """All that is kept of every cell: bands, components, groups and reasons, as arrays."""
    return [kept for cell in pairs.cells() for kept in pairs.top(cell, TOP)]


def say_rows(pairs: AllPairs, people: CompiledPeople) -> None:
    """How many rows are kept, how large they are, and how many pairs were within reach."""
    found = rows_of_all(pairs)
    rows = sum(kept.person.size for kept in found)
    reached = sum(kept.jobs.size * len(people.ids[0]) - int(kept.left_out.sum()) for kept in found)
    print(f"  {rows:,} rows kept with bands, components, groups and reasons; {reached:,} pairs within reach")
    print(f"  the process with all rows at its largest: {peak_mb():,.0f} MB", flush=True)


def say_words(files: Files, sizes: tuple[int, int], pairs: AllPairs, concepts: Concepts) -> None:
    """What a row costs that is shown or written: the comparison with its sentences, as a line of a file."""
    jobs = {row: job for row, job in enumerate(islice(each_job(files[1]), SAMPLE))}
    seekers = list(islice(each_seeker(files[0]), sizes[0]))
    shown = [
        (int(person), int(kept.jobs[place]))
        for kept in rows_of_all(pairs)
        for place, person in zip(kept.job_places, kept.person, strict=True)
        if kept.jobs[place] in jobs
    ]
    own = {person: SeekerProfile.of(seekers[person], concepts) for person, _ in shown}
    posts = {row: JobProfile.of(job, concepts) for row, job in jobs.items()}
    compare = Comparison().compare
    cpu = least_cpu(lambda: [as_line(compare(own[a], posts[b], with_rows=False), 1) for a, b in shown], 3)
    print(f"  sentences of a row that is shown or written: {1e6 * cpu / len(shown):.0f} µs CPU", flush=True)


def main() -> None:
    """Print the figures of one size."""
    files, sizes, rounds = (
        (Path(sys.argv[1]), Path(sys.argv[2])),
        (int(sys.argv[3]), int(sys.argv[4])),
        int(sys.argv[5]),
    )
    concepts = Concepts(Vocabulary.from_csv(ROOT / "data" / "skills.csv"))
    gc.disable()
    start = time.process_time()
    people: CompiledPeople = compiled_people(islice(each_seeker(files[0]), sizes[0]), vocabulary=concepts)
    posts: CompiledJobs = compiled_jobs(islice(each_job(files[1]), sizes[1]), vocabulary=concepts)
    read = time.process_time() - start
    start = time.process_time()
    pairs = AllPairs(people, posts)
    ready = time.process_time() - start
    print(f"{sizes[0]:,} people × {sizes[1]:,} jobs within reach, top {TOP}:")
    say_rows(pairs, people)
    ours = least_cpu(lambda: rows_of_all(pairs), rounds)
    beside = bare(files, sizes, (people.columns.travel.homes, posts.columns.travel.places))
    theirs = least_cpu(beside, rounds)
    print(f"  ours {ours:.2f} s CPU, made ready once {ready:.2f} s, read and compiled before {read:.0f} s")
    print(f"  bare grid, skills product and top {TOP}: {theirs:.2f} s CPU (ours {ours / theirs:.1f} ×)")
    sets = least_cpu(plain_sets(files, sizes[0], SAMPLE), 1) * sizes[1] / SAMPLE
    print(
        f"  plain Python sets without a map, from {SAMPLE} jobs: {sets:,.0f} s CPU ({sets / ours:.0f} × ours)"
    )
    say_words(files, sizes, pairs, concepts)


if __name__ == "__main__":
    main()
