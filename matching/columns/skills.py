"""Skills over everybody: all start from "not listed", who lists a skill or a related one differs.

Every sum is of whole numbers below 2^53, so it is exact and does not depend on the order of adding.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns.store import Column, Postings
from matching.profiles import HIGHEST_LEVEL, AskedSkill, HeldSkill, JobProfile, SeekerProfile
from matching.skills import MET, SkillsFit

Figures = NDArray[np.float64]
_SUMS = 5
"""Low credit, high credit, essentials met, weight of gaps without a measure, units of strengths used."""

_LEVELS = ((0, 4), (0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (1, 4), (2, 4), (3, 4))
"""What can be recorded of a skill, as lowest and highest level; the first is "not listed"."""

_CODES = {levels: code for code, levels in enumerate(_LEVELS)}
_RELATED = len(_LEVELS)
"""Added to a code when a closely related skill is held."""


class SkillTotals(NamedTuple):
    """The skills comparison over everybody; `uses_strengths` is not-a-number without skills."""

    low: Figures
    high: Figures
    is_met: NDArray[np.bool_]
    needs_design: NDArray[np.bool_]
    uses_strengths: Figures


class CreditTable:
    """All credits by asked level, adjustability and code, worked out once by the readable rule."""

    def __init__(self, fit: SkillsFit) -> None:
        self._fit = fit
        self.credits = np.zeros((HIGHEST_LEVEL * 2, 2 * _RELATED, _SUMS))
        for level in range(1, HIGHEST_LEVEL + 1):
            for is_adjustable in (False, True):
                self.credits[self.kind(level, is_adjustable)] = list(self._lines(level, is_adjustable))
        self.changes = self.credits - self.credits[:, :1]

    @staticmethod
    def kind(level: int, is_adjustable: bool) -> int:
        """Return where the credits for an asked level stand in the table."""
        return 2 * (level - 1) + is_adjustable

    def _lines(self, asked: int, is_adjustable: bool) -> Iterator[tuple[float, ...]]:
        for has_related in (False, True):
            for lowest, highest in _LEVELS:
                low, high = (
                    self._fit.credit(level, asked, is_adjustable=is_adjustable, has_related=has_related)
                    for level in (lowest, highest)
                )
                yield low, high, low == MET, high == 0, lowest >= 1

    def factors(self, asked: AskedSkill) -> tuple[float, ...]:
        """Return what each of the five sums is multiplied by for an asked skill."""
        weight, is_essential = self._fit.weight(asked), asked.is_essential
        hopeless = 0 if asked.could_move or not is_essential else weight
        return weight, weight, is_essential, hopeless, asked.units

    def start(self, job: JobProfile) -> tuple[NDArray[np.float64], tuple[float, float, float]]:
        """Return the five sums of somebody who lists nothing, and what they are held against.

        These are the full credit, the number of essential criteria, and their weight: infinite when there
        are none, so that no gap reaches half of it. A job without criteria is from 0 to 1, and never met.
        """
        if not job.asked:
            return np.array([0.0, 1.0, 0.0, 0.0, 0.0]), (1.0, 1.0, np.inf)
        sums = np.zeros(_SUMS)
        for asked in job.asked:
            kind = self.kind(asked.level, asked.is_adjustable)
            sums += self.credits[kind, 0] * np.array(self.factors(asked), dtype=np.float64)
        essential = [self._fit.weight(asked) for asked in job.asked if asked.is_essential]
        whole = MET * sum(map(self._fit.weight, job.asked))
        return sums, (whole, len(essential), sum(essential) or np.inf)


def _code(held: HeldSkill) -> int:
    return _CODES[held.lowest, held.highest]


def _totals(sums: Figures, against: Iterable[Figures | float], listed: Figures | float) -> SkillTotals:
    """Turn the five sums of each pair into ranges."""
    whole, essential_count, essential_weight = against
    return SkillTotals(
        low=sums[0] / whole,
        high=sums[1] / whole,
        is_met=sums[2] == essential_count,
        needs_design=2 * sums[3] >= essential_weight,
        uses_strengths=sums[4] / listed,
    )


def _listed(seeker: SeekerProfile) -> float:
    return float(seeker.listed_units) if seeker.skills else np.nan


class SeekerSkillColumns:
    """The skills of all seekers, by concept."""

    def __init__(self, fit: SkillsFit) -> None:
        self._table = CreditTable(fit)
        self._held = Postings[str](width=1)
        self._strong = Postings[str]()
        self._listed = Column()
        self._codes: dict[str, tuple[NDArray[np.int64], NDArray[np.uint8]]] = {}

    def put(self, row: int, own: SeekerProfile) -> None:
        """Write a seeker's skills into a row that has none."""
        self._codes.clear()
        self._listed.put(row, _listed(own))
        for concept, held in own.skills.items():
            self._held.add(concept, row, _code(held))
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

    def totals(self, job: JobProfile) -> SkillTotals:
        """Compare what a job asks with everybody's skills."""
        start, against = self._table.start(job)
        sums = np.zeros((self._listed.only.size, _SUMS))
        for asked in job.asked:
            kind = CreditTable.kind(asked.level, asked.is_adjustable)
            rows, codes = self._known_of(asked)
            changes = self._table.changes[kind] * np.array(self._table.factors(asked))
            sums[rows] = sums.take(rows, axis=0) + changes.take(codes, axis=0)
        return _totals(start[:, None] + sums.T, against, self._listed.only)

    def _known_of(self, asked: AskedSkill) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Return of whom a concept or a related one is known, and what; kept until the next edit."""
        known = self._codes.get(asked.concept)
        if known is None:
            codes = np.zeros(self._listed.only.size, dtype=np.uint8)
            codes[self._strong.rows(asked.related)] = _RELATED
            rows, held = self._held.at(asked.concept)
            codes[rows] += held[:, 0].astype(np.uint8)
            changed = np.flatnonzero(codes)
            known = self._codes[asked.concept] = changed, codes[changed]
        return known


class JobSkillColumns:
    """The criteria of all jobs, by concept."""

    def __init__(self, fit: SkillsFit) -> None:
        self._table = CreditTable(fit)
        self._asked = Postings[str](width=1 + _SUMS)
        self._start = Column(_SUMS)
        self._against = Column(3)

    def put(self, row: int, own: JobProfile) -> None:
        """Write a job's criteria into a row that has none."""
        start, against = self._table.start(own)
        self._start.put(row, *start.tolist())
        self._against.put(row, *against)
        for asked in own.asked:
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

    def totals(self, seeker: SeekerProfile) -> SkillTotals:
        """Compare a seeker's skills with what every job asks."""
        sums = self._start.all.copy()
        codes = {concept: code for concept, code in _known(seeker).items() if concept in self._asked}
        if codes:
            met = [self._asked.at(concept) for concept in codes]
            rows = np.concatenate([found[0] for found in met])
            terms = np.concatenate([found[1] for found in met])
            repeated = np.repeat(list(codes.values()), [found[0].size for found in met])
            changes = self._table.changes[terms[:, 0].astype(np.intp), repeated] * terms[:, 1:]
            for position in range(_SUMS):
                sums[position] += np.bincount(rows, weights=changes[:, position], minlength=sums.shape[1])
        return _totals(sums, self._against.all, _listed(seeker))


def _known(seeker: SeekerProfile) -> dict[str, int]:
    """Return the code of every concept of which something is known: listed, or related to a strength."""
    strong = [held.related for held in seeker.skills.values() if held.lowest]
    codes = dict.fromkeys(frozenset[str]().union(*strong), _RELATED)
    for concept, held in seeker.skills.items():
        codes[concept] = codes.get(concept, 0) + _code(held)
    return codes
