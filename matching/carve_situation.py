"""All that a job is built from, and how single limits of it are lifted: only to see what they cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from matching.carve_bank import HARD_TO_LIKE, Bank, BankTask
from matching.carve_fit import Fit, fit
from matching.carve_model import GuardRails
from matching.carve_week import week_rows
from matching.profiles import HeldSkill, SeekerProfile
from matching.records import SeekerHours

_WEEK = 168.0
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Situation:
    """The person, the bank, the guard rails, and the goal of people without their own."""

    profile: SeekerProfile
    bank: Bank
    rails: GuardRails
    goal: float

    def fit(self) -> Fit:
        """What may be chosen."""
        return fit(self.profile, self.bank, self.goal)

    def is_outside(self, task: BankTask) -> bool:
        """Whether a time of the task is not inside the person's free time."""
        free = self.profile.cells
        return task.cells is not None and free is not None and bool(task.cells & ~free)

    def with_tasks(self, change: Callable[[BankTask], BankTask]) -> "Situation":
        """The same with every task changed."""
        return replace(self, bank=replace(self.bank, tasks=tuple(map(change, self.bank.tasks))))


def any_hours(now: Situation) -> Situation:
    """No most hours; who prefers fewer hours is not asked for more, and the goal stays what it is."""
    seeker = now.profile.seeker
    if seeker.hours.intent == "prefers_fewer":
        return now
    hours: SeekerHours = replace(seeker.hours, goal=now.fit().goal, now_max=_WEEK)
    return replace(now, profile=replace(now.profile, seeker=replace(seeker, hours=hours)))


def moved_times(now: Situation) -> Situation:
    """Tasks whose times are outside the person's week can be done at any time of it."""
    return now.with_tasks(lambda task: replace(task, cells=None) if now.is_outside(task) else task)


def more_free_time(now: Situation) -> Situation:
    """The person is free for more hours, though not at the times of other tasks."""
    inside = tuple(task for task in now.bank.tasks if not now.is_outside(task))
    return replace(now, profile=replace(now.profile, cells=None), bank=replace(now.bank, tasks=inside))


def apart(now: Situation) -> Situation:
    """No two tasks are at the same time: those inside the person's week can be done at any time."""
    return now.with_tasks(lambda task: task if now.is_outside(task) else replace(task, cells=None))


def skilled(now: Situation) -> Situation:
    """Every skill gap has a measure."""
    skills = {concept: _supported(held) for concept, held in now.profile.skills.items()}
    return replace(now, profile=replace(now.profile, skills=skills))


def _supported(held: HeldSkill) -> HeldSkill:
    return held if held.lowest else replace(held, with_support="a measure")


def within_reach(now: Situation) -> Situation:
    """No task demands more than works for the person."""
    seeker = replace(now.profile.seeker, abilities={})
    return replace(now, profile=replace(now.profile, seeker=seeker))


def nothing_avoided(now: Situation) -> Situation:
    """There is nothing that the person wishes to avoid."""
    return replace(now, profile=replace(now.profile, avoid=()))


def without_rail(**limit: float) -> Callable[[Situation], Situation]:
    """One guard rail at its loosest."""

    def lift(now: Situation) -> Situation:
        return replace(now, rails=replace(now.rails, **limit))

    return lift


def any_posts(now: Situation) -> Situation:
    """Tasks may come from every post."""
    return replace(now, rails=replace(now.rails, most_posts=max(len(now.bank.post_hours), 1)))


def all_liked(now: Situation) -> Situation:
    """No task counts as hard to like."""
    return now.with_tasks(
        lambda task: (
            replace(task, nature="neutral", is_dangerous=False)
            if task.nature in HARD_TO_LIKE
            else replace(task, is_dangerous=False)
        )
    )


def needing_nothing(now: Situation) -> Situation:
    """Every task can be done by itself."""
    return now.with_tasks(lambda task: replace(task, needs=()))


def barred(held: Situation, chosen: Sequence[BankTask]) -> list[BankTask]:
    """The chosen tasks that may not be chosen while a limit holds."""
    allowed = {(task.job_id, task.task_id) for task in held.fit().tasks}
    return [task for task in chosen if (task.job_id, task.task_id) not in allowed]


def at_once(held: Situation, chosen: Sequence[BankTask]) -> list[BankTask]:
    """The chosen tasks that do not fit into the week together."""
    keys = {(task.job_id, task.task_id) for task in chosen}
    tasks = [task for task in held.bank.tasks if (task.job_id, task.task_id) in keys]
    full = [row for row, limit in week_rows(tasks) if sum(row.values()) > limit + _NEAR]
    return [task for at, task in enumerate(tasks) if any(at in row for row in full)]


def parted(held: Situation, chosen: Sequence[BankTask]) -> list[BankTask]:
    """The chosen tasks of which one that they need is not chosen."""
    keys = {(task.job_id, task.task_id) for task in chosen}
    needy = {
        (task.job_id, task.task_id)
        for task in held.bank.tasks
        if any((task.job_id, needed) not in keys for needed in task.needs)
    }
    return [task for task in chosen if (task.job_id, task.task_id) in needy]


def nothing(_held: Situation, _chosen: Sequence[BankTask]) -> list[BankTask]:
    """No task by name."""
    return []
