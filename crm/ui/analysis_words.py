"""A job analysis in words: its tasks and supports as rows of tables, and what its hours add up to."""

from crm.models.analyses import JobAnalysis, JobTask, WorkplaceSupport
from crm.models.scales import SCALES, Side, step_words
from crm.services.analysis_rows import WeekTotal
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
SUPPORT_COLUMNS = ["Support", "At this workplace", "Who", "Confirmed"]


def task_cells(task: JobTask, is_open: bool) -> tuple[Cell, ...]:
    """A task as a row; its name links to its form where `is_open`."""
    cost = "" if task.current_hourly_cost is None else f" ({money(task.current_hourly_cost)} an hour)"
    return (
        link(task.name, "task-edit", id=task.key) if is_open else task.name,
        hours(task.hours_week),
        say(task.need),
        f"{task.done_by or NOT_RECORDED}{cost}",
        say(task.backlog),
        say(task.nature),
        task.skills or NOT_RECORDED,
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
        parts.append(f"{count(total.untimed, 'task')} not timed")
    return "; ".join(parts) + "."
