"""Skills over everybody: all start from "not listed", who lists a skill or a related one differs.

Every sum is of whole numbers below 2^53, so it is exact and does not depend on the order of adding.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.columns.credits import RELATED, SUMS, CreditTable, code_of
from matching.columns.store import Column, Postings
from matching.profiles import AskedSkill, JobProfile, SeekerProfile
from matching.skills import SkillsFit

Figures = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SkillTotals:
    """The skills comparison over everybody, each figure worked out when it is asked for.

    Attributes:
        start: The five sums of somebody who lists nothing; a column for all, or one for each row.
        against: What they are held against: full credit, number of essential criteria, their weight.
        listed: How telling all that the person lists is, not-a-number without skills.
        rows: The rows of which something is known, once for each thing known.
        terms: What each of `rows` adds to one of the five sums.
        size: How many rows there are.
    """

    start: Figures
    against: Sequence[Figures | float]
    listed: Figures | float
    rows: NDArray[np.int64]
    terms: Callable[[int], Figures]
    size: int

    def _sum(self, number: int) -> Figures:
        return self.start[number] + np.bincount(self.rows, self.terms(number), self.size)

    def ends(self) -> tuple[Figures, Figures]:
        """Return the scores with the worst and with the best answers to what is unknown, 0 to 1."""
        return self._sum(0) / self.against[0], self._sum(1) / self.against[0]

    def is_met(self) -> NDArray[np.bool_]:
        """Return where every essential criterion is met, with an adjustment or without."""
        return self._sum(2) == self.against[1]

    def needs_design(self) -> NDArray[np.bool_]:
        """Return where gaps without a measure hold half or more of the essential weight."""
        return 2 * self._sum(3) >= self.against[2]

    def uses_strengths(self) -> Figures:
        """Return the weight of the skills asked, of all that the person lists; not-a-number without any."""
        return self._sum(4) / self.listed


def listed_of(seeker: SeekerProfile) -> float:
    """Return how telling all that a person lists is, not-a-number without skills."""
    return float(seeker.listed_units) if seeker.skills else np.nan


class SeekerSkillColumns:
    """The skills of all seekers, by concept."""

    def __init__(self, fit: SkillsFit) -> None:
        self._table = CreditTable(fit)
        self._held = Postings[str](width=1)
        self._strong = Postings[str]()
        self._listed = Column()
        self._codes: dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}

    def put(self, row: int, own: SeekerProfile) -> None:
        """Write a seeker's skills into a row that has none."""
        self._codes.clear()
        self._listed.put(row, listed_of(own))
        for concept, held in own.skills.items():
            self._held.add(concept, row, code_of(held))
        for concept in own.strengths:
            self._strong.add(concept, row)

    def drop(self, row: int, own: SeekerProfile) -> None:
        """Take a seeker's skills out of their row."""
        self._codes.clear()
        for concept in own.skills:
            self._held.drop(concept, row)
        for concept in own.strengths:
            self._strong.drop(concept, row)

    def cut(self) -> None:
        """Forget the last row."""
        self._listed.cut()

    @property
    def size(self) -> int:
        """How many people there are."""
        return self._listed.only.size

    def totals(self, job: JobProfile) -> SkillTotals:
        """Compare what a job asks with everybody's skills."""
        kinds, factors = self._table.asked(job)
        start, against = self._table.start(kinds, factors)
        known = [self.known_of(asked) for asked in job.asked]
        changes = self._table.changes[kinds] * factors[:, None, :]
        # One flat table, a stretch of it for each criterion, so that all are looked up in one go.
        flat = changes.reshape(-1, SUMS).T
        places = [codes + number * changes.shape[1] for number, (_, codes) in enumerate(known)]
        places = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
        rows = np.concatenate([rows for rows, _ in known]) if known else np.zeros(0, dtype=np.int64)
        listed = self._listed.only
        return SkillTotals(
            start=start[:, None],
            against=against,
            listed=listed,
            rows=rows,
            terms=lambda number: flat[number].take(places),
            size=listed.size,
        )

    def known_of(self, asked: AskedSkill) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return of whom a concept or a related one is known, and what; kept until the next edit."""
        known = self._codes.get(asked.concept)
        if known is None:
            known = self._codes[asked.concept] = self.known_once(asked)
        return known

    def known_once(self, asked: AskedSkill) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the same without keeping it: for those who go through all concepts."""
        codes = np.zeros(self._listed.only.size, dtype=np.int64)
        codes[self._strong.rows(asked.related)] = RELATED
        rows, held = self._held.at(asked.concept)
        codes[rows] += held[:, 0].astype(np.int64)
        changed = np.flatnonzero(codes)
        return changed, codes[changed]


class JobSkillColumns:
    """The criteria of all jobs, by concept."""

    def __init__(self, fit: SkillsFit) -> None:
        self._table = CreditTable(fit)
        self._asked = Postings[str](width=1 + SUMS)
        self._first: dict[str, AskedSkill] = {}
        self._start = Column(SUMS)
        self._against = Column(3)

    def put(self, row: int, own: JobProfile) -> None:
        """Write a job's criteria into a row that has none."""
        start, against = self._table.start(*self._table.asked(own))
        self._start.put(row, *start.tolist())
        self._against.put(row, *against)
        for asked in own.asked:
            self._first.setdefault(asked.concept, asked)
            kind = CreditTable.kind(asked.level, asked.is_adjustable)
            self._asked.add(asked.concept, row, kind, *self._table.factors(asked))

    def drop(self, row: int, own: JobProfile) -> None:
        """Take a job's criteria out of their row."""
        for asked in own.asked:
            self._asked.drop(asked.concept, row)

    def cut(self) -> None:
        """Forget the last row."""
        self._start.cut()
        self._against.cut()

    @property
    def start(self) -> Figures:
        """The five sums of somebody who lists nothing, a column for each job."""
        return self._start.all

    @property
    def against(self) -> Figures:
        """What the sums of each job are held against."""
        return self._against.all

    def asked_concepts(self) -> Iterable[AskedSkill]:
        """Return one asked skill of every concept that any job asks."""
        return [self._first[concept] for concept in self._first if concept in self._asked]

    def criteria_of(self, concept: str) -> tuple[NDArray[np.int64], Figures]:
        """Return the jobs that ask a concept; of each the kind of level, and the factors of the five sums."""
        return self._asked.once(concept)

    @property
    def table(self) -> CreditTable:
        """The credits by which all is compared."""
        return self._table

    def totals(self, seeker: SeekerProfile) -> SkillTotals:
        """Compare a seeker's skills with what every job asks."""
        codes = {concept: code for concept, code in known_codes(seeker).items() if concept in self._asked}
        met = [self._asked.at(concept) for concept in codes] or [self._asked.none]
        terms = np.concatenate([found[1] for found in met])
        repeated = np.repeat([*codes.values()] or [0], [found[0].size for found in met])
        changes = (self._table.changes[terms[:, 0].astype(np.intp), repeated] * terms[:, 1:]).T
        return SkillTotals(
            start=self._start.all,
            against=tuple(self._against.all),
            listed=listed_of(seeker),
            rows=np.concatenate([found[0] for found in met]),
            terms=lambda number: changes[number],
            size=self._start.all.shape[1],
        )


def known_codes(seeker: SeekerProfile) -> dict[str, int]:
    """Return the code of every concept of which something is known: listed, or related to a strength."""
    strong = [held.related for held in seeker.skills.values() if held.lowest]
    codes = dict.fromkeys(frozenset[str]().union(*strong), RELATED)
    for concept, held in seeker.skills.items():
        codes[concept] = codes.get(concept, 0) + code_of(held)
    return codes
