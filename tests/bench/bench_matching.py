"""How fast ranking is: one job against everybody, one edit, and whole files; run by `make bench`.

Figures are CPU seconds of this machine, so each stands beside a bare SciPy product of the same people and
jobs in the same run: the ratio is what can be compared between machines.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy import sparse

from matching.index import JobIndex, SeekerIndex
from matching.records import Job, Seeker, read_jobs, read_seekers
from matching.vocabulary import Vocabulary
from tests.bench import generate

SIZE = 10_000
SHOWN = 50
ROOT = Path(__file__).resolve().parents[2]


def cpu_seconds(work: Callable[[], object], times: int = 1) -> float:
    """CPU seconds of one call, the best of three rounds of `times` calls."""
    rounds: list[float] = []
    for _ in range(3):
        start = time.process_time()
        for _ in range(times):
            work()
        rounds.append((time.process_time() - start) / times)
    return min(rounds)


def bare_product(seekers: list[Seeker], jobs: list[Job]) -> Callable[[], object]:
    """The skills of everybody times what the jobs ask, as one sparse product of plain labels."""
    labels: dict[str, int] = {}

    def matrix(rows: list[list[str]]) -> sparse.csr_array[np.float64]:
        at = [(row, labels.setdefault(name, len(labels))) for row, names in enumerate(rows) for name in names]
        ends = np.array(at, dtype=np.int64).reshape(-1, 2).T
        return sparse.csr_array((np.ones(len(at)), (ends[0], ends[1])), shape=(len(rows), 20_000))

    held = matrix([[skill.name for skill in seeker.skills] for seeker in seekers])
    asked = matrix([[criterion.text for criterion in job.criteria] for job in jobs])
    return lambda: held @ asked.T


def bench_index(seekers: list[Seeker], jobs: list[Job], vocabulary: Vocabulary) -> None:
    """One job against everybody, one person against every job, one edit, and the words for a shown row."""
    people = SeekerIndex(seekers, vocabulary=vocabulary)
    posts = JobIndex(jobs, vocabulary=vocabulary)
    wanted, asking = people.prepare(jobs[:SHOWN]), posts.prepare(seekers[:SHOWN])
    ranking = people.rank(wanted[0])
    first = [ranking.ids[place] for place in ranking.first(20)]
    rank = cpu_seconds(lambda: [people.rank(job).order for job in wanted]) / SHOWN
    back = cpu_seconds(lambda: [posts.rank(seeker).order for seeker in asking]) / SHOWN
    edit = cpu_seconds(lambda: people.replace(seekers[7]), 200)
    words = cpu_seconds(lambda: [people.match(who, wanted[0]) for who in first], 20) / len(first)
    bare = cpu_seconds(bare_product(seekers, jobs)) / len(jobs)
    for what, seconds in (
        (f"one job × {len(people):,} people", rank),
        (f"one person × {len(posts):,} jobs", back),
    ):
        print(f"{what}, whole order: {1e3 * seconds:.2f} ms CPU ({seconds / bare:.0f} × bare product)")
    print(f"bare SciPy skills product, one job:     {1e3 * bare:.3f} ms CPU")
    print(f"one edited person:                      {1e3 * edit:.3f} ms CPU")
    print(f"one explained match:                    {1e6 * words:.0f} µs CPU")


def bench_files(folder: Path, *more: str) -> None:
    """The rank command on whole files: wall and CPU seconds, and the largest process."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    files = ["--seekers", "seekers.jsonl", "--jobs", "jobs.jsonl", "--out", "out.jsonl"]
    paths = [each if each.startswith("--") else str(folder / each) for each in files]
    command = [sys.executable, "-m", "matching", "rank", *paths, "--top", "20", *more]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size, peak = (folder / "out.jsonl").stat().st_size / 1e6, after.ru_maxrss / 1024
    label = f"rank files {SIZE:,} × {SIZE:,} --top 20 {' '.join(more)}"
    print(
        f"{label}: {wall:.1f} s wall, {cpu:.1f} s CPU, {peak:.0f} MB the largest process, {size:.0f} MB out"
    )


def main() -> None:
    """Print every figure."""
    vocabulary = Vocabulary.from_csv(ROOT / "data" / "skills.csv")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seekers_path, jobs_path = generate.write(folder, seekers=SIZE, jobs=SIZE)
        bench_index(read_seekers(seekers_path), read_jobs(jobs_path), vocabulary)
        for more in ((), ("--travel-limit",), ("--by", "seeker")):
            bench_files(folder, *more)


if __name__ == "__main__":
    main()
