"""Figures that may be guesses, in words: a guess is a range, and is said as one."""

from crm.models.analyses import JobTask
from crm.ui.words import NOT_RECORDED


def range_hours(least: float | None, most: float | None) -> str:
    """Hours a week: 5 hours, or 1 to 1.5 hours where they are a guess."""
    if least is None:
        return NOT_RECORDED
    low, high = bare(least), bare(least if most is None else most)
    if low == high:
        return "1 hour" if low == "1" else f"{low} hours"
    return f"{low} to {high} hours"


def bare(value: float) -> str:
    """Hours without the word and needless decimals: 16, 0.67."""
    return f"{round(value, 2):g}"


def range_pounds(least: float | None, most: float | None) -> str:
    """What an hour costs: £13.60 an hour, £12 to £14 an hour."""
    if least is None:
        return NOT_RECORDED
    if most is None or most == least:
        return f"{_pounds(least)} an hour"
    return f"{_pounds(least)} to {_pounds(most)} an hour"


def _pounds(value: float) -> str:
    return f"£{value:,.0f}" if value == int(value) else f"£{value:,.2f}"


def hours_of(task: JobTask) -> str:
    """The hours a week of a task as a range; what is only usual says that nobody has confirmed it here."""
    if task.is_assumed:
        return f"Not confirmed ({range_hours(task.usual_hours, None)} is usual)"
    return range_hours(task.hours_week, task.hours_most)


def who_and_cost(task: JobTask, *, otherwise: str = NOT_RECORDED) -> str:
    """Who does a task now and what their hour costs, where that is recorded."""
    who = task.done_by or otherwise
    if task.current_hourly_cost is None:
        return who
    return f"{who} ({range_pounds(task.current_hourly_cost, task.hourly_cost_most)})"
