"""Do the guaranteed weekly hours suit the person's own wish, with 16 as the aim (section 4.2)?"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from matching.finding import Finding, Shortfall, in_hours
from matching.profiles import JobProfile, SeekerProfile
from matching.records import WEEK_HOURS, JobHours, SeekerHours
from matching.week import hours_in

_Wish = tuple[float | None, float | None, float | None, str | None]
_Offer = tuple[float | None, float | None, float | None, bool | None]


class HoursStatus(StrEnum):
    """How the hours stand."""

    MEETS_16 = "meets_16"
    BY_CHOICE = "below_16_by_choice"
    BUILD_UP = "build_up_to_16"
    GAP = "below_16_gap"
    NO_OVERLAP = "no_overlap"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HoursFinding(Finding):
    """What the hours comparison found.

    Attributes:
        status: How the hours stand.
        missing: Hours a week short of the person's target, None when not known.
    """

    status: HoursStatus = HoursStatus.UNKNOWN
    missing: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class HoursFit:
    """How far a job's guaranteed hours reach what the person wishes now.

    Attributes:
        aim: Hours a week that everybody is helped towards unless they wish otherwise: 16, the aim of Valuing
            Employment Now (2009).
    """

    aim: float = 16.0

    def target(self, wish: SeekerHours) -> float | None:
        """Return the hours to reach: the goal, at least 16, if aiming for 16 or not asked; else `now_min`."""
        if wish.intent in (None, "aims_for_16"):
            return max(self.aim, wish.goal or 0.0)
        return wish.now_min

    def compare(self, seeker: SeekerProfile, job: JobProfile) -> HoursFinding:
        """Compare the amounts, then the days where both are recorded."""
        wish, offer = seeker.seeker.hours, job.job.hours
        return _found(
            self,
            (wish.now_min, wish.now_max, wish.goal, wish.intent),
            (offer.min, offer.max, offer.guaranteed, offer.negotiable),
            _reach(seeker, job),
        )

    def between(self, wish: SeekerHours, offer: JobHours, reach: float | None) -> HoursFinding:
        """Compare a wish with an offer; `reach` is what the days allow, None when not known on both sides."""
        blocked = _blocked_by_amount(wish, offer)
        if blocked:
            missing = max(0.0, (wish.now_min or 0.0) - (WEEK_HOURS if offer.max is None else offer.max))
            measure = "Ask the employer about other hours, or for tasks to be added or taken out"
            return _no_overlap(blocked, measure, missing)
        if reach == 0:
            measure = "Ask the employer whether the days or times could move"
            return _no_overlap(OUTSIDE, measure, self._days_missing(wish))
        target, sure = self.target(wish), guaranteed(offer)
        if wish.now_max is None or sure is None or target is None:
            return _not_known(wish.now_max is None or target is None, sure is None)
        usable = min(wish.now_max, sure)
        return self._known(wish, target, usable if reach is None else min(usable, reach), reach is not None)

    def _days_missing(self, wish: SeekerHours) -> float | None:
        return self.target(wish) if wish.now_min is None else wish.now_min

    def _known(self, wish: SeekerHours, target: float, usable: float, days_compared: bool) -> HoursFinding:
        score = min(1.0, usable / target) if target else 1.0
        missing = max(0.0, target - usable)
        status = self._status(wish, usable, missing)
        reasons = [_sentence(status, usable, target)]
        shortfalls: list[Shortfall] = []
        if missing:
            measure = "Ask for more hours, add tasks from other posts, or look for a second post"
            shortfalls.append(Shortfall(f"{in_hours(missing)} a week short", measure, 1.0 - score))
        if not days_compared:
            reasons.append("The days and times are not recorded on both sides: days not compared.")
            shortfalls.append(Shortfall("Days not compared", "Find out the days and times", score / 2))
        low = score if days_compared else 0.0
        return HoursFinding(
            low, score, tuple(reasons), tuple(shortfalls), 1.0 - score + low, status=status, missing=missing
        )

    def _status(self, wish: SeekerHours, usable: float, missing: float) -> HoursStatus:
        if usable >= self.aim:
            return HoursStatus.MEETS_16
        if missing:
            return HoursStatus.GAP
        return HoursStatus.BY_CHOICE if wish.intent == "prefers_fewer" else HoursStatus.BUILD_UP


@lru_cache(maxsize=10_000)
def _found(fit: HoursFit, wish: _Wish, offer: _Offer, reach: float | None) -> HoursFinding:
    """Return the same finding for the same hours: few amounts are wished for and offered again and again.

    They come as plain tuples, which are found again many times faster than records.
    """
    return fit.between(SeekerHours(*wish), JobHours(*offer), reach)


def guaranteed(offer: JobHours) -> float | None:
    """Return the hours a week that are sure: the guaranteed ones, else the least."""
    return offer.min if offer.guaranteed is None else offer.guaranteed


def _blocked_by_amount(wish: SeekerHours, offer: JobHours) -> str | None:
    if wish.now_min is not None and offer.max is not None and wish.now_min > offer.max:
        most, least = in_hours(offer.max), in_hours(wish.now_min)
        return f"The job offers at most {most}, the person wants at least {least}"
    if wish.now_max is not None and offer.min is not None and wish.now_max < offer.min:
        return (
            f"The job needs at least {in_hours(offer.min)}, the person wants at most {in_hours(wish.now_max)}"
        )
    return None


def _reach(seeker: SeekerProfile, job: JobProfile) -> float | None:
    """Return the hours that the person's days allow; hours outside the job's pattern may fall on any day."""
    sure = guaranteed(job.job.hours)
    if seeker.cells is None or job.cells is None or sure is None:
        return None
    return hours_in(seeker.cells & job.cells) + max(0.0, sure - hours_in(job.cells))


OUTSIDE = "The job's days and times are all outside the person's"
"""What blocks where the amounts would do: it tells a week that does not fit from amounts that do not."""


def _no_overlap(blocked: str, measure: str, missing: float | None) -> HoursFinding:
    shortfall = Shortfall(blocked, measure, 1.0)
    return HoursFinding(
        0.0, 0.0, (f"{blocked}.",), (shortfall,), 1.0, status=HoursStatus.NO_OVERLAP, missing=missing
    )


def _not_known(is_wish_missing: bool, is_offer_missing: bool) -> HoursFinding:
    shortfalls: list[Shortfall] = []
    # Both answers together give back half the component.
    share = 0.25 if is_wish_missing and is_offer_missing else 0.5
    if is_wish_missing:
        ask = "Ask the person about their hours"
        shortfalls.append(Shortfall("The hours wished are not recorded", ask, share))
    if is_offer_missing:
        ask = "Ask the employer for guaranteed hours"
        shortfalls.append(Shortfall("The guaranteed hours are not recorded", ask, share))
    return HoursFinding(0.0, 1.0, tuple(f"{each.what}." for each in shortfalls), tuple(shortfalls))


def _sentence(status: HoursStatus, usable: float, target: float) -> str:
    hours = in_hours(usable)
    if status is HoursStatus.BY_CHOICE:
        return f"{hours} a week, fewer than 16 by the person's own wish.".capitalize()
    if status is HoursStatus.BUILD_UP:
        return f"{hours} a week now, building up."
    if usable >= target:
        return f"{hours} a week can be worked: the goal of {in_hours(target)} is reached."
    return f"{hours} of the {in_hours(target)} a week aimed for can be worked."
