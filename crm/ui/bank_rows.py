"""The tasks of a bank as rows: how long, when, who does them and what they ask, in words."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from crm.models.week import DAYS, PARTS, Slot, exact_of, parts_of
from crm.services.analyses import was_long_ago
from crm.services.task_bank_filters import NOBODY
from crm.services.task_bank_list import BankedTask
from crm.ui.analysis_words import OLD, demands_of, like_words
from crm.ui.bank_totals import ROLES
from crm.ui.range_words import hours_of, who_and_cost
from crm.ui.tables import Cell, link
from crm.ui.words import NOT_RECORDED, count, day, say

COLUMNS = [
    "Task",
    "Hours a week",
    "Post",
    "Done now by",
    "In this job",
    "Gets done",
    "In a carved job",
    "When",
    "What it is like",
    "Skills",
    "What it asks itself",
    "Site",
    "To know",
]


def cells(row: BankedTask, *, is_open: bool, today: date) -> tuple[Cell, ...]:
    """One task as a row; its name links to its form where `is_open`."""
    task, analysis = row.task, row.analysis
    is_unmet = analysis.is_unmet_needs
    return (
        link(task.name, "task-edit", id=task.key) if is_open else task.name,
        hours_of(task),
        link(analysis.title, "analysis", id=analysis.key),
        who_and_cost(task, otherwise=ROLES[NOBODY] if is_unmet else NOT_RECORDED),
        say(task.need),
        ROLES[NOBODY] if is_unmet else say(task.backlog),
        link(row.carve[1], "carved-job", id=row.carve[0]) if row.carve else "",
        when_words(task.slots),
        like_words(task),
        task.skills or NOT_RECORDED,
        demands_of(task),
        row.site or NOT_RECORDED,
        "; ".join([*_earlier(row), *_old(analysis.analysed_on, today)]),
    )


def _earlier(row: BankedTask) -> list[str]:
    if not row.earlier:
        return []
    told = ", ".join(f"“{each.name}” in {each.post} of {day(each.analysed_on)}" for each in row.earlier)
    return [f"Recorded {count(len(row.earlier) + 1, 'time')}; before: {told}"]


def _old(analysed_on: date, today: date) -> list[str]:
    is_old = was_long_ago(analysed_on, today=today)
    return [f"Analysed on {day(analysed_on)}, {OLD}"] if is_old else []


def when_words(slots: Sequence[Slot]) -> str:
    """The times of a week, days that are alike together: Monday to Friday 06:00-09:00; Saturday morning."""
    days: defaultdict[str, list[int]] = defaultdict(list)
    for index in range(len(DAYS)):
        held = [slot for slot in slots if slot["day"] == index]
        if held:
            days[_of_day(held, index)].append(index)
    return (
        "; ".join(f"{_days(found)} {times}" for times, found in days.items()) or "Any time, or not recorded"
    )


def _of_day(slots: list[Slot], index: int) -> str:
    parts = [part for part in PARTS if part in parts_of(slots, index)]
    exact = [f"{slot['start']}-{slot['end']}" for slot in exact_of(slots, index)]
    return ", ".join([*parts, *exact])


def _days(found: Sequence[int]) -> str:
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{DAYS[found[0]]} to {DAYS[found[-1]]}"
    return ", ".join(DAYS[index] for index in found)
