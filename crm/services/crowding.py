"""Do the easiest to place crowd out the rest? The rule in plain numbers, the same on screen and in the guide.

It warns if all of this holds, of the people with the least and with the most support needs:

- at least `FEWEST` people are in each group: fewer say nothing;
- the share shortlisted of those with most is below four fifths of the share of those with least. This is the
  four-fifths rule by which selection is judged in the United States (Uniform Guidelines on Employee Selection
  Procedures, 29 CFR 1607.4 D, 1978); British law names no figure;
- the two shares lie more than `APART` standard errors apart (pooled test of two proportions), as the same
  guidelines ask that a difference be significant: by chance alone that happens at most once in 20 times.
"""

from enum import StrEnum
from math import sqrt

from crm.services.shortlist_cells import Share

FEWEST = 10
"""The fewest people in each group of whom shares are compared."""

APART = 1.96
"""So many standard errors lie at least between shares that differ by more than chance."""


class Crowding(StrEnum):
    """What the comparison says."""

    CROWDED_OUT = "crowded_out"
    NO_SIGN = "no_sign"
    NOT_TOLD = "not_told"


def crowding(least: Share, most: Share) -> Crowding:
    """Are people with the most support needs shortlisted markedly less often than those with the least?"""
    if min(least.people, most.people) < FEWEST:
        return Crowding.NOT_TOLD
    # In whole numbers, so that exactly four fifths never count as fewer.
    if 5 * most.shortlisted * least.people >= 4 * least.shortlisted * most.people:
        return Crowding.NO_SIGN
    return Crowding.CROWDED_OUT if _errors_apart(least, most) > APART else Crowding.NO_SIGN


def _errors_apart(one: Share, other: Share) -> float:
    pooled = (one.shortlisted + other.shortlisted) / (one.people + other.people)
    error = sqrt(pooled * (1 - pooled) * (1 / one.people + 1 / other.people))
    return (one.shortlisted / one.people - other.shortlisted / other.people) / error
