"""Skills of a block of pairs: what each job asks, joined with who has something recorded of it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.blocks.ragged import Numbers, Ragged, joined, together
from matching.columns.skills import SUMS, JobSkillColumns, SeekerSkillColumns

Figures = NDArray[np.float64]


class SkillBlock(NamedTuple):
    """The five sums of `SkillTotals` for each pair, and what those of each job are held against."""

    sums: Figures
    against: Figures

    def ends(self) -> tuple[Figures, Figures]:
        """Return the scores with the worst and with the best answers to what is unknown, 0 to 1."""
        full = self.against[0][:, None]
        return self.sums[0] / full, self.sums[1] / full

    def is_met(self) -> NDArray[np.bool_]:
        """Return where every essential criterion is met, with an adjustment or without."""
        return self.sums[2] == self.against[1][:, None]

    def needs_design(self) -> NDArray[np.bool_]:
        """Return where gaps without a measure hold half or more of the essential weight."""
        return 2 * self.sums[3] >= self.against[2][:, None]


class SkillPairs:
    """The skills of all people and the criteria of all jobs, ready to be joined block by block."""

    def __init__(self, seekers: SeekerSkillColumns, jobs: JobSkillColumns) -> None:
        self._start, self._against, self._changes = jobs.start, jobs.against, seekers.changes
        concepts = list(jobs.asked_concepts())
        self._size = len(concepts)
        known = [seekers.known_of(asked) for asked in concepts]
        people, self._known_concept = joined([rows for rows, _ in known])
        self._codes, _ = joined([codes for _, codes in known])
        self._known = Ragged.by(people, seekers.size)
        criteria = [jobs.criteria_of(asked.concept) for asked in concepts]
        asking, self._asked_concept = joined([rows for rows, _ in criteria])
        self._factors = np.concatenate([values for _, values in criteria] or [np.zeros((0, 1 + SUMS))])
        self._asked = Ragged.by(asking, self._start.shape[1])

    def block(self, people: Numbers, jobs: Numbers) -> SkillBlock:
        """Compare some jobs with some people, each by its row."""
        asked, job = self._asked.of(jobs)
        known, person = self._known.of(people)
        left, right = together(self._asked_concept[asked], self._known_concept[known], self._size)
        factors = self._factors[asked[left]]
        changes = self._changes[factors[:, 0].astype(np.intp), self._codes[known[right]]] * factors[:, 1:]
        pairs, size = job[left] * people.size + person[right], jobs.size * people.size
        sums = np.array([np.bincount(pairs, changes[:, number], size) for number in range(SUMS)])
        start = self._start[:, jobs, None]
        return SkillBlock(sums.reshape(SUMS, jobs.size, people.size) + start, self._against[:, jobs])
