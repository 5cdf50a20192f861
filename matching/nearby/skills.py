"""Skills of one person beside the jobs gathered: of all that they ask, only what is known is looked at."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching.columns.credits import SUMS
from matching.columns.skills import JobSkillColumns, SkillTotals, known_codes, listed_of
from matching.nearby.gathering import Gathering
from matching.nearby.lists import Narrow, Numbers, Posting, laid_out
from matching.profiles import SeekerProfile


class NearbySkills:
    """The criteria of all jobs, place by place.

    Args:
        jobs: The criteria of all jobs, by concept.
        order: The row of the job at each place.
        places: The place of each job's row.
    """

    def __init__(self, jobs: JobSkillColumns, order: Numbers, places: Numbers) -> None:
        self._changes = jobs.table.changes
        self._start, self._against = jobs.start.take(order, axis=1), jobs.against.take(order, axis=1)
        concepts = [asked.concept for asked in jobs.asked_concepts()]
        self._numbers = {concept: number for number, concept in enumerate(concepts)}
        self._factors, which = _distinct(jobs, concepts)

        def postings() -> Iterator[Posting]:
            for number, concept in enumerate(concepts):
                yield places[jobs.criteria_of(concept)[0]], (number, which[number])

        self._asked = laid_out(places.size, 2, postings)

    def totals(self, seeker: SeekerProfile, gathering: Gathering) -> SkillTotals:
        """Compare a person's skills with what the jobs gathered ask."""
        codes = np.zeros(len(self._numbers), dtype=np.uint8)
        for concept, code in known_codes(seeker).items():
            if concept in self._numbers:
                codes[self._numbers[concept]] = code
        asked = self._asked.gathered(gathering.runs)
        found = codes.take(asked.values)
        hits = np.flatnonzero(found)
        rows, hits = gathering.kept(asked.place_of(hits), hits)
        factors = self._factors[self._asked.columns[1][asked.rows_of(hits)]]
        changes = (self._changes[factors[:, 0].astype(np.intp), found[hits]] * factors[:, 1:]).T
        return SkillTotals(
            start=self._start.take(gathering.places, axis=1),
            against=tuple(self._against.take(gathering.places, axis=1)),
            listed=listed_of(seeker),
            rows=rows,
            terms=lambda number: changes[number],
            size=gathering.places.size,
        )


def _distinct(jobs: JobSkillColumns, concepts: list[str]) -> tuple[NDArray[np.float64], list[Narrow]]:
    """Return the factors that occur, each once for a concept, and by concept which each criterion has."""
    factors, which = [np.zeros((0, 1 + SUMS))], list[Narrow]()
    total = 0
    for concept in concepts:
        unique, back = np.unique(jobs.criteria_of(concept)[1], axis=0, return_inverse=True)
        which.append((back.reshape(-1) + total).astype(np.int32))
        factors.append(unique)
        total += len(unique)
    return np.concatenate(factors), which
