"""Job sharing: two people whose hours and strengths cover one vacancy together, everybody beside everybody.

Both do the same job at different times: each hour of it is filled by one of them, and what it asks is covered
where either of them can do it. What is not recorded counts half, as everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.profiles import JobProfile, SeekerProfile
from matching.share_sides import ShareSides
from matching.week import hours_in

STEP = 5.0
"""Points inside which the longest wait comes first, as on a shortlist."""

_EDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Pairing:
    """One person beside a partner for a vacancy.

    Attributes:
        partner: The partner's place among the people.
        score: 0-100, half for the hours of the job that both fill, half for what it asks that either can do.
        hours_low: Hours a week that are filled for sure.
        hours_high: Hours a week that may be filled, where something is not recorded.
        has_both_least: Whether both can have at least their least hours, as far as these are recorded.
    """

    partner: int
    score: float
    hours_low: float
    hours_high: float
    has_both_least: bool


class SharedJob:
    """A vacancy, and everybody who could share it. People keep the order in which they are given."""

    def __init__(self, job: JobProfile, people: Sequence[SeekerProfile]) -> None:
        self.sides = ShareSides.of(job, people)
        self._waits = np.array([(each.seeker.waiting_since or date.max).toordinal() for each in people])
        self._by_id = np.argsort(np.argsort(np.array([each.seeker.id for each in people], dtype=object)))

    def partners(self, place: int) -> list[Pairing]:
        """Everybody else as a partner of one person, the best first.

        Order: both have their least hours; the score in steps of five; the longest wait; the score; the id.
        """
        low, high = self._hours(place, is_low=True), self._hours(place, is_low=False)
        fits, score = self._has_both_least(place, high), self._score(place, low, high)
        order = np.lexsort((self._by_id, -score, self._waits, -np.floor((score + _EDGE) / STEP), ~fits))
        return [
            Pairing(int(at), float(score[at]), float(low[at]), float(high[at]), bool(fits[at]))
            for at in order
            if at != place
        ]

    def _hours(self, place: int, *, is_low: bool) -> NDArray[np.float64]:
        """Hours filled with each partner, exact: a flow from two people to the hours of the job.

        The least of the job's hours, of those that either is free for, and of what both could fill alone.
        """
        sides = self.sides
        free, caps = (sides.free_low, sides.cap_low) if is_low else (sides.free_high, sides.cap_high)
        either = np.bitwise_count(free | free[:, place : place + 1]).sum(axis=0) / 2.0 + sides.any_time
        return np.minimum(np.minimum(sides.hours, either), caps + caps[place])

    def _has_both_least(self, place: int, high: NDArray[np.float64]) -> NDArray[np.bool_]:
        sides = self.sides
        if not sides.hours:
            return np.ones(len(high), dtype=np.bool_)
        can = sides.least <= sides.cap_high + _EDGE
        return can & can[place] & (sides.least + sides.least[place] <= high + _EDGE)

    def _score(self, place: int, low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
        sides = self.sides
        filled = (low + high) / (2 * sides.hours) if sides.hours else np.full(len(low), 0.5)
        if sides.weights.size:
            best = np.maximum(sides.credit_low, sides.credit_low[place])
            best = best + np.maximum(sides.credit_high, sides.credit_high[place])
            covered = best @ sides.weights / 2.0
        else:
            covered = np.full(len(low), 0.5)
        return np.round(50.0 * (filled + covered), 6)


@dataclass(frozen=True, slots=True)
class Split:
    """How two people could divide the hours of a job.

    Attributes:
        hours: Hours a week of the first and of the second.
        cells: The half hours of the week of each, as bits; 0 where the days are not recorded.
        open_cells: Half hours of the job that neither is free for.
    """

    hours: tuple[float, float]
    cells: tuple[int, int]
    open_cells: int


def split(sides: ShareSides, first: int, second: int) -> Split:
    """Divide the hours that two people fill by their goals, each from their least to their most.

    Unrecorded days count as free, unrecorded amounts as enough: it is a start for the talk with both.
    """
    ours = [sides.cells[first], sides.cells[second]]
    caps = [float(sides.cap_high[at]) for at in (first, second)]
    least = [min(float(sides.least[at]), cap) for at, cap in zip((first, second), caps, strict=True)]
    total = min(sides.hours, hours_in(ours[0] | ours[1]) + sides.any_time, sum(caps))
    lowest, highest = max(total - caps[1], 0.0), min(caps[0], total)
    wanted = round(2 * total * sides.goals[first] / (sides.goals[first] + sides.goals[second])) / 2
    mine = min(max(wanted, least[0]), max(total - least[1], 0.0))
    mine = min(max(mine, lowest), highest)
    return Split(
        (mine, total - mine),
        _divided(ours[0], ours[1], mine, total - mine),
        sides.pattern & ~(ours[0] | ours[1]),
    )


def _divided(first: int, second: int, first_hours: float, second_hours: float) -> tuple[int, int]:
    """Each takes what only they can do; what both can do goes to whoever has hours left."""
    both = first & second
    mine = _earliest(first & ~both, first_hours)
    mine |= _earliest(both, first_hours - hours_in(mine))
    theirs = _earliest(second & ~mine, second_hours)
    return mine, theirs


def _earliest(cells: int, hours: float) -> int:
    """The first of these half hours, as many as the hours hold."""
    found = 0
    for _ in range(min(int(2 * hours + _EDGE), cells.bit_count()) if hours > 0 else 0):
        found |= cells & -cells
        cells &= cells - 1
    return found
