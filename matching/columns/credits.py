"""The credits of the skills comparison as a table: every case worked out once by the readable rule."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching.profiles import HIGHEST_LEVEL, AskedSkill, HeldSkill, JobProfile
from matching.skill_cases import MET, RowStatus, status_of
from matching.skills import SkillsFit

Figures = NDArray[np.float64]
STATUSES = tuple(RowStatus)
"""How a criterion can stand, by the numbers that `CreditTable.statuses` holds."""

SUMS = 5
"""Low credit, high credit, essentials met, weight of gaps without a measure, units of strengths used."""

_LEVELS = ((0, 4), (0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (1, 4), (2, 4), (3, 4))
"""What can be recorded of a skill, as lowest and highest level; the first is "not listed"."""

_CODES = {levels: code for code, levels in enumerate(_LEVELS)}
RELATED = len(_LEVELS)
"""Added to a code when a closely related skill is held."""

_SUPPORTED = 2 * RELATED
"""Added to a code when it is recorded what support the skill is done with: it changes no sum."""

CODES = 2 * _SUPPORTED
"""How many codes there are."""


def code_of(held: HeldSkill) -> int:
    """Return the code of what is recorded of a skill."""
    return _CODES[held.lowest, held.highest] + (_SUPPORTED if held.with_support else 0)


def is_supported(codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return where it is recorded what support a skill is done with."""
    return codes >= _SUPPORTED


class CreditTable:
    """All credits by asked level, adjustability and code, worked out once by the readable rule."""

    def __init__(self, fit: SkillsFit) -> None:
        self._fit = fit
        self.credits = np.zeros((HIGHEST_LEVEL * 2, 2 * RELATED, SUMS))
        for level in range(1, HIGHEST_LEVEL + 1):
            for is_adjustable in (False, True):
                self.credits[self.kind(level, is_adjustable)] = list(self._lines(level, is_adjustable))
        self.changes = np.tile(self.credits - self.credits[:, :1], (1, 2, 1))

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

    def statuses(self) -> NDArray[np.int8]:
        """Return how a criterion stands by its place in the table and code, as numbers into `STATUSES`."""
        lowest = np.tile([levels[0] for levels in _LEVELS], 2)
        found = np.zeros((*self.credits.shape[:2],), dtype=np.int8)
        for kind, code in np.ndindex(found.shape):
            low, high = self.credits[kind, code, :2]
            found[kind, code] = STATUSES.index(status_of(low, high, lowest[code] > kind // 2))
        return np.tile(found, (1, 2))

    def factors(self, asked: AskedSkill) -> tuple[float, ...]:
        """Return what each of the five sums is multiplied by for an asked skill."""
        weight, is_essential = self._fit.weight(asked), asked.is_essential
        hopeless = 0 if asked.could_move or not is_essential else weight
        return weight, weight, is_essential, hopeless, asked.units

    def asked(self, job: JobProfile) -> tuple[NDArray[np.intp], Figures]:
        """Return of each criterion where its credits stand in the table, and its factors, a line for each."""
        kinds = [self.kind(asked.level, asked.is_adjustable) for asked in job.asked]
        factors = [self.factors(asked) for asked in job.asked]
        return np.array(kinds, dtype=np.intp), np.array(factors, dtype=np.float64).reshape(-1, SUMS)

    def start(self, kinds: NDArray[np.intp], factors: Figures) -> tuple[Figures, tuple[float, float, float]]:
        """Return the five sums of somebody who lists nothing, and what they are held against.

        These are the full credit, the number of essential criteria, and their weight: infinite when there
        are none, so that no gap reaches half of it. A job without criteria is from 0 to 1, and never met.
        """
        if not kinds.size:
            return np.array([0.0, 1.0, 0.0, 0.0, 0.0]), (1.0, 1.0, np.inf)
        sums = (self.credits[kinds, 0] * factors).sum(axis=0)
        weights, is_essential = factors[:, 0], factors[:, 2]
        essential = float(weights @ is_essential)
        return sums, (MET * float(weights.sum()), float(is_essential.sum()), essential or np.inf)
