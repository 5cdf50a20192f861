"""The figures of a business case, reckoned from rows that are handed in; every figure brings its lines.

A line says how it was reckoned so that anybody can do it again, and the lines add up to their figure. What is
not recorded is left out by name and never counted as £0.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from crm.models.base import folded
from crm.services.carve_case_rows import TaskRow
from crm.services.carve_case_words import plain_range, pounds, typed_pounds
from crm.services.carve_ranges import Printed, Range, known, printed, total


@dataclass(frozen=True, slots=True)
class Line:
    """What a figure rests on: a row of a job analysis, or a field of the business case where that is None."""

    name: str
    working: str
    value: Printed
    who: str = ""
    analysis_id: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its lines; no `value` where nothing it needs is recorded. `left_out` names tasks."""

    value: Printed | None = None
    lines: tuple[Line, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def is_from(self) -> bool:
        """Is something left out of it, as it is not recorded?"""
        return bool(self.left_out)


def freed_hours(rows: Sequence[TaskRow]) -> Figure:
    """Hours a week of colleagues who would no longer do these tasks; undone work frees nobody's time."""
    return _of_hours(rows, _freed(rows))


def undone_hours(rows: Sequence[TaskRow]) -> Figure:
    """Hours a week of work that nobody gets to now, and that would get done."""
    return _of_hours(rows, [row for row in rows if row.is_undone])


def freed_cost(rows: Sequence[TaskRow]) -> Figure:
    """What the freed hours cost now, over the tasks whose cost is recorded."""
    return _of_costs(rows, known(0), lambda cost: f"{typed_pounds(cost)} an hour")


def difference(rows: Sequence[TaskRow], pay: float | None) -> Figure:
    """Freed hours × (what they cost now − the new pay): below nothing where the new pay is the higher."""
    if pay is None:
        return Figure()
    new = known(pay)
    return _of_costs(rows, new, lambda cost: f"({typed_pounds(cost)} − {typed_pounds(new)}) an hour")


def wage(rows: Sequence[TaskRow], pay: float | None) -> Figure:
    """What the new job is paid a week, without on-costs."""
    if pay is None or not rows:
        return Figure()
    new = known(pay)
    reckoned = [(row.hours * new, f"{row.time_words} × {typed_pounds(new)} an hour") for row in rows]
    return _of_tasks(rows, reckoned)


def with_on_costs(new_wage: Figure, percent: Range | None) -> Figure:
    """The wage and what comes on top of it; nothing where one of them is not recorded."""
    if new_wage.value is None or percent is None:
        return Figure()
    share = percent * known(0.01)
    _, on_top = printed([new_wage.value.exactly() * share])
    words = f"{plain_range(percent)} % of {pounds(new_wage.value)}"
    lines = (Line("New wage", "The figure above", new_wage.value), Line("On-costs", words, on_top))
    return Figure(new_wage.value + on_top, lines)


def avoided(called: str, hours: Range | None, rate: Range | None) -> Figure:
    """Overtime or agency work that the job makes needless: hours × rate, both as typed in the case."""
    if hours is None or rate is None:
        return Figure()
    _, value = printed([hours * rate])
    words = f"{plain_range(hours)} hours a week × {typed_pounds(rate)} an hour"
    return Figure(value, (Line(called, words, value),))


def once(cost: Range | None, what_for: str | None) -> Figure:
    """What arises once."""
    if cost is None:
        return Figure()
    _, value = printed([cost])
    return Figure(value, (Line(what_for or "Not recorded what for", "As recorded in the case", value),))


def by_who(rows: Sequence[TaskRow]) -> Figure:
    """The hours of the new job by who does its tasks now, most first."""
    groups: dict[str, list[TaskRow]] = {}
    for row in rows:
        groups.setdefault(folded(row.who), []).append(row)
    grouped = sorted(groups.values(), key=lambda group: -_hours_of(group).most)
    each, value = printed([_hours_of(group) for group in grouped])
    lines = tuple(
        Line(group[0].who, ", ".join(row.name for row in group), one)
        for group, one in zip(grouped, each, strict=True)
    )
    return Figure(value if rows else None, lines)


def _freed(rows: Iterable[TaskRow]) -> list[TaskRow]:
    return [row for row in rows if not row.is_undone]


def _hours_of(rows: Iterable[TaskRow]) -> Range:
    return total(row.hours for row in rows)


def _of_hours(rows: Sequence[TaskRow], of_these: Sequence[TaskRow]) -> Figure:
    """Hours of some of the tasks: none of them is 0 hours, no task at all is nothing known."""
    return _of_tasks(of_these, [(row.hours, row.time_words) for row in of_these]) if rows else Figure()


def _of_costs(rows: Sequence[TaskRow], less: Range, words: Callable[[Range], str]) -> Figure:
    """Hours × (cost − `less`) over freed tasks whose cost is recorded; the others are named."""
    freed = _freed(rows)
    costs = [(row, row.cost) for row in freed if row.cost is not None]
    without = tuple(row.name for row in freed if row.cost is None)
    if not costs:
        return Figure(left_out=without)
    reckoned = [(row.hours * (cost - less), f"{row.time_words} × {words(cost)}") for row, cost in costs]
    return _of_tasks([row for row, _ in costs], reckoned, without)


def _of_tasks(
    rows: Sequence[TaskRow], reckoned: Sequence[tuple[Range, str]], left_out: tuple[str, ...] = ()
) -> Figure:
    each, value = printed([amount for amount, _ in reckoned])
    lines = tuple(
        Line(row.name, words, one, row.who, row.analysis_id)
        for row, (_, words), one in zip(rows, reckoned, each, strict=True)
    )
    return Figure(value, lines, left_out)
