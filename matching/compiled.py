"""Everybody, or all jobs, as columns alone: read one record at a time and then forgotten.

What ranks all pairs needs no records. They would take many times the room of the columns; an index that is
edited (`matching.index`) keeps them.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.columns.rows import Own, Part, places_of
from matching.columns.sides import JobColumns, SeekerColumns
from matching.compare import DEFAULT_WEIGHTS, Comparison
from matching.concepts import Concepts
from matching.errors import MatchingError
from matching.profiles import JobProfile, SeekerProfile, phrases_of_jobs, phrases_of_seekers
from matching.records import Job, Seeker
from matching.vocabulary import Vocabulary
from matching.weights import Weights

Ids = tuple[tuple[str, ...], NDArray[np.int64]]
"""The ids by row, and the place of each in the order of ids."""

CHUNK = 1_000
"""Records whose phrases are looked up in one go."""


class People(Protocol):
    """Everybody as columns: an index of people, or `CompiledPeople`."""

    @property
    def columns(self) -> SeekerColumns:
        """What is known of everybody."""
        ...

    @property
    def ids(self) -> Ids:
        """The ids by row, and the place of each in the order of ids."""
        ...

    @property
    def weights(self) -> Weights:
        """How much each component counts."""
        ...


class Posts(Protocol):
    """All jobs as columns: an index of jobs, or `CompiledJobs`."""

    @property
    def columns(self) -> JobColumns:
        """What is known of all jobs."""
        ...

    @property
    def ids(self) -> Ids:
        """The ids by row, and the place of each in the order of ids."""
        ...


class CompiledPeople(NamedTuple):
    """Everybody as columns, without their records."""

    columns: SeekerColumns
    ids: Ids
    weights: Weights


class CompiledJobs(NamedTuple):
    """All jobs as columns, without their records."""

    columns: JobColumns
    ids: Ids


def compiled_people(
    seekers: Iterable[Seeker], *, vocabulary: Vocabulary | Concepts, weights: Weights = DEFAULT_WEIGHTS
) -> CompiledPeople:
    """Compile people one by one; an iterator is never held whole.

    Raises:
        MatchingError: two people have the same id.
    """
    concepts, columns = Concepts.of(vocabulary), SeekerColumns.empty(Comparison(weights))
    ready = _ready_people(seekers, concepts)
    return CompiledPeople(columns, _put(((own.seeker.id, own) for own in ready), columns), weights)


def compiled_jobs(jobs: Iterable[Job | JobProfile], *, vocabulary: Vocabulary | Concepts) -> CompiledJobs:
    """Compile jobs one by one, made ready already or not; an iterator is never held whole.

    Raises:
        MatchingError: two jobs have the same id.
    """
    concepts, columns = Concepts.of(vocabulary), JobColumns.empty(Comparison())
    ready = _ready_jobs(jobs, concepts)
    return CompiledJobs(columns, _put(((own.job.id, own) for own in ready), columns))


def _ready_people(seekers: Iterable[Seeker], concepts: Concepts) -> Iterator[SeekerProfile]:
    coming = iter(seekers)
    while some := list(islice(coming, CHUNK)):
        concepts.learn(phrases_of_seekers(some))
        for seeker in some:
            yield SeekerProfile.of(seeker, concepts)


def _ready_jobs(jobs: Iterable[Job | JobProfile], concepts: Concepts) -> Iterator[JobProfile]:
    coming = iter(jobs)
    while some := list(islice(coming, CHUNK)):
        concepts.learn(phrases_of_jobs([job for job in some if isinstance(job, Job)]))
        for job in some:
            yield JobProfile.of(job, concepts) if isinstance(job, Job) else job


def _put(named: Iterable[tuple[str, Own]], parts: Iterable[Part[Own]]) -> Ids:
    parts, rows = tuple(parts), dict[str, int]()
    for row, (record_id, own) in enumerate(named):
        if rows.setdefault(record_id, row) != row:
            raise MatchingError(f'"{record_id}" comes twice.')
        for part in parts:
            part.put(row, own)
    return tuple(rows), places_of(list(rows))
