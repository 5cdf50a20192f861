"""The best job for a person, and the next best ones that really differ from it."""

from collections.abc import Callable, Sequence

from matching.carve import TIME_LIMIT, carve_for, fit_of
from matching.carve_bank import Bank, BankTask
from matching.carve_model import Carve, GuardRails
from matching.constraints import Row
from matching.records import Seeker

MOST_IN_COMMON = 0.75
"""Share of an alternative's hours at most that are also in any one earlier job."""


def alternatives(
    seeker: Seeker,
    bank: Bank,
    *,
    goal: float = 16.0,
    pay: float | None = None,
    minimum_wage: float | None = None,
    rails: GuardRails | None = None,
    employer: str | None = None,
    count: int = 3,
    time_limit: float = TIME_LIMIT,
    progress: Callable[[int, int], None] | None = None,
) -> list[Carve]:
    """Build the best job and then the next best ones that differ; fewer when no further one can be built.

    At most `MOST_IN_COMMON` of each one's hours are in common with any earlier one. The first is what
    `carve_for` builds; all follow the same aims and guard rails and are exact. When the time runs out before
    a further one is found, the list ends with a job without tasks that says so.

    Args:
        seeker: The person.
        bank: The employer's movable tasks.
        goal: Hours a week to reach for people without a goal of their own.
        pay: Pounds an hour of the new job; the highest going rate of the posts when None.
        minimum_wage: Pounds an hour that the law asks for this person, when the caller knows it.
        rails: The guard rails, the usual ones when None.
        employer: The employer's name, for the record.
        count: How many jobs at most.
        time_limit: Seconds for the solver, for each job.
        progress: Hears how many of how many jobs are done; an error it raises ends the work.
    """
    tasks = fit_of(seeker, bank, goal).tasks
    found: list[Carve] = []
    while len(found) < count:
        if found:
            _tell(progress, len(found), count)
        job = carve_for(
            seeker,
            bank,
            goal=goal,
            pay=pay,
            minimum_wage=minimum_wage,
            rails=rails,
            employer=employer,
            time_limit=time_limit,
            extra=[_row(tasks, earlier) for earlier in found],
        )
        if not found or job.tasks or not job.optimal:
            found.append(job)
        if not job.tasks:
            break
    _tell(progress, count, count)
    return found


def in_common(job: Carve, other: Carve) -> float:
    """The share of the first job's hours that are also in the other; 0 for a job without tasks."""
    theirs = {(task.job_id, task.task_id) for task in other.tasks}
    shared = sum(task.hours_week for task in job.tasks if (task.job_id, task.task_id) in theirs)
    return shared / job.hours_week if job.hours_week else 0.0


def _row(tasks: Sequence[BankTask], earlier: Carve) -> Row:
    """Hours in common − `MOST_IN_COMMON` × all hours ≤ 0."""
    theirs = {(task.job_id, task.task_id) for task in earlier.tasks}
    return {
        at: task.hours * (((task.job_id, task.task_id) in theirs) - MOST_IN_COMMON)
        for at, task in enumerate(tasks)
    }, 0.0


def _tell(progress: Callable[[int, int], None] | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
