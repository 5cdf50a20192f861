"""Everybody ranked for one job, and parted into the sections of a shortlist: each in exactly one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from crm.models.users import Actor
from crm.services.matches import ReadyPeople
from crm.services.seeker_inputs import Person
from matching.match import Match
from matching.profiles import JobProfile
from matching.ranking import GROUPS, Ranking
from matching.totals import Group

FIRST_ROWS = 5
"""Rows of each group that are shown before anybody asks for more."""

_NEVER = date.max.toordinal()


def section(group: str, *, is_further: bool) -> str:
    """The name of one part of a shortlist: a group, and whether it is of those who live further away."""
    return f"{group}-further" if is_further else group


@dataclass(frozen=True, slots=True)
class ShortlistView:
    """How a shortlist is looked at: the order inside the groups, and how many rows of each section are shown.

    The keys of `shown` are those that `section` gives.
    """

    is_mine_first: bool = False
    is_longest_wait_first: bool = False
    shown: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class RankedPeople:
    """Everybody ranked for one job; `mine` and `further` stand in the order of the ranking's ids."""

    ready: ReadyPeople
    profile: JobProfile
    ranking: Ranking
    mine: NDArray[np.bool_]
    further: NDArray[np.bool_]

    @classmethod
    def of(cls, ready: ReadyPeople, profile: JobProfile, by: Actor) -> "RankedPeople":
        """Compare everybody with a job; `by` is whose people are theirs."""
        ranking = ready.index.rank(profile)
        coaches = (ready.known[int(each)].coach_id for each in ranking.ids)
        is_mine = (by.id is not None and coach == by.id for coach in coaches)
        mine = np.fromiter(is_mine, dtype=np.bool_, count=len(ranking.ids))
        return cls(ready, profile, ranking, mine, ready.index.is_beyond_limit(profile))

    def ordered(self, view: ShortlistView) -> NDArray[np.int64]:
        """Positions in the order of the view; each choice keeps the order before it where it says nothing."""
        order = self.ranking.order
        if view.is_longest_wait_first:
            since = (self.ready.known[int(each)].referred_on for each in self.ranking.ids)
            days = (day.toordinal() if day else _NEVER for day in since)
            waits = np.fromiter(days, dtype=np.int64, count=len(self.ranking.ids))
            order = order[np.argsort(waits[order], kind="stable")]
        if view.is_mine_first:
            order = order[np.argsort(~self.mine[order], kind="stable")]
        return order

    def sections(self, view: ShortlistView) -> Iterator[tuple[Group, bool, NDArray[np.int64]]]:
        """Everybody's positions, parted: within reach and further away, and in each the three groups."""
        order = self.ordered(view)
        of_group, is_beyond = self.ranking.group[order], self.further[order]
        for is_further in (False, True):
            for number, group in enumerate(GROUPS):
                yield group, is_further, order[(of_group == number) & (is_beyond == is_further)]

    def explained(self, place: np.int64) -> tuple[Person, Match, bool, bool]:
        """Who stands at a position, with the whole comparison."""
        key = self.ranking.ids[place]
        match = self.ready.index.match(key, self.profile)
        return self.ready.known[int(key)], match, bool(self.mine[place]), bool(self.further[place])
