"""What would make the hours right: the person's wish found out, the amount asked for, the days moved.

The wish itself is never talked down: no fewer hours than the person wants, and a plan for building up is
offered only where they want fewer hours now, at most, than they aim for.
"""

from collections.abc import Iterator
from dataclasses import replace

from matching.change import Blocker, Change, ChangeKind, Effort, Limits, Way
from matching.change_days import days_blocker
from matching.change_ways import blocker
from matching.finding import in_hours
from matching.hours import HoursFit, guaranteed
from matching.profiles import JobProfile, SeekerProfile
from matching.records import JobHours, SeekerHours
from matching.week import hours_in

_FIT = HoursFit()


def hours_blockers(seeker: SeekerProfile, job: JobProfile, limits: Limits) -> list[Blocker]:
    """Return what keeps the hours from being right: the wish, the amount, the days, as far as they do."""
    if _FIT.compare(seeker, job).low == 1.0:
        return []
    found: list[Blocker] = []
    asked = tuple(_wish_changes(seeker, job))
    if asked:
        found.append(Blocker("wish", asked, (asked,)))
    wish = _answered(seeker.seeker.hours, asked)
    target, most = _FIT.target(wish) or 0.0, wish.now_max or 0.0
    least = max(target, wish.now_min or 0.0)
    if most < least:
        why = (
            f"They want {in_hours(most)} a week at most, and {in_hours(least)} at least. Ask which is right."
        )
        return [*found, Blocker("hours", (), (), why)]
    offer = job.job.hours
    sure = guaranteed(offer) or 0.0
    amount = _amount_blocker(wish, offer, least, limits)
    if amount is not None:
        found.append(amount)
        # With an amount that nobody can change, the days are judged as if it were right.
        sure = amount.changes[0].hours if amount.changes else max(sure, least)
    days = days_blocker(seeker, job, target=target, sure=sure, limits=limits)
    return found if days is None else [*found, days]


def _wish_changes(seeker: SeekerProfile, job: JobProfile) -> Iterator[Change]:
    """Yield what has to be known or agreed of the wish; each is needed, and nothing else stands in for it."""
    wish = seeker.seeker.hours
    target, aims = _FIT.target(wish), wish.intent in (None, "aims_for_16")
    if aims and wish.now_max is not None and wish.now_max < (target or 0.0):
        kind, effort = ChangeKind.BUILD_UP, Effort.OWN_SUPPORT
        if wish.intent is None:
            kind, effort = ChangeKind.FIND_AIM, Effort.FIND_OUT
        yield Change(kind, "wish", effort, hours=wish.now_max)
        target = wish.now_min
    if target is None:
        target = _fewest(seeker, job)
        yield Change(ChangeKind.FIND_LEAST_HOURS, "wish", Effort.FIND_OUT, hours=target)
    if wish.now_max is None:
        enough = max(target, wish.now_min or 0.0, job.job.hours.min or 0.0)
        yield Change(ChangeKind.FIND_MOST_HOURS, "wish", Effort.FIND_OUT, hours=enough)


def _fewest(seeker: SeekerProfile, job: JobProfile) -> float:
    """Return the hours that the job gives as it is: the least hours wanted may be no more."""
    offer, wish = job.job.hours, seeker.seeker.hours
    sure = guaranteed(offer)
    known = [hours for hours in (sure, offer.max, wish.now_max) if hours is not None]
    if sure is not None and seeker.cells is not None and job.cells is not None:
        reach = hours_in(seeker.cells & job.cells) + max(0.0, sure - hours_in(job.cells))
        known += [reach] if reach else []
    return min(known, default=_FIT.aim)


def _answered(wish: SeekerHours, changes: Way) -> SeekerHours:
    for one in changes:
        if one.kind is ChangeKind.FIND_MOST_HOURS:
            wish = replace(wish, now_max=one.hours)
        elif one.kind is ChangeKind.FIND_LEAST_HOURS:
            wish = replace(wish, now_min=one.hours)
        else:
            wish = replace(wish, intent="building_up")
    return wish


def _amount_blocker(wish: SeekerHours, offer: JobHours, least: float, limits: Limits) -> Blocker | None:
    most, sure = wish.now_max or 0.0, guaranteed(offer)
    is_too_many = offer.min is not None and most < offer.min
    is_too_few = offer.max is not None and (wish.now_min or 0.0) > offer.max
    if sure is not None and sure >= (_FIT.target(wish) or 0.0) and not is_too_many and not is_too_few:
        return None
    wanted = most if is_too_many and (sure or 0.0) >= least else least
    changes = list(_amount_changes(offer, wanted, is_plain=not is_too_many))
    if changes:
        return blocker("amount", changes, lambda _way: True, limits)
    given = "not recorded" if sure is None else f"{in_hours(sure)} a week"
    why = f"The hours are {given} and not negotiable, and {in_hours(wanted)} a week would be right."
    return Blocker("amount", (), (), why)


def _amount_changes(offer: JobHours, wanted: float, *, is_plain: bool) -> Iterator[Change]:
    """Yield how the hours wanted could be had; `is_plain` when the job does not ask for more than that."""
    is_within = is_plain and (offer.max is None or wanted <= offer.max)
    if guaranteed(offer) is None and is_within:
        yield Change(ChangeKind.FIND_HOURS, "amount", Effort.FIND_OUT, hours=wanted)
    if offer.negotiable is not False:
        is_said = is_within and offer.negotiable is True
        effort = Effort.EMPLOYER_CHANGES if is_said else Effort.EMPLOYER_NOT_ASKED
        yield Change(ChangeKind.OFFER_HOURS, "amount", effort, hours=wanted)
