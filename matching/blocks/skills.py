"""Skills of a block of pairs: what each job asks, joined with who has something recorded of it.

The order of a job needs two sums for each pair; the rest is worked out for the rows that are kept.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.blocks.pairs import Pairs
from matching.blocks.ragged import NO_NUMBERS, Numbers, Ragged, joined, together
from matching.blocks.reasons import Codes, as_codes
from matching.columns.credits import CODES, STATUSES, SUMS, is_supported
from matching.columns.skills import JobSkillColumns, SeekerSkillColumns
from matching.reason_codes import SkillReason
from matching.skill_cases import RowStatus

Figures = NDArray[np.float64]
_REASONS = {
    RowStatus.MET: SkillReason.MET,
    RowStatus.WITH_ADJUSTMENT: SkillReason.WITH_ADJUSTMENT,
    RowStatus.LEARNABLE: SkillReason.LEARNABLE,
    RowStatus.GAP: SkillReason.GAP,
}
_UNKNOWN = STATUSES.index(RowStatus.NOT_RECORDED)


class SkillRows(NamedTuple):
    """What the group and the reasons of some pairs rest on."""

    is_met: NDArray[np.bool_]
    needs_design: NDArray[np.bool_]
    codes: Codes


class SkillBlock(NamedTuple):
    """The scores of pairs, and all that is known of what their jobs ask.

    Attributes:
        low: The scores with the worst answers to what is unknown, 0 to 1.
        high: The same with the best answers.
        cells: For everything that is known of a criterion, where its pair stands in the table.
        criteria: Which criterion it is.
        cases: Where its credits stand in the flat table.
    """

    low: Figures
    high: Figures
    cells: Numbers
    criteria: Numbers
    cases: Numbers


class SkillPairs:
    """The skills of all people and the criteria of all jobs, ready to be joined block by block."""

    def __init__(self, seekers: SeekerSkillColumns, jobs: JobSkillColumns) -> None:
        self._start, self._against = jobs.start, jobs.against
        self._changes = np.ascontiguousarray(jobs.table.changes.reshape(-1, SUMS).T)
        self._statuses = jobs.table.statuses().reshape(-1)
        concepts = list(jobs.asked_concepts())
        self._size = len(concepts)
        known = [_narrow(*seekers.known_once(asked)) for asked in concepts]
        people, concept = joined([rows for rows, _ in known], np.zeros(0, dtype=np.int32))
        self._known, order = Ragged.by(people, seekers.size)
        self._known_concept = concept.astype(np.int32)[order]
        self._codes = joined([codes for _, codes in known], np.zeros(0, dtype=np.uint8))[0][order]
        del known, people, concept
        criteria = [jobs.criteria_of(asked.concept) for asked in concepts]
        asking, concept = joined([rows for rows, _ in criteria], NO_NUMBERS)
        self._asked, order = Ragged.by(asking, self._start.shape[1])
        self._asked_concept = concept[order]
        factors = np.concatenate([values for _, values in criteria] or [np.zeros((0, 1 + SUMS))])[order]
        self._cases = factors[:, 0].astype(np.intp) * CODES
        self._weights, self._is_essential, self._hopeless = (factors[:, at].copy() for at in (1, 3, 4))

    def block(self, pairs: Pairs) -> SkillBlock:
        """Compare the jobs and people of some pairs."""
        asked, job = self._asked.of(pairs.jobs)
        known, person = self._known.of(pairs.people)
        left, right = together(self._asked_concept[asked], self._known_concept[known], self._size)
        criteria = asked[left]
        cases = self._cases[criteria] + self._codes[known[right]]
        weights = self._weights[criteria]
        cells = job[left] * pairs.people.size + person[right]

        def end(number: int) -> Figures:
            terms = self._changes[number].take(cases) * weights
            sums = np.bincount(cells, terms, pairs.table).take(pairs.cells)
            return (sums + pairs.of_jobs(self._start[number])) / pairs.of_jobs(self._against[0])

        return SkillBlock(end(0), end(1), cells, criteria, cases)

    def rows(self, block: SkillBlock, pairs: Pairs, chosen: Numbers) -> SkillRows:
        """Work out the rest for some of the pairs."""
        size, jobs = chosen.size, pairs.jobs[pairs.lines[chosen]]
        number = np.zeros(pairs.table, dtype=np.int32)
        number[pairs.cells[chosen]] = np.arange(1, size + 1)
        row = number[block.cells]
        known = np.flatnonzero(row)
        row, criteria, cases = row[known].astype(np.intp) - 1, block.criteria[known], block.cases[known]
        met, hopeless = (
            np.bincount(row, self._changes[at].take(cases) * factors[criteria], size) + self._start[at, jobs]
            for at, factors in ((2, self._is_essential), (3, self._hopeless))
        )
        return SkillRows(
            is_met=met == self._against[1, jobs],
            needs_design=2 * hopeless >= self._against[2, jobs],
            codes=self._row_codes(row, cases, jobs),
        )

    def _row_codes(self, row: Numbers, cases: Numbers, jobs: Numbers) -> Codes:
        size, kinds = jobs.size, len(STATUSES)
        at = self._statuses[cases].astype(np.intp) * size + row
        counts = np.bincount(at, minlength=kinds * size).reshape(kinds, size)
        asked = self._asked.starts[jobs + 1] - self._asked.starts[jobs]
        supported = np.bincount(row, is_supported(cases % CODES), size)
        said = {int(bit): counts[STATUSES.index(status)] > 0 for status, bit in _REASONS.items()}
        said[SkillReason.NOT_ASKED] = asked == 0
        said[SkillReason.NOT_RECORDED] = counts.sum(axis=0) - counts[_UNKNOWN] < asked
        said[SkillReason.WITH_SUPPORT] = supported > 0
        return as_codes(size, said)


def _narrow(rows: Numbers, codes: Numbers) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Return the same in an eighth of the room: these are the longest lists of all."""
    return rows.astype(np.int32), codes.astype(np.uint8)
