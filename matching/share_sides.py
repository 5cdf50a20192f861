"""The two sides of job sharing made ready: what the job needs, and what each person could take of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.profiles import JobProfile, SeekerProfile
from matching.skill_cases import MET, SkillRow
from matching.skills import SkillsFit
from matching.week import WORDS, as_words, hours_in

USUAL_GOAL = 16.0
"""Hours a week that people without a goal of their own aim at."""

_FIT = SkillsFit()


@dataclass(frozen=True, slots=True)
class ShareSides:
    """Columns over people; n people and c criteria.

    Attributes:
        hours: Hours a week to fill; 0 when not recorded.
        pattern: The half hours of the job's week as bits; 0 when not recorded.
        any_time: Hours of the job that no day is recorded for.
        cells: For each person the half hours of the job that they are free for; unrecorded counts as free.
        free_low: The same as 64-bit words (6, n), unrecorded as none.
        free_high: The same, unrecorded as all.
        least: Hours a week that each wishes at least (n,), 0 when not recorded.
        cap_low: Hours of the job that each could fill alone (n,), by free time and most hours; what is sure.
        cap_high: The same, all that may be where something is not recorded.
        goals: Each person's goal in hours a week.
        credit_low: Credit 0-1 of each person for each criterion (n, c), unlisted as the worst.
        credit_high: The same, unlisted as the best.
        weights: How much each criterion counts (c,), adding up to 1; empty when none is recorded.
        rows: For each person the criteria beside what they bring.
    """

    hours: float
    pattern: int
    any_time: float
    cells: tuple[int, ...]
    free_low: NDArray[np.uint64]
    free_high: NDArray[np.uint64]
    least: NDArray[np.float64]
    cap_low: NDArray[np.float64]
    cap_high: NDArray[np.float64]
    goals: tuple[float, ...]
    credit_low: NDArray[np.float64]
    credit_high: NDArray[np.float64]
    weights: NDArray[np.float64]
    rows: tuple[tuple[SkillRow, ...], ...]

    @classmethod
    def of(cls, job: JobProfile, people: Sequence[SeekerProfile]) -> "ShareSides":
        """Make both sides ready."""
        pattern = job.cells or 0
        hours = _hours_of(job, pattern)
        rows = tuple(_FIT.compare(each, job).rows() for each in people)
        wishes = [each.seeker.hours for each in people]
        whole = sum(row.weight for row in rows[0]) if rows else 0
        free = [pattern if each.cells is None else each.cells & pattern for each in people]
        sure = [0 if each.cells is None else each.cells & pattern for each in people]
        any_time = max(0.0, hours - hours_in(pattern))
        return cls(
            hours=hours,
            pattern=pattern,
            any_time=any_time,
            cells=tuple(free),
            free_low=_words(sure),
            free_high=_words(free),
            least=np.array([wish.now_min or 0.0 for wish in wishes]),
            cap_low=_caps(sure, any_time, [_known(wish.now_max, wish.now_min or 0.0) for wish in wishes]),
            cap_high=_caps(free, any_time, [_known(wish.now_max, hours) for wish in wishes]),
            goals=tuple(max(_known(wish.goal, USUAL_GOAL), 1.0) for wish in wishes),
            credit_low=np.array([[row.low / MET for row in each] for each in rows]),
            credit_high=np.array([[row.high / MET for row in each] for each in rows]),
            weights=np.array([row.weight / whole for row in rows[0]]) if whole else np.empty(0),
            rows=rows,
        )


def _caps(free: Sequence[int], any_time: float, most: Sequence[float]) -> NDArray[np.float64]:
    return np.minimum(np.array([hours_in(each) for each in free]) + any_time, np.array(most))


def _known(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _hours_of(job: JobProfile, pattern: int) -> float:
    """Hours a week to fill: guaranteed, else the most, else the least, else those of the weekly pattern."""
    wanted = job.job.hours
    told = (wanted.guaranteed, wanted.max, wanted.min, hours_in(pattern))
    return next((hours for hours in told if hours), 0.0)


def _words(cells: Sequence[int]) -> NDArray[np.uint64]:
    if not cells:
        return np.empty((WORDS, 0), dtype=np.uint64)
    return np.stack([as_words(each) for each in cells], axis=1)
