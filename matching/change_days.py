"""What would make the days right: found out where not known, else the fewest and smallest moves of shifts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product

from matching.change import Blocker, Change, ChangeKind, Effort, Limits, Way, cost
from matching.finding import in_hours
from matching.profiles import JobProfile, SeekerProfile
from matching.records import Slot
from matching.week import cells, hours_in

DAY = 48
"""A day is so many half hours."""

_MIDNIGHT = 24 * 60
_OFFICE_HOURS = tuple(Slot(day, 9 * 60, 17 * 60) for day in range(5))


def days_blocker(
    seeker: SeekerProfile, job: JobProfile, *, target: float, sure: float, limits: Limits
) -> Blocker | None:
    """Return what keeps the days from giving the hours of the target, if anything does.

    Args:
        seeker: The person.
        job: The job.
        target: Hours a week that are to be reached.
        sure: The hours a week that the job guarantees, once the amount is settled.
        limits: How far shifts are moved.
    """
    free, pattern = seeker.cells, job.cells

    def gives(free: int, filled: int) -> bool:
        reach = hours_in(free & filled) + max(0.0, sure - hours_in(filled))
        return reach > 0 and reach >= target

    if free is None or pattern is None:
        return _not_known(seeker, job, target, gives)

    def is_enough(filled: int) -> bool:
        # A shift that runs into another one would take hours away from the job.
        return filled.bit_count() == pattern.bit_count() and gives(free, filled)

    if is_enough(pattern):
        return None
    if job.job.hours.negotiable is False:
        return _for_good("The days and times do not fit, and the hours are recorded as not negotiable.")
    effort = Effort.EMPLOYER_CHANGES if job.job.hours.negotiable else Effort.EMPLOYER_NOT_ASKED
    shifts = tuple(every_shift(job.job.pattern, effort, limits))
    ways = _ways(job.job.pattern, shifts, is_enough, limits)
    if ways:
        return Blocker("days", shifts, ways)
    in_all = in_hours(hours_in(free))
    return _for_good(f"They are free for {in_all} a week in all, at times that no small move of shifts fits.")


def _for_good(why: str) -> Blocker:
    return Blocker("days", (), (), why)


def _not_known(
    seeker: SeekerProfile, job: JobProfile, target: float, gives: Callable[[int, int], bool]
) -> Blocker:
    free, times = seeker.seeker.availability, job.job.pattern
    if free and hours_in(cells(free)) < target:
        in_all = in_hours(hours_in(cells(free)))
        return _for_good(f"They are free for {in_all} a week in all, fewer than {in_hours(target)}.")
    changes: list[Change] = []
    if not free:
        free = times or _OFFICE_HOURS
        changes.append(Change(ChangeKind.FIND_FREE_TIMES, "days", Effort.FIND_OUT, slots=free))
    if not times:
        times = free
        changes.append(Change(ChangeKind.FIND_TIMES, "days", Effort.FIND_OUT, slots=times))
    if not gives(cells(free), cells(times)):
        return _for_good("The times that are recorded are too short to be compared.")
    return Blocker("days", tuple(changes), (tuple(changes),))


def every_shift(pattern: tuple[Slot, ...], effort: Effort, limits: Limits) -> Iterator[Change]:
    """Yield every single move: all shifts by some half hours, or one shift by some, or to another day."""
    steps = [sign * step for step in range(1, limits.steps + 1) for sign in (-1, 1)]
    for step in steps:
        moved = tuple(_moved(slot, step) for slot in pattern)
        if len(pattern) > 1 and all(map(_is_like, moved, pattern)):
            size = abs(step) * len(pattern)
            yield Change(ChangeKind.SHIFT_ALL, "days", effort, size=size, slots=moved, was=pattern[0])
    for at, slot in enumerate(pattern):
        later = [(_moved(slot, step), abs(step)) for step in steps]
        other = [(replace(slot, day=day), DAY * _days_between(day, slot.day)) for day in range(7)]
        for to, size in (*later, *other):
            if to != slot and _is_like(to, slot):
                yield Change(ChangeKind.SHIFT_ONE, "days", effort, size=size, slots=(to,), was=slot, at=at)


def _moved(slot: Slot, step: int) -> Slot:
    return replace(slot, start=slot.start + 30 * step, end=slot.end + 30 * step)


def _is_like(moved: Slot, slot: Slot) -> bool:
    """Does the moved shift begin within its day, and run past midnight only where the shift does already?"""
    return 0 <= moved.start < _MIDNIGHT and (moved.end <= _MIDNIGHT or slot.end > _MIDNIGHT)


def _days_between(one: int, other: int) -> int:
    apart = abs(one - other)
    return min(apart, 7 - apart)


def _ways(
    pattern: tuple[Slot, ...], shifts: Way, is_enough: Callable[[int], bool], limits: Limits
) -> tuple[Way, ...]:
    """Return the ways of the fewest moves, smallest first and each once; more are tried where fewer fail."""
    found: list[Way] = [
        (one,) for one in shifts if one.kind is ChangeKind.SHIFT_ALL and is_enough(cells(one.slots))
    ]
    own = [cells([slot]) for slot in pattern]
    places = range(len(pattern))
    by_place = [[(one, cells(one.slots)) for one in shifts if one.at == at] for at in places]
    for count in range(1, min(limits.shifts, len(pattern)) + 1):
        for moved in combinations(places, count):
            rest = _union(bits for at, bits in enumerate(own) if at not in moved)
            for chosen in product(*(by_place[at] for at in moved)):
                if is_enough(_union((bits for _, bits in chosen), rest)):
                    found.append(tuple(one for one, _ in chosen))
        if found:
            break
    smallest: dict[tuple[object, ...], Way] = {}
    for way in sorted(found, key=cost):
        smallest.setdefault(tuple(_direction(one) for one in way), way)
    return tuple(smallest.values())


def _direction(shift: Change) -> tuple[int | None, int, bool]:
    """Which shifts move, earlier or later, or to another day: a larger move of the same kind adds nothing."""
    was, to = shift.was or shift.slots[0], shift.slots[0]
    return shift.at, (to.start > was.start) - (to.start < was.start), to.day != was.day


def _union(parts: Iterable[int], filled: int = 0) -> int:
    for bits in parts:
        filled |= bits
    return filled
