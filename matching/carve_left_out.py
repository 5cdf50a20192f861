"""Tasks of a bank that cannot be chosen, said with what to record or correct."""

from collections.abc import Sequence

from matching.records import Job, Task
from matching.week import cells, hours_in


def fits_its_slots(task: Task) -> bool:
    """Whether the times of a task are as long as its hours; a task without times fits."""
    return not task.slots or (task.hours_week or 0.0) <= hours_in(cells(task.slots)) + 1e-9


def unusable(rows: Sequence[tuple[Job, Task]], movable: Sequence[tuple[Job, Task]]) -> tuple[str, ...]:
    """What is said of tasks that could not be used, from all of a bank and those that could move."""
    unasked = sum(task.essential is None for _, task in rows)
    no_hours = sum(not task.hours_week for _, task in movable)
    tight = sum(bool(task.hours_week) and not fits_its_slots(task) for _, task in movable)
    said = (
        (not rows, "No tasks are recorded for this employer: start with a job analysis."),
        (rows and not movable, "No task is marked as could move: ask the employer which tasks could."),
        (unasked, f"For {_tasks(unasked)} nobody recorded whether they could move: ask the employer."),
        (
            no_hours,
            f"Hours are missing for {_tasks(no_hours)} that could move: record times a week and minutes.",
        ),
        (
            tight,
            f"The times given are shorter than the hours of {_tasks(tight)}: correct either.",
        ),
    )
    return tuple(sentence for is_so, sentence in said if is_so)


def parted(timed: Sequence[tuple[Job, Task]], usable: Sequence[tuple[Job, Task]]) -> tuple[str, ...]:
    """What is said of tasks that are left out because of what they need."""
    unknown = sum(bool(set(task.needs) - {other.id for other in job.tasks}) for job, task in timed)
    without = len(timed) - len(usable) - unknown
    said = (
        (unknown, f"A task that is not in the same job is named as needed by {_tasks(unknown)}: correct it."),
        (
            without,
            f"Left out because a task that they need is not in the bank: {_tasks(without)}. "
            "Record whether that task could move, its hours and its times.",
        ),
    )
    return tuple(sentence for count, sentence in said if count)


def _tasks(count: int) -> str:
    return "1 task" if count == 1 else f"{count} tasks"
