"""Hours over everybody: amounts as numbers, weeks as bits."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns.store import Column
from matching.hours import HoursFit, guaranteed
from matching.profiles import JobProfile, SeekerProfile
from matching.week import WORDS, as_words, common_hours, hours_in

Figures = NDArray[np.float64]
INTENTS = ("prefers_fewer", "building_up")
"""The intents with which fewer than 16 hours are no gap, by the numbers that wishes hold."""


class HourTotals(NamedTuple):
    """The hours comparison over everybody.

    Attributes:
        low: The score with the worst answers to what is unknown, 0 to 1.
        high: The same with the best answers.
        is_blocked: Where the hours do not overlap.
        reach: The hours that the days allow, not-a-number where they are not recorded on both sides.
    """

    low: Figures
    high: Figures
    is_blocked: NDArray[np.bool_]
    reach: Figures


class _Wish(NamedTuple):
    now_min: Figures
    now_max: Figures
    target: Figures
    intent: Figures


class _Offer(NamedTuple):
    least: Figures
    most: Figures
    sure: Figures
    pattern: Figures


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _wish(seeker: SeekerProfile, fit: HoursFit) -> tuple[float, ...]:
    hours = seeker.seeker.hours
    intent = INTENTS.index(hours.intent) if hours.intent in INTENTS else -1
    return _number(hours.now_min), _number(hours.now_max), _number(fit.target(hours)), float(intent)


def _offer(job: JobProfile) -> tuple[float, ...]:
    hours = job.job.hours
    pattern = None if job.cells is None else hours_in(job.cells)
    return _number(hours.min), _number(hours.max), _number(guaranteed(hours)), _number(pattern)


def _totals(wish: _Wish, offer: _Offer, overlap: Figures) -> HourTotals:
    """Compare wishes with offers, either being one for all; `overlap` is nan without days on both sides."""
    amount = np.minimum(wish.now_max, offer.sure)
    reach = overlap + np.maximum(0.0, offer.sure - offer.pattern)
    has_days = ~np.isnan(reach)
    is_blocked = (wish.now_min > offer.most) | (wish.now_max < offer.least) | (reach == 0)
    # fmin passes over what is not a number, so that a target of 0 is always reached; products with true and
    # false cost a fifth of np.where.
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.fmin(1.0, np.fmin(amount, reach) / wish.target)
    is_known = ~np.isnan(amount + wish.target)
    is_open = is_known & ~is_blocked
    high = score * is_open + ~(is_known | is_blocked)
    return HourTotals(low=score * (is_open & has_days), high=high, is_blocked=is_blocked, reach=reach)


def for_seeker(fit: HoursFit, seeker: SeekerProfile, offers: Figures, overlap: Figures) -> HourTotals:
    """Compare one person's hours with offers, a column for each job."""
    wish = _Wish(*(np.asarray(value) for value in _wish(seeker, fit)))
    return _totals(wish, _Offer(*offers), overlap)


class Weeks:
    """Everybody's week as 64-bit words."""

    def __init__(self) -> None:
        self._words = np.zeros((WORDS, 64), dtype=np.uint64)
        self._not_known = Column()

    def put(self, row: int, cells: int | None) -> None:
        """Write a row's week; None is not recorded."""
        if row == self._words.shape[1]:
            self._words = np.concatenate((self._words, np.zeros_like(self._words)), axis=1)
        self._words[:, row] = as_words(cells or 0)
        self._not_known.put(row, float("nan") if cells is None else 0.0)

    def cut(self) -> None:
        """Forget the last row."""
        self._not_known.cut()

    @property
    def words(self) -> NDArray[np.uint64]:
        """All weeks as words, a column for each row."""
        return self._words[:, : self.not_known.size]

    @property
    def not_known(self) -> Figures:
        """Not-a-number where a week is not recorded, else 0."""
        return self._not_known.only

    def overlap(self, cells: int | None) -> Figures:
        """Return the hours in common with a week, not-a-number where either is not recorded."""
        not_known = self.not_known
        if cells is None:
            return np.full(not_known.size, np.nan)
        return common_hours(self._words[:, : not_known.size], cells) + not_known


def of_pairs(wishes: Figures, offers: Figures, overlap: Figures) -> HourTotals:
    """Compare wishes with offers pair by pair, a column of each for every pair."""
    return _totals(_Wish(*wishes), _Offer(*offers), overlap)


class SeekerHourColumns:
    """The wishes and weeks of all seekers."""

    def __init__(self, fit: HoursFit) -> None:
        self._fit = fit
        self._wishes = Column(4)
        self.weeks = Weeks()

    def put(self, row: int, own: SeekerProfile) -> None:
        """Write a seeker's hours."""
        self._wishes.put(row, *_wish(own, self._fit))
        self.weeks.put(row, own.cells)

    def drop(self, row: int, own: SeekerProfile) -> None:
        """Do nothing: the next `put` writes over the row."""

    def cut(self) -> None:
        """Forget the last row."""
        self._wishes.cut()
        self.weeks.cut()

    @property
    def aim(self) -> float:
        """The hours that everybody is helped towards."""
        return self._fit.aim

    @property
    def wishes(self) -> Figures:
        """Least and most hours now, the target and the intent as a number, a column for each person."""
        return self._wishes.all

    def totals(self, job: JobProfile) -> HourTotals:
        """Compare a job's hours with everybody's."""
        offer = _Offer(*(np.asarray(value) for value in _offer(job)))
        return _totals(_Wish(*self._wishes.all), offer, self.weeks.overlap(job.cells))


class JobHourColumns:
    """The offers and weeks of all jobs."""

    def __init__(self, fit: HoursFit) -> None:
        self._fit = fit
        self._offers = Column(4)
        self.weeks = Weeks()

    def put(self, row: int, own: JobProfile) -> None:
        """Write a job's hours."""
        self._offers.put(row, *_offer(own))
        self.weeks.put(row, own.cells)

    def drop(self, row: int, own: JobProfile) -> None:
        """Do nothing: the next `put` writes over the row."""

    def cut(self) -> None:
        """Forget the last row."""
        self._offers.cut()
        self.weeks.cut()

    @property
    def offers(self) -> Figures:
        """Least, most and sure hours and those of the pattern, a column for each job."""
        return self._offers.all

    def totals(self, seeker: SeekerProfile) -> HourTotals:
        """Compare a seeker's hours with every job's."""
        return for_seeker(self._fit, seeker, self._offers.all, self.weeks.overlap(seeker.cells))
