"""From component ranges to the total: the same arithmetic for one pair and for arrays."""

from enum import StrEnum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.weights import Weights

Numbers = TypeVar("Numbers", float, NDArray[np.float64])

STEP = 5.0
"""Points in one step of the order for a job: people inside a step are ordered by their wait."""

NAMES = ("skills", "hours", "natural_supports", "preference")
"""The components, in the order in which they are shown and summed."""


class Group(StrEnum):
    """The three groups of the shortlist, the first being the best."""

    WORKABLE_NOW = "workable_now"
    WITH_MEASURES = "with_measures"
    DESIGN_A_JOB = "design_a_job"


def rounded(value: float) -> float:
    """Return a figure to 6 decimals, ties to even: what is written is what is ordered by."""
    return round(value * 1e6) / 1e6


def whole(
    weights: Weights,
    supports_weight: Numbers,
    skills: Numbers,
    hours: Numbers,
    supports: Numbers,
    preference: Numbers,
) -> Numbers:
    """Return one end of the band, 0 to 100, unrounded.

    Args:
        weights: The weights of the components.
        supports_weight: The weight of natural supports, 0 where the person has no needs: the included
            weights are summed, so that the rest share the total.
        skills: That end of the skills range, 0 to 1.
        hours: Of the hours range.
        supports: Of the natural supports range.
        preference: Of the preference range.
    """
    total = weights.skills + weights.hours + supports_weight + weights.preference
    points = (
        weights.skills * skills
        + weights.hours * hours
        + supports_weight * supports
        + weights.preference * preference
    )
    return 100.0 * points / total
