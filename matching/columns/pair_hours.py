"""The hours of single pairs, from which their reasons are told."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns.hours import INTENTS, JobHourColumns, SeekerHourColumns

Figures = NDArray[np.float64]
Numbers = NDArray[np.int64]


class PairHours(NamedTuple):
    """What the reasons of some pairs rest on, a place for each; not-a-number where it is not recorded.

    Attributes:
        now_min: The least hours wished.
        now_max: The most hours wished.
        target: The hours to reach.
        least: The least hours offered.
        most: The most hours offered.
        sure: The hours that are guaranteed.
        reach: What the days allow.
        prefers_fewer: Where the person wishes fewer than 16.
        builds_up: Where the person builds up to 16.
        aim: The hours that everybody is helped towards.
    """

    now_min: Figures
    now_max: Figures
    target: Figures
    least: Figures
    most: Figures
    sure: Figures
    reach: Figures
    prefers_fewer: NDArray[np.bool_]
    builds_up: NDArray[np.bool_]
    aim: float


def pair_hours(
    seekers: SeekerHourColumns, people: Numbers, jobs: JobHourColumns, wanted: Numbers, reach: Figures
) -> PairHours:
    """Return what the reasons rest on, for pairs of which each has a person's and a job's row."""
    now_min, now_max, target, intent = seekers.wishes[:, people]
    least, most, sure, _ = jobs.offers[:, wanted]
    fewer, more = (intent == INTENTS.index(each) for each in ("prefers_fewer", "building_up"))
    return PairHours(now_min, now_max, target, least, most, sure, reach, fewer, more, seekers.aim)
