"""The first people for each of many jobs, within their own travel limits, cell by cell of the map.

`AllPairs.top` is a pure function of a cell and the two indices: cells can be taken by any number of
processes. What comes out is what `SeekerIndex.rank` gives for each job, those beyond their limit left out.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.blocks.cells import Cell, cells
from matching.blocks.pairs import Pairs, common_hours
from matching.blocks.preference import PreferenceBlock, PreferencePairs
from matching.blocks.ragged import Numbers
from matching.blocks.reasons import Codes, SupportReasons, hours_codes
from matching.blocks.skills import SkillBlock, SkillPairs, SkillRows
from matching.blocks.travel import Reach, on_sphere
from matching.columns import hours, supports
from matching.columns.hours import HourTotals
from matching.columns.pair_hours import pair_hours
from matching.columns.supports import SupportTotals
from matching.columns.total import micro
from matching.compiled import People, Posts
from matching.ranking import GROUPS, job_keys, mean_of_known
from matching.totals import NAMES, Group, whole

Figures = NDArray[np.float64]
Flags = NDArray[np.bool_]
MOST_PAIRS = 200_000
"""The most pairs of a table: where many people may be anywhere, larger ones do not fit the cache."""

_LAST = np.iinfo(np.int64).max


class Kept(NamedTuple):
    """The rows kept of one cell, job by job, the best first.

    Attributes:
        job_places: Where the job of each stands in `jobs`, rising.
        person: The row of the person of each.
        low: Lower end of the band, 0 to 100.
        high: Upper end of the band.
        middle: The middle of the band.
        components: For each component by name its lower and upper end, 0 to 1.
        reasons: For each component by name the bits of `matching.reason_codes`.
        group: Numbers into `GROUPS`.
        left_out: How many people each job of the cell lost to their own limits, in the order of `jobs`.
        jobs: The rows of all jobs of the cell.
    """

    job_places: Numbers
    person: Numbers
    low: Figures
    high: Figures
    middle: Figures
    components: dict[str, tuple[Figures, Figures]]
    reasons: dict[str, Codes]
    group: NDArray[np.int8]
    left_out: Numbers
    jobs: Numbers

    def component_score(self, name: str) -> Figures:
        """Return a component's mean of what is known, 0 to 1; not-a-number where nothing is known."""
        return mean_of_known(*self.components[name])


class _Block(NamedTuple):
    """The four comparisons of some pairs."""

    skills: SkillBlock
    hours: HourTotals
    supports: SupportTotals
    preference: PreferenceBlock

    def ends(self) -> tuple[tuple[Figures, Figures], ...]:
        hours, supports, preference = self.hours, self.supports, self.preference.totals
        return (
            (self.skills.low, self.skills.high),
            (hours.low, hours.high),
            (supports.low, supports.high),
            (preference.low, preference.high),
        )

    def groups(self, at: Numbers, skills: SkillRows, is_fixed: Flags) -> NDArray[np.int8]:
        """Return the groups of some of the pairs."""
        needs_design = (self.hours.is_blocked[at] & is_fixed) | skills.needs_design
        is_workable = skills.is_met & (self.hours.low[at] == 1.0) & self.supports.is_covered[at]
        workable, design = GROUPS.index(Group.WORKABLE_NOW), GROUPS.index(Group.DESIGN_A_JOB)
        others = np.where(is_workable, workable, GROUPS.index(Group.WITH_MEASURES))
        return np.where(needs_design, design, others).astype(np.int8)


class AllPairs:
    """Everybody and all jobs, ready to be ranked cell by cell.

    Args:
        people: All job seekers.
        posts: All jobs; what they are weighed by is said by the side of the people.
    """

    def __init__(self, people: People, posts: Posts) -> None:
        self._people, self._posts, self._weights = people.columns, posts.columns, people.weights
        self._skills = SkillPairs(self._people.skills, self._posts.skills)
        self._preference = PreferencePairs(self._people.preference, self._posts.preference)
        self._supports = SupportReasons(self._people.supports, self._posts.supports)
        degrees = self._posts.travel.places
        self._reach = Reach(self._people.travel, degrees, on_sphere(degrees))
        # People stand in the order of their ids in every block: the last word where all else is equal.
        self._by_id = np.argsort(people.ids[1])

    def cells(self) -> Iterator[Cell]:
        """Return all jobs in cells."""
        return cells(self._posts.travel.places, self._reach.places)

    def top(self, cell: Cell, count: int) -> Iterator[Kept]:
        """Yield the first `count` people for each job of a cell, those beyond their own limit left out."""
        people = self._near(cell)
        step = max(1, MOST_PAIRS // max(1, people.size))
        for start in range(0, cell.jobs.size, step):
            yield self._top(people, cell.jobs[start : start + step], count)

    def _top(self, people: Numbers, jobs: Numbers, count: int) -> Kept:
        pairs = Pairs.within(people, jobs, ~self._reach.is_beyond(people, jobs))
        block = self._compare(pairs)
        weight = self._weights.natural_supports * block.supports.is_counted
        ends = block.ends()
        low, high = (micro(whole(self._weights, weight, *each)) for each in zip(*ends, strict=True))
        middle = micro((low + high) / 2.0)
        at = _first(job_keys(middle, pairs.of_people(self._people.waits.all)), pairs, count)
        lines, rows = pairs.lines[at], pairs.people[pairs.places[at]]
        skills = self._skills.rows(block.skills, pairs, at)
        return Kept(
            job_places=lines,
            person=rows,
            low=low[at],
            high=high[at],
            middle=middle[at],
            components={name: (least[at], most[at]) for name, (least, most) in zip(NAMES, ends, strict=True)},
            reasons=self._reasons(block, at, rows, jobs[lines], skills),
            group=block.groups(at, skills, self._posts.fixed.all[jobs[lines]] > 0),
            left_out=self._by_id.size - np.bincount(pairs.lines, minlength=jobs.size),
            jobs=jobs,
        )

    def _reasons(
        self, block: _Block, at: Numbers, people: Numbers, jobs: Numbers, skills: SkillRows
    ) -> dict[str, Codes]:
        amounts = pair_hours(self._people.hours, people, self._posts.hours, jobs, block.hours.reach[at])
        codes = (
            skills.codes,
            hours_codes(amounts),
            self._supports.codes(people, jobs),
            self._preference.codes(block.preference, people, at),
        )
        return dict(zip(NAMES, codes, strict=True))

    def _near(self, cell: Cell) -> Numbers:
        if cell.middle is None:
            return self._by_id
        return self._by_id[self._reach.near(cell.middle, cell.radius_km)[self._by_id]]

    def _compare(self, pairs: Pairs) -> _Block:
        wishes, offers = self._people.hours, self._posts.hours
        needs, credits = self._people.supports, self._posts.supports
        sums = supports.sums_of(needs, pairs.people, credits, pairs.jobs)
        low, high = (each.reshape(-1).take(pairs.cells) for each in sums)
        return _Block(
            self._skills.block(pairs),
            hours.of_pairs(
                pairs.of_people(wishes.wishes),
                pairs.of_jobs(offers.offers),
                common_hours(wishes.weeks, offers.weeks, pairs),
            ),
            supports.of_pairs(low, high, pairs.of_people(needs.counts)),
            self._preference.block(pairs),
        )


def _first(keys: Numbers, pairs: Pairs, count: int) -> Numbers:
    """Return the first pairs of each job, job by job in order; equal keys stay as they stand."""
    chosen = np.arange(keys.size)
    if 0 < count < pairs.people.size:
        table = np.full(pairs.table, _LAST)
        table[pairs.cells] = keys
        last = np.partition(table.reshape(pairs.jobs.size, -1), count - 1, axis=1)[:, count - 1]
        chosen = np.flatnonzero(keys <= last[pairs.lines])
    lines = pairs.lines[chosen]
    order = np.lexsort((keys[chosen], lines))
    chosen, lines = chosen[order], lines[order]
    starts = np.concatenate(([0], np.cumsum(np.bincount(lines, minlength=pairs.jobs.size))))
    return chosen[np.arange(lines.size) - starts[lines] < count]
