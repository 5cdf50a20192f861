"""Preference of a block of pairs: which wishes of each person the words of each job hold."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.blocks.ragged import NO_NUMBERS, Numbers, Ragged, joined, together
from matching.blocks.reasons import Codes, preference_codes
from matching.columns.preference import (
    JobPreferenceColumns,
    PreferenceTotals,
    SeekerPreferenceColumns,
    totals,
)

_KINDS = 3


class PreferenceBlock(NamedTuple):
    """The comparison of a table of pairs, and how many interests, musts and avoids are mentioned."""

    totals: PreferenceTotals
    found: NDArray[np.float64]


class PreferencePairs:
    """The wishes of all people and the words of all jobs, ready to be joined block by block."""

    def __init__(self, seekers: SeekerPreferenceColumns, jobs: JobPreferenceColumns) -> None:
        self._fit, self._counts, self._is_told = seekers.fit, seekers.counts, jobs.is_told
        phrases = seekers.phrases()
        self._size = len(phrases)
        asking, mentioned = _mentions(phrases, jobs)
        self._mentions, order = Ragged.by(asking, self._is_told.size)
        self._mentioned = mentioned[order]
        wished = [seekers.wished(kind, number) for kind in range(_KINDS) for number in range(self._size)]
        people, which = joined(wished, NO_NUMBERS)
        self._wishes, order = Ragged.by(people, self._counts.shape[1])
        self._kind, self._wish = np.divmod(which[order], max(self._size, 1))

    def block(self, people: Numbers, jobs: Numbers) -> PreferenceBlock:
        """Compare some jobs with some people, each by its row."""
        mentioned, job = self._mentions.of(jobs)
        wished, person = self._wishes.of(people)
        left, right = together(self._mentioned[mentioned], self._wish[wished], self._size)
        places = (self._kind[wished[right]] * jobs.size + job[left]) * people.size + person[right]
        found = np.bincount(places, minlength=_KINDS * jobs.size * people.size)
        shaped = found.reshape(_KINDS, jobs.size, people.size).astype(np.float64)
        counts = self._counts[:, None, people]
        return PreferenceBlock(totals(self._fit, counts, shaped, self._is_told[jobs][:, None]), shaped)

    def codes(self, block: PreferenceBlock, people: Numbers, lines: Numbers, places: Numbers) -> Codes:
        """Return the reasons of some pairs of a block, each by its line and place; `people` by their rows."""
        return preference_codes(self._counts[:, people], block.found[:, lines, places])


def _mentions(phrases: list[frozenset[str]], jobs: JobPreferenceColumns) -> tuple[Numbers, Numbers]:
    """Return every job and phrase of which the job holds all words."""
    words = {word: number for number, word in enumerate(sorted(frozenset[str]().union(*phrases)))}
    needed, phrase = joined(
        [np.array([words[word] for word in sorted(each)]) for each in phrases], NO_NUMBERS
    )
    rows, word = joined([jobs.with_word(each) for each in words], NO_NUMBERS)
    shape = (len(phrases), len(words))
    asked = sparse.csr_array((np.ones(needed.size, np.int32), (phrase, needed)), shape=shape)
    held = sparse.csr_array(
        (np.ones(rows.size, np.int32), (word, rows)), shape=(len(words), jobs.is_told.size)
    )
    found = (asked @ held).tocoo()
    whole = found.data == np.bincount(phrase, minlength=len(phrases))[found.row]
    return found.col[whole].astype(np.int64), found.row[whole].astype(np.int64)
