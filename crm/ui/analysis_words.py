"""A job analysis in words: its tasks and supports as rows of tables, and what its hours add up to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from crm.models.analyses import JobAnalysis, JobTask, WorkplaceSupport
from crm.models.analysis_start import ticked_rows
from crm.models.scales import SCALES, Side, step_words
from crm.models.workplaces import JobRisk
from crm.services.analyses import OLD_AFTER_MONTHS, was_long_ago
from crm.services.analysis_rows import WeekTotal
from crm.services.roles import TypicalRole, UsualTask
from crm.ui.tables import Cell, link
from crm.ui.words import NOT_RECORDED, count, day, hours, money, say

TASK_COLUMNS = [
    "Task",
    "Hours a week",
    "In this job",
    "Done now by",
    "Gets done",
    "What it is like",
    "Skills",
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


def task_cells(task: JobTask, is_open: bool) -> tuple[Cell, ...]:
    """A task as a row; its name links to its form where `is_open`."""
    cost = "" if task.current_hourly_cost is None else f" ({money(task.current_hourly_cost)} an hour)"
    return (
        link(task.name, "task-edit", id=task.key) if is_open else task.name,
        task_hours(task),
        say(task.need),
        f"{task.done_by or NOT_RECORDED}{cost}",
        say(task.backlog),
        say(task.nature),
        task.skills or NOT_RECORDED,
    )


def task_hours(task: JobTask) -> str:
    """The hours a week of a task; what is only usual says that nobody has confirmed it here."""
    return (
        f"Not confirmed ({hours(task.usual_hours)} is usual)" if task.is_assumed else hours(task.hours_week)
    )


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


def total_words(total: WeekTotal, post: float | None) -> str:
    """What the tasks add up to, against the hours of the post, and how many tasks are not timed."""
    parts = [f"The timed tasks take {hours(total.hours)} a week"]
    if post is None:
        parts.append("the hours of the post are not recorded")
    elif abs(post - total.hours) < 0.05:
        parts.append(f"the post has {hours(post)}: they agree")
    else:
        gap = hours(abs(post - total.hours))
        more = "more than the tasks explain" if post > total.hours else "fewer than the tasks take"
        parts.append(f"the post has {hours(post)}, {gap} {more}")
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
