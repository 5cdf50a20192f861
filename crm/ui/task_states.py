"""Task by task: what a person does now, with an adjustment, could learn, or nobody has asked yet."""

from collections.abc import Sequence

import streamlit as st

from crm.services.matches import Comparison, Task
from crm.ui.charts import show_chart
from crm.ui.comparison_rows import STANDS
from crm.ui.state_chart import StateBar, state_chart
from crm.ui.tables import Cell, said
from crm.ui.words import NOT_RECORDED, count, hours

COLUMNS = ["Task", "How they stand", "Hours a week", "With", "Skill by skill"]

_SHARES = {
    "met": "can be done now",
    "met_with_adjustment": "with an adjustment",
    "learnable": "to be learnt on the job",
    "gap": "needing a measure",
    "not_recorded": "not recorded yet",
}

_SHORT = {
    "met": "Met",
    "met_with_adjustment": "With adjustment",
    "learnable": "Learnable",
    "gap": "Gap",
    "not_recorded": NOT_RECORDED,
}


def draw_tasks(match: Comparison, *, key: str) -> None:
    """Draw the tasks of the job as a sentence, as bars and as a table."""
    tasks = match.task_rows
    if not tasks:
        st.info("No task of this job is recorded: a job analysis would say what the work is made of.")
        return
    said(share_words(tasks))
    show_chart(
        state_chart(_bars(tasks)),
        alt=_alt(tasks),
        columns=COLUMNS,
        rows=task_rows(tasks),
        key=key,
        caption="Task by task",
        numbers="Hours a week",
        is_open=True,
    )


def share_words(tasks: Sequence[Task]) -> str:
    """How much of the work stands in each way: in hours where all are recorded, else in tasks."""
    is_timed = _is_timed(tasks)
    told: list[str] = []
    for state, words in _SHARES.items():
        chosen = [task for task in tasks if task.status == state]
        if chosen:
            amount = sum(task.hours_week or 0.0 for task in chosen)
            told.append(f"{hours(round(amount, 1)) if is_timed else count(len(chosen), 'task')} {words}")
    total = sum(task.hours_week or 0.0 for task in tasks)
    whole = f"{hours(round(total, 1))} a week" if is_timed else count(len(tasks), "task")
    return f"Of {whole}: {', '.join(told)}." + (
        "" if is_timed else " Bars are alike: not all hours are known."
    )


def task_rows(tasks: Sequence[Task]) -> list[tuple[Cell, ...]]:
    """The tasks, each with how the person stands to its skills."""
    return [
        (
            task.name,
            STANDS[task.status],
            _in_hours(task),
            "; ".join(task.supports),
            "; ".join(f"{name}: {STANDS[status].lower()}" for name, status in task.skills),
        )
        for task in tasks
    ]


def _is_timed(tasks: Sequence[Task]) -> bool:
    return all(task.hours_week for task in tasks)


def _bars(tasks: Sequence[Task]) -> list[StateBar]:
    is_timed = _is_timed(tasks)
    return [
        StateBar(
            f"{task.name} ({_in_hours(task)} h)" if is_timed else task.name,
            (task.hours_week or 1.0) if is_timed else 1.0,
            task.status,
            _SHORT[task.status],
        )
        for task in tasks
    ]


def _in_hours(task: Task) -> str:
    return NOT_RECORDED if task.hours_week is None else f"{round(task.hours_week, 1):g}"


def _alt(tasks: Sequence[Task]) -> str:
    told = "; ".join(f"{task.name}: {STANDS[task.status].lower()}" for task in tasks)
    return f"The tasks of the job and how the person stands to each. {told}."
