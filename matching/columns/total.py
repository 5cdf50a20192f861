"""The total over everybody, from the four components."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns.hours import HourTotals
from matching.columns.preference import PreferenceTotals
from matching.columns.skills import SkillTotals
from matching.columns.supports import SupportTotals
from matching.ranking import GROUPS, Ranking
from matching.totals import Group, whole
from matching.weights import Weights

Figures = NDArray[np.float64]


class Ordering(NamedTuple):
    """What an order is made from: the middle of each band, and how far strengths are used."""

    middle: Figures
    uses_strengths: Figures


class Parts(NamedTuple):
    """The four comparisons over everybody, and where the employer recorded hours as not negotiable."""

    skills: SkillTotals
    hours: HourTotals
    natural_supports: SupportTotals
    preference: PreferenceTotals
    is_fixed: NDArray[np.bool_]

    def ranking(
        self,
        weights: Weights,
        ids: tuple[tuple[str, ...], NDArray[np.int64]],
        keys: Callable[[Ordering], NDArray[np.int64]],
    ) -> Ranking:
        """Return the figures for everybody, ordered by `keys`."""
        low, high = self._band(weights)
        middle, coverage = _micro((low + high) / 2.0), _micro(1.0 - (high - low) / 100.0)
        uses_strengths = _micro(self.skills.uses_strengths)
        score = middle.copy()
        score[coverage == 0] = np.nan
        return Ranking(
            ids=ids[0],
            id_places=ids[1],
            low=low,
            high=high,
            score=score,
            coverage=coverage,
            group=self._groups(),
            uses_strengths=uses_strengths,
            components=self._components(),
            keys=keys(Ordering(middle, uses_strengths)),
        )

    def _band(self, weights: Weights) -> tuple[Figures, Figures]:
        supports_weight = weights.natural_supports * self.natural_supports.is_counted
        skills, hours, supports, preference, _ = self
        low = whole(weights, supports_weight, skills.low, hours.low, supports.low, preference.low)
        high = whole(weights, supports_weight, skills.high, hours.high, supports.high, preference.high)
        return _micro(low), _micro(high)

    def _groups(self) -> NDArray[np.int8]:
        needs_design = (self.hours.is_blocked & self.is_fixed) | self.skills.needs_design
        is_workable = self.skills.is_met & (self.hours.low == 1.0) & self.natural_supports.is_covered
        groups = np.full(needs_design.shape, GROUPS.index(Group.WITH_MEASURES), dtype=np.int8)
        groups[is_workable] = GROUPS.index(Group.WORKABLE_NOW)
        groups[needs_design] = GROUPS.index(Group.DESIGN_A_JOB)
        return groups

    def _components(self) -> dict[str, tuple[Figures, Figures]]:
        return {
            "skills": (self.skills.low, self.skills.high),
            "hours": (self.hours.low, self.hours.high),
            "natural_supports": (self.natural_supports.low, self.natural_supports.high),
            "preference": (self.preference.low, self.preference.high),
        }


def _micro(values: Figures) -> Figures:
    return np.rint(values * 1e6) / 1e6
