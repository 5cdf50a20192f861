"""Preference over everybody: which phrases a job's words hold."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns.store import Column, Postings
from matching.preference import PreferenceFit
from matching.profiles import JobProfile, SeekerProfile
from matching.wording import Phrase

Figures = NDArray[np.float64]


class PreferenceTotals(NamedTuple):
    """The preference comparison over everybody."""

    low: Figures
    high: Figures


def totals(
    fit: PreferenceFit, counts: Figures, found: Figures | NDArray[np.int64], is_told: NDArray[np.bool_]
) -> PreferenceTotals:
    """Turn how many interests, musts and avoids there are and were found into ranges."""
    is_recorded, is_found = counts > 0, found > 0
    share = found[1] / np.maximum(counts[1], 1.0)
    is_silent = is_recorded & is_told
    low = (is_found[0], share, is_silent[2] & ~is_found[2])
    high = (is_found[0] | ~is_silent[0], np.maximum(share, ~is_silent[1]), ~is_found[2])
    return PreferenceTotals(*(fit.interests * i + fit.must * m + fit.avoid * a for i, m, a in (low, high)))


def for_seeker(
    fit: PreferenceFit, seeker: SeekerProfile, found: Figures, is_told: NDArray[np.bool_]
) -> PreferenceTotals:
    """Turn what jobs mention of one person's wishes into ranges."""
    return totals(fit, np.array([_counts(seeker)]).T, found, is_told)


def wishes_of(seeker: SeekerProfile) -> tuple[tuple[Phrase, ...], ...]:
    """Return a person's interests, musts and avoids."""
    return seeker.interests, seeker.must, seeker.avoid


def _counts(seeker: SeekerProfile) -> list[float]:
    return [float(len(phrases)) for phrases in wishes_of(seeker)]


class _PhraseBook:
    """Every phrase anybody uses, found by its words."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        self._by_word = Postings[str]()
        self._sizes = Column()

    def number(self, phrase: Phrase) -> int:
        """Return the number of a phrase, a new one for new words."""
        number = self._numbers.get(phrase.words)
        if number is None:
            number = self._numbers[phrase.words] = len(self._numbers)
            self._sizes.put(number, len(phrase.words))
            for word in phrase.words:
                self._by_word.add(word, number)
        return number

    def phrases(self) -> list[frozenset[str]]:
        """Return the words of every phrase, by its number."""
        return list(self._numbers)

    def found_in(self, words: Iterable[str]) -> list[int]:
        """Return the numbers of the phrases that a text of these words mentions."""
        sizes = self._sizes.only
        counts = np.bincount(self._by_word.rows(words), minlength=sizes.size)
        return np.flatnonzero(counts == sizes).tolist()


class SeekerPreferenceColumns:
    """The wishes of all seekers, by phrase."""

    def __init__(self, fit: PreferenceFit) -> None:
        self._fit = fit
        self._book = _PhraseBook()
        self._wished = tuple(Postings[int]() for _ in range(3))
        self._counts = Column(3)

    @property
    def fit(self) -> PreferenceFit:
        """What the parts of the comparison count."""
        return self._fit

    @property
    def counts(self) -> Figures:
        """How many interests, musts and avoids there are, a column for each person."""
        return self._counts.all

    def phrases(self) -> list[frozenset[str]]:
        """Return the words of every phrase, by its number."""
        return self._book.phrases()

    def wished(self, kind: int, number: int) -> NDArray[np.int64]:
        """Return the people with a phrase among their interests (0), musts (1) or avoids (2)."""
        return self._wished[kind].once(number)[0]

    def put(self, row: int, own: SeekerProfile) -> None:
        """Write a seeker's wishes into a row that has none."""
        self._counts.put(row, *_counts(own))
        for wished, phrases in zip(self._wished, wishes_of(own), strict=True):
            for phrase in phrases:
                wished.add(self._book.number(phrase), row)

    def drop(self, row: int, own: SeekerProfile) -> None:
        """Take a seeker's wishes out of their row."""
        for wished, phrases in zip(self._wished, wishes_of(own), strict=True):
            for phrase in phrases:
                wished.drop(self._book.number(phrase), row)

    def cut(self) -> None:
        """Forget the last row."""
        self._counts.cut()

    def totals(self, job: JobProfile) -> PreferenceTotals:
        """Compare a job's words with everybody's wishes."""
        counts = self._counts.all
        mentioned = self._book.found_in(job.words)
        found = [np.bincount(wished.rows(mentioned), minlength=counts.shape[1]) for wished in self._wished]
        return totals(self._fit, counts, np.array(found, dtype=np.float64), np.asarray(job.is_described))


class JobPreferenceColumns:
    """The words of all jobs."""

    def __init__(self, fit: PreferenceFit) -> None:
        self._fit = fit
        self._with_word = Postings[str]()
        self._is_told = Column()

    @property
    def is_told(self) -> NDArray[np.bool_]:
        """Where anything is told of a job in words."""
        return self._is_told.only > 0

    def words(self) -> list[str]:
        """Return every word that any job holds, or held."""
        return self._with_word.keys()

    def with_word(self, word: str) -> NDArray[np.int64]:
        """Return the jobs that hold a word."""
        return self._with_word.once(word)[0]

    def put(self, row: int, own: JobProfile) -> None:
        """Write a job's words into a row that has none."""
        self._is_told.put(row, own.is_described)
        for word in own.words:
            self._with_word.add(word, row)

    def drop(self, row: int, own: JobProfile) -> None:
        """Take a job's words out of their row."""
        for word in own.words:
            self._with_word.drop(word, row)

    def cut(self) -> None:
        """Forget the last row."""
        self._is_told.cut()

    def totals(self, seeker: SeekerProfile) -> PreferenceTotals:
        """Compare a seeker's wishes with every job's words."""
        is_told = self.is_told
        found = np.zeros((3, is_told.size))
        for line, phrases in zip(found, wishes_of(seeker), strict=True):
            for phrase in phrases:
                rows = self._with_word.rows(phrase.words)
                line += np.bincount(rows, minlength=is_told.size) == len(phrase.words)
        return for_seeker(self._fit, seeker, found, is_told)
