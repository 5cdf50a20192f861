"""Whether tasks fit one person's week, and a timetable for those that do.

A task's hours are divided over its times (runs of half hours) in proportion to their length. Each such part
may be done at any moment inside its time and may be interrupted. Parts fit the week exactly when, for every
stretch of it, those that lie wholly inside take no longer than the stretch. The week is one line from Monday
00:00: a time that runs past midnight is one time, except in the night after Sunday, where the line is cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matching.carve_bank import BankTask
from matching.constraints import Row
from matching.week import hours_in

_DAY_MINUTES = 24 * 60
_NEAR = 1e-6
_NEAR_MINUTES = 1e-3


@dataclass(frozen=True, slots=True)
class Sitting:
    """A stretch of one day that is spent on one task: day 0 is Monday, times are minutes since midnight."""

    task_id: str
    job_id: str
    day: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """A week in which nobody does two things at once.

    Attributes:
        placed: What is done when, in order of time.
        untimed: The tasks that can be done at any time: agree when.
        unplaced: The tasks of which not all hours could be placed.
    """

    placed: tuple[Sitting, ...]
    untimed: tuple[BankTask, ...]
    unplaced: tuple[BankTask, ...] = ()


@dataclass(slots=True)
class _Part:
    """A task's share of one of its times: which task, the half hours from and to, the hours still to do."""

    at: int
    start: int
    end: int
    hours: float


def week_rows(tasks: Sequence[BankTask]) -> Iterator[Row]:
    """The rows, over the tasks by position, that hold exactly for the sets of tasks that fit the week.

    A stretch gets a row only when the parts inside reach across all of it (others follow from narrower rows)
    and could overfill it.
    """
    parts = sorted(_parts(tasks), key=lambda part: part.end)
    for start in sorted({part.start for part in parts}):
        yield from _rows_from(start, [part for part in parts if part.start >= start])


def fits_week(tasks: Sequence[BankTask]) -> bool:
    """Whether one person can do all these tasks within their times."""
    return all(sum(row.values()) <= limit + _NEAR for row, limit in week_rows(tasks))


def timetable(tasks: Sequence[BankTask]) -> Timetable:
    """Place the tasks by earliest end of their times: all their hours are placed when they fit the week."""
    parts = list(_parts(tasks))
    placed = [
        Sitting(tasks[at].task_id, tasks[at].job_id, *sitting)
        for at, start, end in _joined(_turns(parts))
        for sitting in _by_day(round(start), round(end))
    ]
    short = {part.at for part in parts if part.hours * 60 > _NEAR_MINUTES}
    return Timetable(
        placed=tuple(placed),
        untimed=tuple(task for task in tasks if task.cells is None),
        unplaced=tuple(tasks[at] for at in sorted(short)),
    )


def _parts(tasks: Sequence[BankTask]) -> Iterator[_Part]:
    for at, task in enumerate(tasks):
        filled = task.cells or 0
        each = task.hours / hours_in(filled) if filled else 0.0
        for start, end in _runs(filled):
            yield _Part(at, start, end, each * (end - start) / 2)


def _runs(filled: int) -> Iterator[tuple[int, int]]:
    """The runs of bits that are set, from and to."""
    while filled:
        start = (filled & -filled).bit_length() - 1
        past = filled + (1 << start)
        end = (past & -past).bit_length() - 1
        yield start, end
        filled = past ^ (1 << end)


def _rows_from(start: int, parts: Sequence[_Part]) -> Iterator[Row]:
    """The rows of the stretches that begin here; the parts come in order of their end."""
    hours: dict[int, float] = {}
    joined = 0
    for place, part in enumerate(parts):
        hours[part.at] = hours.get(part.at, 0.0) + part.hours
        joined |= (1 << part.end) - (1 << part.start + 1)
        is_last = place + 1 == len(parts) or parts[place + 1].end > part.end
        across, limit = (1 << part.end) - (1 << start + 1), (part.end - start) / 2
        if is_last and joined == across and sum(hours.values()) > limit + _NEAR:
            yield dict(hours), limit


def _turns(parts: Sequence[_Part]) -> Iterator[tuple[int, float, float]]:
    """Which task is done from which minute of the week to which; what is left of a part stays in it."""
    starts = sorted({part.start * 30 for part in parts})
    for now, until in pairwise([*starts, 7 * _DAY_MINUTES]):
        moment = float(now)
        open_now = [part for part in parts if part.start * 30 <= now < part.end * 30]
        for part in sorted(open_now, key=lambda part: (part.end, part.start, part.at)):
            spent = min(part.hours * 60, min(until, part.end * 30) - moment)
            if spent > _NEAR_MINUTES:
                yield part.at, moment, moment + spent
                part.hours -= spent / 60
                moment += spent


def _joined(turns: Iterator[tuple[int, float, float]]) -> list[tuple[int, float, float]]:
    """The same with turns of one task that touch made one."""
    found: list[tuple[int, float, float]] = []
    for at, start, end in turns:
        if found and found[-1][0] == at and start - found[-1][2] < _NEAR_MINUTES:
            found[-1] = at, found[-1][1], end
        else:
            found.append((at, start, end))
    return found


def _by_day(start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The day and its minutes of a stretch of the week, cut at midnight."""
    while start < end:
        day = start // _DAY_MINUTES
        stop = min(end, (day + 1) * _DAY_MINUTES)
        yield day, start - day * _DAY_MINUTES, stop - day * _DAY_MINUTES
        start = stop
