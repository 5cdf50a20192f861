"""Everybody who looks for work, and every open vacancy, kept ready for comparing: one index each a process.

An index is made at its first use and after that mended: only records that have changed since are read again.
Another database, other weights or another vocabulary make a new one. Whoever uses an index holds its lock.
"""

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, Generic, Protocol, TypeVar

from sqlmodel import Session

from crm.models.users import Service
from crm.services import skills
from crm.services.job_inputs import OpeningsSource
from crm.services.matching_inputs import Ids, Meanings
from crm.services.seeker_inputs import PeopleSource
from matching.index import JobIndex, SeekerIndex
from matching.vocabulary import Vocabulary
from matching.weights import Weights

Progress = Callable[[int, int], None]
"""Hears how many of how many records have been made ready."""

_TOLD_EVERY = 250


class _Known(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def record(self) -> Any: ...


K = TypeVar("K", bound=_Known)
I = TypeVar("I", SeekerIndex, JobIndex)  # noqa: E741


S = TypeVar("S", bound=_Known, covariant=True)


class _Source(Protocol[S]):
    def pulse(self, session: Session) -> tuple[int, ...]: ...
    def versions(self, session: Session) -> dict[int, tuple[int, ...]]: ...
    def read(self, session: Session, ids: Ids, meanings: Meanings) -> Iterator[S]: ...


class Ready(Generic[K, I]):
    """An index with what lists say beside its figures.

    Attributes:
        index: The index itself.
        meanings: The phrases that its records are written in; jobs and people to compare use the same.
        known: Everybody, or every vacancy, by id.
    """

    def __init__(self, index: I, meanings: Meanings) -> None:
        self.index = index
        self.meanings = meanings
        self.known: dict[int, K] = {}
        self.versions: dict[int, tuple[int, ...]] = {}
        self.pulse: tuple[int, ...] = ()

    def put(self, known: K) -> None:
        """Write one record over the one with its id, or add it."""
        self.index.replace(known.record)
        self.known[known.id] = known

    def drop(self, key: int) -> None:
        """Take one record out."""
        if self.known.pop(key, None) is not None:
            self.index.remove(str(key))
        self.versions.pop(key, None)


class KeptIndex(Generic[K, I]):
    """One index of this process, mended by what has changed whenever it is asked for."""

    def __init__(self, source: _Source[K], make: Callable[[Meanings, Weights], I]) -> None:
        self._source, self._make = source, make
        self._lock = threading.RLock()
        self._key: tuple[str, Weights] | None = None
        self._ready: Ready[K, I] | None = None

    @contextmanager
    def ready(
        self, session: Session, service: Service, progress: Progress | None = None
    ) -> Generator[Ready[K, I]]:
        """The index as of this session, held for the caller alone; `progress` hears of its first making."""
        words = skills.vocabulary(session)
        key = (str(session.connection().engine.url), weights_of(service))
        with self._lock:
            kept = self._ready
            if kept is None or self._key != key or kept.meanings.vocabulary is not words:
                kept = self._made(session, words, key[1], progress)
                self._key, self._ready = key, kept
            else:
                self._mend(session, kept)
            yield kept

    def at_hand(self, session: Session, service: Service) -> Ready[K, I] | None:
        """The index as it was last asked for, not mended and not held: to ask as of when it stands."""
        kept = self._ready
        is_ours = self._key == (str(session.connection().engine.url), weights_of(service))
        return kept if kept and is_ours and kept.meanings.vocabulary is skills.vocabulary(session) else None

    def _made(
        self, session: Session, words: Vocabulary, weights: Weights, progress: Progress | None
    ) -> Ready[K, I]:
        meanings = Meanings(words)
        made = Ready[K, I](self._make(meanings, weights), meanings)
        made.pulse, made.versions = self._source.pulse(session), self._source.versions(session)
        total = len(made.versions)
        for done, known in enumerate(self._source.read(session, None, meanings), start=1):
            made.put(known)
            if progress is not None and (done % _TOLD_EVERY == 0 or done == total):
                progress(done, total)
        return made

    def _mend(self, session: Session, kept: Ready[K, I]) -> None:
        pulse = self._source.pulse(session)
        if pulse == kept.pulse:
            return
        now = self._source.versions(session)
        for gone in kept.versions.keys() - now.keys():
            kept.drop(gone)
        changed = [key for key, version in now.items() if kept.versions.get(key) != version]
        for known in self._source.read(session, changed, kept.meanings):
            kept.put(known)
            kept.versions[known.id] = now.get(known.id, ())
        kept.pulse = pulse


def weights_of(service: Service) -> Weights:
    """How much each component counts in this service."""
    return Weights(
        service.weight_skills,
        service.weight_hours,
        service.weight_natural_supports,
        service.weight_preference,
    )


PEOPLE = KeptIndex(
    PeopleSource(),
    lambda meanings, weights: SeekerIndex((), vocabulary=meanings.concepts, weights=weights),
)
"""Everybody who looks for work."""

OPENINGS = KeptIndex(
    OpeningsSource(),
    lambda meanings, weights: JobIndex((), vocabulary=meanings.concepts, weights=weights),
)
"""Every open vacancy."""
