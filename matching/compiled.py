"""Everybody, or all jobs, as columns alone: read one record at a time and then forgotten.

What ranks all pairs needs no records. They would take many times the room of the columns; an index that is
edited (`matching.index`) keeps them.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

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

Record = TypeVar("Record", Job, Seeker)
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
    ready = _ready(seekers, concepts, phrases_of_seekers, SeekerProfile.of)
    return CompiledPeople(columns, _put(((own.seeker.id, own) for own in ready), columns), weights)


def compiled_jobs(jobs: Iterable[Job], *, vocabulary: Vocabulary | Concepts) -> CompiledJobs:
    """Compile jobs one by one; an iterator is never held whole.

    Raises:
        MatchingError: two jobs have the same id.
    """
    concepts, columns = Concepts.of(vocabulary), JobColumns.empty(Comparison())
    ready = _ready(jobs, concepts, phrases_of_jobs, JobProfile.of)
    return CompiledJobs(columns, _put(((own.job.id, own) for own in ready), columns))


def _ready(
    records: Iterable[Record],
    concepts: Concepts,
    phrases: Callable[[list[Record]], set[str]],
    profile: Callable[[Record, Concepts], Own],
) -> Iterator[Own]:
    coming = iter(records)
    while some := list(islice(coming, CHUNK)):
        concepts.learn(phrases(some))
        for record in some:
            yield profile(record, concepts)


def _put(named: Iterable[tuple[str, Own]], parts: Iterable[Part[Own]]) -> Ids:
    parts, rows = tuple(parts), dict[str, int]()
    for row, (record_id, own) in enumerate(named):
        if rows.setdefault(record_id, row) != row:
            raise MatchingError(f'"{record_id}" comes twice.')
        for part in parts:
            part.put(row, own)
    return tuple(rows), places_of(list(rows))
