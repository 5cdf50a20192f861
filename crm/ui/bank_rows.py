"""The tasks of a bank as rows: how long, when, who does them and what they ask, in words."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from crm.models.week import DAYS, PARTS, Slot, exact_of, parts_of
from crm.services.analyses import was_long_ago
from crm.services.task_bank_filters import NOBODY
from crm.services.task_bank_list import BankedTask
from crm.ui.analysis_words import analysed_words, demands_of, like_words
from crm.ui.bank_totals import ROLES
from crm.ui.range_words import hours_of, range_pounds
from crm.ui.tables import Cell, Link, lines, link
from crm.ui.words import NOT_RECORDED, day, say

COLUMNS = [
    "Task and its skills",
    "Hours a week",
    "Post and site",
    "Done now by",
    "Movable?",
    "When",
    "What it is like",
]


def cells(row: BankedTask, *, is_open: bool, today: date) -> tuple[Cell, ...]:
    """One task as a row; its name links to its form where `is_open`."""
    task, analysis = row.task, row.analysis
    named = link(task.name, "task-edit", id=task.key) if is_open else task.name
    cost = range_pounds(task.current_hourly_cost, task.hourly_cost_most) if task.current_hourly_cost else ""
    is_old = was_long_ago(analysis.analysed_on, today=today)
    seen = analysed_words(analysis.analysed_on, today) if is_old else ""
    nobody = ROLES[NOBODY] if analysis.is_unmet_needs else ""
    return (
        lines(named, task.skills or "", _earlier(row)),
        hours_of(task),
        lines(link(analysis.title, "analysis", id=analysis.key), row.site or "", seen),
        lines(task.done_by or nobody or NOT_RECORDED, cost),
        lines(say(task.need), nobody or say(task.backlog), *_taken(row)),
        when_words(task.slots),
        lines(like_words(task), demands_of(task)),
    )


def _taken(row: BankedTask) -> list[str | Link]:
    return ["In a carved job:", link(row.carve[1], "carved-job", id=row.carve[0])] if row.carve else []


def _earlier(row: BankedTask) -> str:
    if not row.earlier:
        return ""
    told = "; ".join(f"“{each.name}” in {each.post}, {day(each.analysed_on)}" for each in row.earlier)
    return f"Recorded {len(row.earlier) + 1} times: before as {told}"


def when_words(slots: Sequence[Slot]) -> str:
    """The times of a week, days that are alike together: Monday to Friday 06:00-09:00; Saturday morning."""
    days: defaultdict[str, list[int]] = defaultdict(list)
    for index in range(len(DAYS)):
        held = [slot for slot in slots if slot["day"] == index]
        if held:
            days[_of_day(held, index)].append(index)
    return "; ".join(f"{_days(found)} {times}" for times, found in days.items()) or "No times recorded"


def _of_day(slots: list[Slot], index: int) -> str:
    parts = [part for part in PARTS if part in parts_of(slots, index)]
    exact = [f"{slot['start']}-{slot['end']}" for slot in exact_of(slots, index)]
    return ", ".join([*parts, *exact])


def _days(found: Sequence[int]) -> str:
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{DAYS[found[0]]} to {DAYS[found[-1]]}"
    return ", ".join(DAYS[index] for index in found)
