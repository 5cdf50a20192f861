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
        uses_strengths = _micro(np.broadcast_to(self.skills.uses_strengths, low.shape))
        return Ranking(
            ids=ids[0],
            id_places=ids[1],
            low=low,
            high=high,
            score=np.where(coverage > 0, middle, np.nan),
            coverage=coverage,
            group=self._groups(),
            uses_strengths=uses_strengths,
            components=self._components(low.shape),
            keys=keys(Ordering(middle, uses_strengths)),
        )

    def _band(self, weights: Weights) -> tuple[Figures, Figures]:
        supports_weight = np.where(self.natural_supports.is_counted, weights.natural_supports, 0.0)
        skills, hours, supports, preference, _ = self
        low = whole(weights, supports_weight, skills.low, hours.low, supports.low, preference.low)
        high = whole(weights, supports_weight, skills.high, hours.high, supports.high, preference.high)
        return _micro(low), _micro(high)

    def _groups(self) -> NDArray[np.int8]:
        needs_design = (self.hours.is_blocked & self.is_fixed) | self.skills.needs_design
        is_workable = self.skills.is_met & (self.hours.low == 1.0) & self.natural_supports.is_covered
        now, measures, design = (
            np.int8(GROUPS.index(group))
            for group in (Group.WORKABLE_NOW, Group.WITH_MEASURES, Group.DESIGN_A_JOB)
        )
        return np.where(needs_design, design, np.where(is_workable, now, measures))

    def _components(self, shape: tuple[int, ...]) -> dict[str, tuple[Figures, Figures]]:
        ends = {
            "skills": self.skills[:2],
            "hours": self.hours[:2],
            "natural_supports": self.natural_supports[:2],
            "preference": self.preference[:2],
        }
        return {
            name: (np.broadcast_to(low, shape), np.broadcast_to(high, shape))
            for name, (low, high) in ends.items()
        }


def _micro(values: Figures) -> Figures:
    return np.rint(values * 1e6) / 1e6
