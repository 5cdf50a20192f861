"""A carved job in words: three figures kept apart, and "from" where a cost is not recorded."""

from collections.abc import Sequence

from crm.services.carve_building import Built
from crm.ui.tables import Cell
from crm.ui.words import NOT_RECORDED, count, hours, money

BUILT_COLUMNS = ["Name", "Hours", "Goal", "Tasks", "Time freed", "Cost difference", "New wage", "Waiting"]
NUMBERS = "Hours,Time freed,Cost difference,New wage,Waiting"
_READY = {"now": "Now", "with_support": "With support to begin with", "not_recorded": NOT_RECORDED}


def cost_words(difference: float | None, is_from: bool) -> str:
    """What the freed hours cost now less what they will: £12.00, from £12.00, £3.00 more than now."""
    if difference is None:
        return NOT_RECORDED
    amount = f"{money(-difference)} more than now" if difference < 0 else money(difference)
    return f"from {amount}" if is_from else amount


def week_hours(value: float) -> str:
    """Hours a week as a bare number for a column: 16, 7.5, 1.17."""
    return f"{round(value, 2):g}"


def goal_words(hours_week: float, hours_short: float) -> str:
    """How the hours stand against the person's own goal."""
    if not hours_week:
        return "No job can be built"
    return f"{week_hours(hours_short)} hours short" if hours_short > 1e-6 else "Goal reached"


def built_cells(built: Built) -> tuple[Cell, ...]:
    """One person's job as a row."""
    carve = built.carve
    return (
        built.name,
        week_hours(carve.hours_week),
        goal_words(carve.hours_week, carve.hours_short),
        ", ".join(task.name for task in carve.tasks),
        week_hours(carve.skilled_hours_freed),
        cost_words(carve.cost_difference_week, built.is_from) if carve.tasks else "",
        money(carve.new_wage_week) if carve.tasks else "",
        NOT_RECORDED if built.days_waiting is None else count(built.days_waiting, "day"),
    )


def task_rows(built: Built) -> list[tuple[Cell, ...]]:
    """The tasks of one person's job."""
    return [(task.name, week_hours(task.hours_week), _READY[task.readiness]) for task in built.carve.tasks]


def figure_rows(
    *,
    freed: float,
    undone: float,
    difference: float | None,
    is_from: bool,
    wage: float | None,
    support: float | None,
) -> list[tuple[str, Cell]]:
    """The figures of a carved job, each by itself: they are never netted."""
    rows: list[tuple[str, Cell]] = [
        ("Skilled time freed a week", hours(freed)),
        ("Work done that nobody gets to now", hours(undone)),
        ("Cost difference a week over freed hours", cost_words(difference, is_from)),
        ("New wage a week, without on-costs", money(wage)),
    ]
    if support is not None:
        rows.append(("Coach time a week to begin with (estimate)", hours(support)))
    return rows


def reached_words(found: Sequence[Built]) -> str:
    """How many people a job reaching their goal can be built for."""
    reached = sum(bool(each.carve.tasks) and each.carve.hours_short < 1e-6 for each in found)
    return (
        f"{count(len(found), 'person', 'people')} compared, nobody left out; "
        f"a job that reaches their goal can be built for {reached:,}"
    )
