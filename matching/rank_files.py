"""The `rank` command: files of seekers and jobs in, one explained row for each pair out.

The work is a pure function of one job (or one person) and the index, so it is spread over processes; the rows
are written in the order of the input file: the same bytes whatever the number of processes.
"""

import gc
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from matching.compare import DEFAULT_WEIGHTS
from matching.index import JobIndex, SeekerIndex
from matching.match_line import as_line
from matching.profiles import JobProfile, SeekerProfile
from matching.rank_reach import Reached, is_quicker
from matching.records import Job, Seeker
from matching.vocabulary import Vocabulary
from matching.weights import Weights
from matching.whole_file import whole_file

By = Literal["job", "seeker"]
Progress = Callable[[int, int], None]
CHUNK = 25
"""Lists ranked at a time by one process: few enough for the bar to move, enough to make messages cheap."""

FEWEST_FOR_PROCESSES = 1_000_000
"""Pairs from which a second process repays being started."""


@dataclass(frozen=True, slots=True)
class RankOptions:
    """What the caller asked for.

    Attributes:
        by: Whose lists are made: people ranked for each job, or jobs for each person.
        top: How many rows of each list are written, all when None.
        travel_limit: Whether pairs beyond the person's own limit are left out of the file.
        weights: How much each component counts.
        processes: How many processes rank; None for one on each processor when there is enough to do.
    """

    by: By = "job"
    top: int | None = None
    travel_limit: bool = False
    weights: Weights = DEFAULT_WEIGHTS
    processes: int | None = None


@dataclass(slots=True)
class RankSummary:
    """What was written, and how many people each job lost to their own travel limit."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter[str])


def rank_to_file(
    seekers: Sequence[Seeker],
    jobs: Sequence[Job],
    out: Path,
    *,
    vocabulary: Vocabulary,
    options: RankOptions,
    progress: Progress | None = None,
) -> RankSummary:
    """Write a row for each pair, list after list, and return what was written.

    Raises:
        SourceError: the file cannot be written; nothing is left behind then.
    """
    ranker: _Ranker
    if options.by == "job":
        ranker = _ForJobs(SeekerIndex(seekers, vocabulary=vocabulary, weights=options.weights), jobs, options)
    else:
        ranker = _ForSeekers(JobIndex(jobs, vocabulary=vocabulary, weights=options.weights), seekers, options)
    summary = RankSummary()
    if progress is not None:
        progress(0, len(ranker))
    with whole_file(out) as lines:
        for chunk in _chunks(ranker, len(seekers) * len(jobs), options.processes):
            lines.buffer.write(chunk.text)
            summary.rows += chunk.rows
            summary.left_out.update(chunk.left_out)
            if progress is not None:
                progress(chunk.done, len(ranker))
    return summary


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some lists as text, and how many lists are done with them."""

    text: bytes
    rows: int
    done: int
    left_out: dict[str, int]


class _ForJobs:
    """Ranks everybody for each job."""

    def __init__(self, index: SeekerIndex, jobs: Sequence[Job], options: RankOptions) -> None:
        self._index = index
        index.learn(jobs)
        self._asked = jobs
        self._options = options
        is_short = options.travel_limit and options.top is not None and is_quicker(index, jobs)
        self._reached = Reached(index, jobs, options.top or 0) if is_short else None

    def __len__(self) -> int:
        return len(self._asked)

    def chunk(self, start: int) -> _Chunk:
        """Rank the lists from `start`."""
        lines: list[str] = []
        left_out: dict[str, int] = {}
        some = self._index.prepare(self._asked[start : start + CHUNK])
        # All orders first: their arrays and the words would push each other out of the processor's cache.
        shown = [self._shown(job, left_out) for job in some]
        for job, ids in zip(some, shown, strict=True):
            lines += self._lines(job, ids)
        return _Chunk("".join(lines).encode(), len(lines), start + len(some), left_out)

    def _shown(self, job: JobProfile, left_out: dict[str, int]) -> list[str]:
        if self._reached is not None:
            left_out[job.job.id] = self._reached.left_out(job)
            return self._reached.shown(job)
        ranking, among = self._index.rank(job), None
        if self._options.travel_limit:
            among = ~self._index.is_beyond_limit(job)
            left_out[job.job.id] = int(np.count_nonzero(~among))
        places: list[int] = ranking.first(self._options.top, among).tolist()
        return [ranking.ids[place] for place in places]

    def _lines(self, job: JobProfile, ids: list[str]) -> Iterator[str]:
        for rank, shown in enumerate(ids, start=1):
            yield as_line(self._index.match(shown, job, with_rows=False), rank)


class _ForSeekers:
    """Ranks all jobs for each person."""

    def __init__(self, index: JobIndex, seekers: Sequence[Seeker], options: RankOptions) -> None:
        self._index = index
        index.learn(seekers)
        self._asked = seekers
        self._options = options

    def __len__(self) -> int:
        return len(self._asked)

    def chunk(self, start: int) -> _Chunk:
        """Rank the lists from `start`."""
        lines: list[str] = []
        left_out: Counter[str] = Counter()
        some = self._index.prepare(self._asked[start : start + CHUNK])
        shown = [self._shown(seeker, left_out) for seeker in some]
        for seeker, ids in zip(some, shown, strict=True):
            lines += self._lines(seeker, ids)
        return _Chunk("".join(lines).encode(), len(lines), start + len(some), left_out)

    def _shown(self, seeker: SeekerProfile, left_out: Counter[str]) -> list[str]:
        ranking, among = self._index.rank(seeker), None
        if self._options.travel_limit:
            among = ~self._index.is_beyond_limit(seeker)
            left_out.update(ranking.ids[place] for place in np.flatnonzero(~among).tolist())
        places: list[int] = ranking.first(self._options.top, among).tolist()
        return [ranking.ids[place] for place in places]

    def _lines(self, seeker: SeekerProfile, ids: list[str]) -> Iterator[str]:
        for rank, shown in enumerate(ids, start=1):
            yield as_line(self._index.match(shown, seeker, with_rows=False), rank)


_Ranker = _ForJobs | _ForSeekers


def _chunks(ranker: _Ranker, pairs: int, processes: int | None) -> Iterable[_Chunk]:
    starts = range(0, len(ranker), CHUNK)
    if processes is None:
        processes = (os.cpu_count() or 1) if pairs >= FEWEST_FOR_PROCESSES else 1
    if processes == 1 or len(starts) < 2:
        yield from map(ranker.chunk, starts)
        return
    # A forked process shares the index instead of copying it.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    with multiprocessing.get_context(method).Pool(processes, _keep, (ranker,)) as pool:
        yield from pool.imap(_kept_chunk, starts)


_kept: list[_Ranker] = []
"""The ranker of a worker process, handed over once when it starts."""


def _keep(ranker: _Ranker) -> None:
    _kept[:] = [ranker]
    # A started process does not inherit the caller's choice, a forked one does: see `uncollected`.
    gc.disable()


def _kept_chunk(start: int) -> _Chunk:
    return _kept[0].chunk(start)
