"""The tasks of one employer that could move to a new job, made ready for choosing from."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from matching.carve_left_out import fits_its_slots, parted, unusable
from matching.carve_needs import self_sufficient
from matching.concepts import Concepts
from matching.profiles import phrases_of_jobs
from matching.records import Job, Task
from matching.vocabulary import Vocabulary
from matching.week import cells
from matching.wording import telling_words

BESIDE_COLLEAGUES = frozenset({"social", "visible"})
HARD_TO_LIKE = frozenset({"isolated", "unpleasant"})
MOST_TASKS = 2_000
"""Movable tasks that are chosen from at once."""


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
        needs: The tasks of the same post, by id, without which it makes no sense.
        is_dangerous: Whether it is recorded as dangerous.
        demands: What it asks on the scales of the person's abilities; empty when only told of the whole job.
        has_job_demands: Whether demands are recorded of its whole job.
        has_post: Whether somebody holds the post; else it is a list of work that nobody does.
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
    needs: tuple[str, ...] = ()
    is_dangerous: bool = False
    demands: tuple[tuple[str, int], ...] = ()
    has_job_demands: bool = False
    has_post: bool = True

    @property
    def is_beside_colleagues(self) -> bool:
        """Whether it is done in company or in sight; one whose nature is not recorded counts."""
        return self.nature is None or self.nature in BESIDE_COLLEAGUES

    @property
    def is_hard(self) -> bool:
        """Whether it is isolated, unpleasant or dangerous."""
        return self.is_dangerous or self.nature in HARD_TO_LIKE


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
    def of(
        cls,
        jobs: Iterable[Job],
        vocabulary: Vocabulary | Concepts,
        *,
        without_post: Collection[str] = frozenset(),
    ) -> "Bank":
        """Collect the tasks marked as could move.

        Args:
            jobs: The posts of one employer.
            vocabulary: What phrases are compared by; concepts in its place share their look-ups.
            without_post: The ids of jobs that are lists of work that nobody does: nobody has to keep a
                share of them, and they do not count as posts that tasks come from.
        """
        posts = sorted(jobs, key=lambda job: job.id)
        known = Concepts.of(vocabulary)
        known.learn(phrases_of_jobs(posts))
        rows = [(job, task) for job in posts for task in sorted(job.tasks, key=lambda task: task.id)]
        movable = [(job, task) for job, task in rows if task.essential == "could_move"]
        timed = [(job, task) for job, task in movable if task.hours_week and fits_its_slots(task)]
        usable = _with_their_needs(timed)
        rates = [job.going_rate for job, _ in usable if job.going_rate]
        return cls(
            tasks=_bank_tasks(usable, known, without_post),
            post_hours={job.id: _post_hours(job) for job in posts},
            going_rate=max(rates, default=None),
            left_out=(*unusable(rows, movable), *parted(timed, usable)),
            concepts=known,
        )


def _with_their_needs(rows: Sequence[tuple[Job, Task]]) -> list[tuple[Job, Task]]:
    kept = self_sufficient({(job.id, task.id): _needs(job, task) for job, task in rows})
    return [(job, task) for job, task in rows if (job.id, task.id) in kept]


def _needs(job: Job, task: Task) -> list[tuple[str, str]]:
    return [(job.id, needed) for needed in task.needs]


def _post_hours(job: Job) -> float:
    listed = sum(task.hours_week or 0.0 for task in job.tasks)
    return max(listed, *(hours or 0.0 for hours in (job.hours.max, job.hours.guaranteed, job.hours.min)))


def _bank_tasks(
    rows: Sequence[tuple[Job, Task]], concepts: Concepts, without_post: Collection[str]
) -> tuple[BankTask, ...]:
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
            is_undone=task.backlog == "undone" or job.id in without_post,
            nature=task.nature,
            concepts=tuple(dict.fromkeys(concepts[skill] for skill in task.skills)),
            words=telling_words(" ".join((task.name, *task.skills))),
            cells=cells(task.slots) if task.slots else None,
            needs=task.needs,
            is_dangerous=task.dangerous,
            demands=tuple(sorted(task.demands.items())),
            has_job_demands=bool(job.demands),
            has_post=job.id not in without_post,
        )
        for job, task in rows
    )


def _mean(costs: Iterable[float | None]) -> float | None:
    # An hour that costs nothing is an hour whose cost nobody wrote down.
    recorded = [cost for cost in costs if cost]
    return sum(recorded) / len(recorded) if recorded else None
