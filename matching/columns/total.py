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
from matching.totals import NAMES, Group, whole
from matching.weights import Weights

Figures = NDArray[np.float64]


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
        keys: Callable[[Figures], NDArray[np.int64]],
    ) -> Ranking:
        """Return the figures for everybody, ordered by the keys that the middle of each band gets."""
        supports, preference = self.natural_supports, self.preference
        ends = (
            self.skills.ends(),
            (self.hours.low, self.hours.high),
            (supports.low, supports.high),
            (preference.low, preference.high),
        )
        supports_weight = weights.natural_supports * supports.is_counted
        low, high = (micro(whole(weights, supports_weight, *each)) for each in zip(*ends, strict=True))
        middle = micro((low + high) / 2.0)
        components: dict[str, tuple[Figures, Figures]] = dict(zip(NAMES, ends, strict=True))
        return Ranking(ids[0], ids[1], low, high, middle, components, keys(middle), self)

    def uses_strengths(self) -> Figures:
        """Return how much of what the person brings is asked for, 0 to 1; not-a-number without skills."""
        return micro(self.skills.uses_strengths())

    def groups(self) -> NDArray[np.int8]:
        """Return everybody's group, as numbers into `GROUPS`."""
        needs_design = (self.hours.is_blocked & self.is_fixed) | self.skills.needs_design()
        is_workable = self.skills.is_met() & (self.hours.low == 1.0) & self.natural_supports.is_covered
        groups = np.full(needs_design.shape, GROUPS.index(Group.WITH_MEASURES), dtype=np.int8)
        groups[is_workable] = GROUPS.index(Group.WORKABLE_NOW)
        groups[needs_design] = GROUPS.index(Group.DESIGN_A_JOB)
        return groups


def micro(values: Figures) -> Figures:
    """Round figures to 6 decimals, ties to even."""
    return np.rint(values * 1e6) / 1e6
