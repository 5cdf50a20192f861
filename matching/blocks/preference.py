"""Preference of a block of pairs: which wishes of each person the words of each job hold."""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from matching.blocks.pairs import Pairs
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
    """The comparison of pairs, and how many interests, musts and avoids are mentioned."""

    totals: PreferenceTotals
    found: Numbers


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

    def block(self, pairs: Pairs) -> PreferenceBlock:
        """Compare some pairs."""
        mentioned, job = self._mentions.of(pairs.jobs)
        wished, person = self._wishes.of(pairs.people)
        left, right = together(self._mentioned[mentioned], self._wish[wished], self._size)
        cells = self._kind[wished[right]] * pairs.table + job[left] * pairs.people.size + person[right]
        found = np.bincount(cells, minlength=_KINDS * pairs.table).reshape(_KINDS, pairs.table)
        found = found.take(pairs.cells, axis=1)
        is_told = self._is_told[pairs.jobs].take(pairs.lines)
        return PreferenceBlock(totals(self._fit, pairs.of_people(self._counts), found, is_told), found)

    def codes(self, block: PreferenceBlock, people: Numbers, chosen: Numbers) -> Codes:
        """Return the reasons of some pairs of a block, of which `people` are the rows."""
        return preference_codes(self._counts[:, people], block.found.take(chosen, axis=1))


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
