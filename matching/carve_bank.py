"""The tasks of one employer that could move to a new job, made ready for choosing from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matching.concepts import Concepts
from matching.profiles import phrases_of_jobs
from matching.records import Job, Task
from matching.vocabulary import Vocabulary
from matching.week import cells, hours_in
from matching.wording import telling_words

BESIDE_COLLEAGUES = frozenset({"social", "visible"})
HARD_TO_LIKE = frozenset({"isolated", "unpleasant"})


@dataclass(frozen=True, slots=True)
class BankTask:
    """A movable task.

    Attributes:
        job_id: The post it belongs to now.
        task_id: Its id in that post.
        name: What it is called.
        hours: Hours a week, above 0.
        cost: Pounds an hour of whoever does it now, None when not recorded.
        likely_cost: The same, or the mean of its post, else of the bank; None when none is recorded.
        is_undone: Whether nobody gets it done now.
        nature: What kind of task it is, None when not recorded.
        concepts: The skills it takes.
        words: The stems of its name and skills.
        cells: The half hours of the week when it can be done, None when that is free.
    """

    job_id: str
    task_id: str
    name: str
    hours: float
    cost: float | None
    likely_cost: float | None
    is_undone: bool
    nature: str | None
    concepts: tuple[str, ...]
    words: frozenset[str]
    cells: int | None


@dataclass(frozen=True, slots=True)
class Bank:
    """An employer's movable tasks, in order of post and task id.

    Attributes:
        tasks: The tasks that can be chosen.
        post_hours: Hours a week of each post: of all its recorded tasks, or of the post where that is more.
        going_rate: The highest going rate of the posts that tasks come from, None when not recorded.
        left_out: Sentences on tasks that could not be used, and what to record.
        concepts: The concepts of the skills met so far.
    """

    tasks: tuple[BankTask, ...]
    post_hours: dict[str, float]
    going_rate: float | None
    left_out: tuple[str, ...]
    concepts: Concepts = field(repr=False)

    @classmethod
    def of(cls, jobs: Iterable[Job], vocabulary: Vocabulary | Concepts) -> "Bank":
        """Collect the tasks marked as could move; concepts in place of a vocabulary share their look-ups."""
        posts = sorted(jobs, key=lambda job: job.id)
        known = Concepts.of(vocabulary)
        known.learn(phrases_of_jobs(posts))
        rows = [(job, task) for job in posts for task in sorted(job.tasks, key=lambda task: task.id)]
        movable = [(job, task) for job, task in rows if task.essential == "could_move"]
        usable = [(job, task) for job, task in movable if task.hours_week and _fits_its_slots(task)]
        rates = [job.going_rate for job, _ in usable if job.going_rate]
        return cls(
            tasks=_bank_tasks(usable, known),
            post_hours={job.id: _post_hours(job) for job in posts},
            going_rate=max(rates, default=None),
            left_out=_left_out(rows, movable),
            concepts=known,
        )


def _fits_its_slots(task: Task) -> bool:
    return not task.slots or (task.hours_week or 0.0) <= hours_in(cells(task.slots)) + 1e-9


def _post_hours(job: Job) -> float:
    listed = sum(task.hours_week or 0.0 for task in job.tasks)
    return max(listed, *(hours or 0.0 for hours in (job.hours.max, job.hours.guaranteed, job.hours.min)))


def _bank_tasks(rows: Sequence[tuple[Job, Task]], concepts: Concepts) -> tuple[BankTask, ...]:
    in_bank = _mean(task.current_hourly_cost for _, task in rows)
    in_post = {
        job.id: _mean(other.current_hourly_cost for post, other in rows if post.id == job.id)
        for job in {job.id: job for job, _ in rows}.values()
    }
    return tuple(
        BankTask(
            job_id=job.id,
            task_id=task.id,
            name=task.name,
            hours=task.hours_week or 0.0,
            cost=task.current_hourly_cost or None,
            likely_cost=task.current_hourly_cost or in_post[job.id] or in_bank,
            is_undone=task.backlog == "undone",
            nature=task.nature,
            concepts=tuple(dict.fromkeys(concepts[skill] for skill in task.skills)),
            words=telling_words(" ".join((task.name, *task.skills))),
            cells=cells(task.slots) if task.slots else None,
        )
        for job, task in rows
    )


def _mean(costs: Iterable[float | None]) -> float | None:
    # An hour that costs nothing is an hour whose cost nobody wrote down.
    recorded = [cost for cost in costs if cost]
    return sum(recorded) / len(recorded) if recorded else None


def _left_out(rows: Sequence[tuple[Job, Task]], movable: Sequence[tuple[Job, Task]]) -> tuple[str, ...]:
    unasked = sum(task.essential is None for _, task in rows)
    no_hours = sum(not task.hours_week for _, task in movable)
    tight = sum(bool(task.hours_week) and not _fits_its_slots(task) for _, task in movable)
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


def _tasks(count: int) -> str:
    return "1 task" if count == 1 else f"{count} tasks"
