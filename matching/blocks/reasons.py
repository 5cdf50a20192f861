"""The reasons of pairs as bits of `matching.reason_codes`: what the readable path would say of each."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from matching.blocks.ragged import Numbers
from matching.columns.pair_hours import PairHours
from matching.columns.supports import JobSupportColumns, SeekerSupportColumns
from matching.reason_codes import HoursReason, PreferenceReason, SupportReason
from matching.supports import COVERED

Codes = NDArray[np.uint16]
Flags = NDArray[np.bool_]


def as_codes(size: int, said: Mapping[int, Flags]) -> Codes:
    """Return the bits of each place: those whose flags are true there."""
    codes = np.zeros(size, dtype=np.uint16)
    for bit, flags in said.items():
        codes |= flags * np.uint16(bit)
    return codes


def hours_codes(pairs: PairHours) -> Codes:
    """Return the reasons of the hours, by the order in which the readable path asks."""
    few, many = pairs.now_min > pairs.most, pairs.now_max < pairs.least
    other = ~few & ~many & (pairs.reach == 0)
    is_blocked = few | many | other
    no_wish = np.isnan(pairs.now_max) | np.isnan(pairs.target)
    no_offer = np.isnan(pairs.sure)
    usable = np.fmin(np.minimum(pairs.now_max, pairs.sure), pairs.reach)
    is_known = ~(is_blocked | no_wish | no_offer)
    is_reached = usable >= pairs.target
    is_small = is_known & is_reached & (usable < pairs.aim)
    chosen, building = is_small & pairs.prefers_fewer, is_small & pairs.builds_up
    is_plain = is_known & ~(chosen | building)
    said: dict[int, Flags] = {
        HoursReason.TOO_FEW: few,
        HoursReason.TOO_MANY: many & ~few,
        HoursReason.OTHER_TIMES: other,
        HoursReason.WISH_NOT_RECORDED: no_wish & ~is_blocked,
        HoursReason.OFFER_NOT_RECORDED: no_offer & ~is_blocked,
        HoursReason.BY_CHOICE: chosen,
        HoursReason.BUILDING_UP: building,
        HoursReason.GOAL_REACHED: is_plain & is_reached,
        HoursReason.BELOW_GOAL: is_plain & ~is_reached,
        HoursReason.DAYS_NOT_COMPARED: is_known & np.isnan(pairs.reach),
    }
    return as_codes(usable.size, said)


class SupportReasons:
    """The needs of all people and the supports of all jobs as sets of kinds, each set one number."""

    def __init__(self, seekers: SeekerSupportColumns, jobs: JobSupportColumns) -> None:
        _, personal, not_asked, is_counted = seekers.counts
        self._needs = seekers.needs.astype(np.int16)
        self._always = as_codes(
            self._needs.size,
            {
                SupportReason.NOT_ASKED: not_asked > 0,
                SupportReason.NO_NEEDS: is_counted == 0,
                SupportReason.PERSONAL: personal > 0,
            },
        )
        low, high = np.split(jobs.credits, 2)
        is_known = low == high
        self._sets = {
            SupportReason.IN_PLACE: _as_sets(is_known & (low == COVERED)),
            SupportReason.POSSIBLE: _as_sets(is_known & (low > 0) & (low < COVERED)),
            SupportReason.NOT_AVAILABLE: _as_sets(is_known & (low == 0)),
            SupportReason.NOT_RECORDED: _as_sets(~is_known),
        }

    def codes(self, people: Numbers, jobs: Numbers) -> Codes:
        """Return the reasons of pairs, each a person's and a job's row."""
        needs = self._needs[people]
        said = {int(bit): (needs & sets[jobs]) != 0 for bit, sets in self._sets.items()}
        return self._always[people] | as_codes(needs.size, said)


def _as_sets(kinds: Flags) -> NDArray[np.int16]:
    powers: NDArray[np.int16] = 2 ** np.arange(kinds.shape[0], dtype=np.int16)
    return powers @ kinds.astype(np.int16)


def preference_codes(counts: NDArray[np.float64], found: Numbers) -> Codes:
    """Return the reasons of pairs by how many interests, musts and avoids there are, and are mentioned."""
    is_recorded: Flags = np.any(counts > 0, axis=0)
    is_found = found > 0
    said: dict[int, Flags] = {
        PreferenceReason.NOT_RECORDED: ~is_recorded,
        PreferenceReason.INTEREST: is_found[0],
        PreferenceReason.MUST_HAVE: is_found[1],
        PreferenceReason.AVOID: is_found[2],
        PreferenceReason.NONE_MENTIONED: is_recorded & ~np.any(is_found, axis=0),
    }
    return as_codes(counts.shape[1], said)
