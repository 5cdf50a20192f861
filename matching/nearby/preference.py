"""Wishes of one person beside the words of the jobs gathered."""

from collections.abc import Iterator

import numpy as np

from matching.columns.preference import JobPreferenceColumns, PreferenceTotals, for_seeker, wishes_of
from matching.nearby.gathering import Gathering
from matching.nearby.lists import Numbers, Posting, laid_out
from matching.preference import PreferenceFit
from matching.profiles import SeekerProfile


class NearbyPreference:
    """The words of all jobs, place by place.

    Args:
        fit: What the parts of the comparison count.
        jobs: The words of all jobs.
        order: The row of the job at each place.
        places: The place of each job's row.
    """

    def __init__(
        self, fit: PreferenceFit, jobs: JobPreferenceColumns, order: Numbers, places: Numbers
    ) -> None:
        self._fit, self._is_told = fit, jobs.is_told[order]
        words = jobs.words()
        self._numbers = {word: number for number, word in enumerate(words)}

        def postings() -> Iterator[Posting]:
            for number, word in enumerate(words):
                yield places[jobs.with_word(word)], (number,)

        self._words = laid_out(places.size, 1, postings)

    def totals(self, seeker: SeekerProfile, gathering: Gathering) -> PreferenceTotals:
        """Compare a person's wishes with the words of the jobs gathered."""
        is_told = self._is_told[gathering.places]
        found = np.zeros((3, is_told.size))
        wanted = {word for phrases in wishes_of(seeker) for phrase in phrases for word in phrase.words}
        local = {word: number for number, word in enumerate(sorted(wanted & self._numbers.keys()), start=1)}
        if local:
            rows, which = self._hits(local, gathering)
            for line, phrases in zip(found, wishes_of(seeker), strict=True):
                for phrase in phrases:
                    if phrase.words <= local.keys():
                        is_in = np.zeros(len(local) + 1, dtype=np.bool_)
                        is_in[[local[word] for word in phrase.words]] = True
                        counts = np.bincount(rows[is_in[which]], minlength=is_told.size)
                        line += counts == len(phrase.words)
        return for_seeker(self._fit, seeker, found, is_told)

    def _hits(self, local: dict[str, int], gathering: Gathering) -> tuple[Numbers, Numbers]:
        """Return where jobs within reach hold a word that is wanted, and which."""
        table = np.zeros(len(self._numbers), dtype=np.uint16)
        for word, number in local.items():
            table[self._numbers[word]] = number
        held = self._words.gathered(gathering.runs)
        found = table.take(held.values)
        hits = np.flatnonzero(found)
        rows, hits = gathering.kept(held.place_of(hits), hits)
        return rows, found[hits].astype(np.int64)
