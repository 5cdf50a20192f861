"""A job analysis in words: its tasks and supports as rows of tables, and what its hours add up to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from crm.models.analyses import JobAnalysis, JobTask, WorkplaceSupport
from crm.models.analysis_start import ticked_rows
from crm.models.base import Known
from crm.models.scales import SCALES, STEPS, Side, step_words
from crm.models.workplaces import JobRisk
from crm.services.analyses import OLD_AFTER_MONTHS, was_long_ago
from crm.services.analysis_rows import WeekTotal
from crm.services.roles import TypicalRole, UsualTask
from crm.ui.range_words import hours_of, range_hours, who_and_cost
from crm.ui.tables import Cell, link
from crm.ui.words import NOT_RECORDED, count, day, hours, say

TASK_COLUMNS = [
    "Task",
    "Hours a week",
    "In this job",
    "Done now by",
    "Gets done",
    "What it is like",
    "Skills",
    "What this task asks",
    "Only together with",
]
RISK_COLUMNS = ["Risk", "Area", "What is done about it", "Who sees to it", "To look at again"]
CULTURE = {
    "supervision": "How people are supervised",
    "coworker_contact": "Contact with co-workers",
    "breaks": "Breaks and social times",
    "unwritten_rules": "Unwritten rules",
    "flexibility": "How flexible they are",
    "culture": "Anything else about how it is there",
}
"""What is recorded of the culture, with its label, in the order in which it is asked."""

OLD = f"older than {OLD_AFTER_MONTHS} months"
SUPPORT_COLUMNS = ["Support", "At this workplace", "Who", "Confirmed"]


def task_cells(
    task: JobTask, names: Mapping[int, str], is_open: bool, *, nobody: str = NOT_RECORDED
) -> tuple[Cell, ...]:
    """A task as a row; its name links to its form where `is_open`. `names` are those of all tasks by id.

    Where it is not recorded who does it, `nobody` is said.
    """
    return (
        link(task.name, "task-edit", id=task.key) if is_open else task.name,
        hours_of(task),
        say(task.need),
        who_and_cost(task, otherwise=nobody),
        say(task.backlog),
        like_words(task),
        task.skills or NOT_RECORDED,
        demands_of(task),
        "; ".join(names.get(needed, "a task that is gone") for needed in task.needs_task_ids),
    )


def like_words(task: JobTask) -> str:
    """What a task is like, and that it is dangerous where that is so."""
    return f"{say(task.nature)}; dangerous" if task.dangerous is Known.YES else say(task.nature)


def demands_of(task: JobTask, most: int = 3) -> str:
    """The demands of the task itself in few words, the highest first; nothing where none is its own."""
    highest = sorted(task.demands.items(), key=lambda told: -told[1])
    words = [f"{SCALES[key]}: {STEPS[step].split(' – ')[1]}" for key, step in highest[:most]]
    more = [f"{len(highest) - most} more"] if len(highest) > most else []
    return "; ".join([*words, *more])


def usual_words(times: float | None, minutes: float | None) -> str:
    """How often and how long a task usually is, in words; nothing where nobody says."""
    if times is None or minutes is None:
        return ""
    often = "Once" if times == 1 else f"{times:g} times"
    return f"{often} a week, {minutes:g} minutes each time is usual"


def risk_cells(risk: JobRisk, is_open: bool, today: date) -> tuple[Cell, ...]:
    """A risk as a row; what it is links to its form where `is_open`."""
    is_due = risk.review_on is not None and risk.review_on < today
    return (
        link(risk.risk, "risk-edit", id=risk.key) if is_open else risk.risk,
        say(risk.area),
        risk.control or NOT_RECORDED,
        risk.owner or NOT_RECORDED,
        f"{day(risk.review_on)}{', overdue' if is_due else ''}",
    )


def support_cells(support: WorkplaceSupport, is_open: bool) -> tuple[Cell, ...]:
    """A workplace support as a row; its kind links to its form where `is_open`."""
    confirmed = f"Yes, {day(support.confirmed_on)}" if support.confirmed_on else "Yes"
    return (
        link(say(support.kind), "workplace-support-edit", id=support.key) if is_open else say(support.kind),
        say(support.state),
        support.who or NOT_RECORDED,
        confirmed if support.is_confirmed else "No",
    )


def demand_rows(analysis: JobAnalysis) -> list[tuple[str, str]]:
    """The demands that are recorded, in the order of the scales."""
    return [
        (label, f"{step}: {step_words(Side.JOB, key)[step]}")
        for key, label in SCALES.items()
        if (step := analysis.demands.get(key)) is not None
    ]


def live_total(role: TypicalRole, typed: Mapping[str, Any]) -> WeekTotal:
    """What the ticked tasks add up to so far; what was not confirmed here is not counted."""
    prefix = "tasks."
    rows: list[dict[str, Any]] = ticked_rows(
        {name.removeprefix(prefix): held for name, held in typed.items() if name.startswith(prefix)}
    )
    timed = [row for row in rows if row["is_confirmed"] and row["times"] and row["minutes"]]
    assumed: list[UsualTask] = [
        role.tasks[row["place"]] for row in rows if row not in timed and "place" in row
    ]
    return WeekTotal(
        hours=sum(row["times"] * row["minutes"] / 60 for row in timed),
        untimed=len(rows) - len(timed),
        usual=sum((task.times_week or 0.0) * (task.minutes or 0.0) / 60 for task in assumed),
    )


def total_words(total: WeekTotal, post: float | None, *, is_unmet: bool = False) -> str:
    """What the tasks add up to, against the hours of the post if there is one, and how many are not timed."""
    parts = [f"The timed tasks take {range_hours(total.hours, total.hours + total.more)} a week"]
    if is_unmet:
        return _with_untimed(parts, total)
    if post is None:
        parts.append("the hours of the post are not recorded")
    elif total.hours - 0.05 < post < total.hours + total.more + 0.05:
        parts.append(f"the post has {hours(post)}: they agree")
    else:
        most = total.hours + total.more
        gap = hours(post - most if post > most else total.hours - post)
        more = "more than the tasks explain" if post > most else "fewer than the tasks take"
        parts.append(f"the post has {hours(post)}, {gap} {more}")
    return _with_untimed(parts, total)


def _with_untimed(parts: list[str], total: WeekTotal) -> str:
    if total.untimed:
        usual = f" ({hours(total.usual)} would be usual, not counted)" if total.usual else ""
        parts.append(f"{count(total.untimed, 'task')} not timed{usual}")
    return "; ".join(parts) + "."


def analysed_words(analysed_on: date, today: date) -> str:
    """When a job was analysed, and that it is long ago where it is."""
    return f"{day(analysed_on)}, {OLD}" if was_long_ago(analysed_on, today=today) else day(analysed_on)


def old_words(analysed_on: date | None, today: date) -> str:
    """A few words for a card when what is known of a job rests on an old look at it, else nothing."""
    is_old = analysed_on is not None and was_long_ago(analysed_on, today=today)
    return f"job analysis {OLD}" if is_old else ""


def warn_if_old(analysed_on: date | None, today: date) -> None:
    """Say that what is known of a job rests on an old look at it, where it does."""
    if analysed_on is not None and was_long_ago(analysed_on, today=today):
        st.warning(
            f"The job analysis behind this is of {day(analysed_on)}, {OLD}. "
            "Ask at the workplace what has changed."
        )


def culture_rows(analysis: JobAnalysis) -> list[tuple[str, str]]:
    """How people work together there, as far as it is recorded."""
    return [(label, getattr(analysis, name) or NOT_RECORDED) for name, label in CULTURE.items()]
