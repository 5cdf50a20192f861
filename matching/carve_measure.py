"""What a set of tasks that somebody chose by hand comes to: hours, mix, what is left of each post, figures.

Nothing is refused here. What breaks a guard rail (`Measured.broken`) or speaks against it for this person
(`Measured.against`) is said in a sentence with what would mend it (`carve_breaks`); a set of which neither is
said is one that the solver may choose.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from matching.carve import cost_difference
from matching.carve_bank import Bank, BankTask
from matching.carve_breaks import PostLeft, Sums, hours_of, rails_broken, speaks_against
from matching.carve_fit import NOT_RECORDED, WITH_SUPPORT, hours_within, readiness
from matching.carve_model import SUPPORT_SHARE, GuardRails
from matching.carve_week import Timetable, timetable
from matching.profiles import SeekerProfile
from matching.records import Seeker

Key = tuple[str, str]
"""A task by its post and its id."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the chosen tasks come to; hours are a week, and figures are worked out as those of a carve are.

    Attributes:
        tasks: The chosen tasks, in the order of the bank.
        goal: The hours to reach.
        rate: Pounds an hour, None when not known.
        sums: Their hours: all; beside colleagues; isolated, unpleasant or dangerous.
        posts: What is left of each post that gives tasks; a list of work that nobody does is none.
        ready: How ready the person is for each task, in their order; not recorded where there is no person.
        week: The tasks as one person could do them in a week.
        broken: The guard rails that the set breaks, each as a sentence with what would mend it.
        against: What speaks against the set for this person, likewise.
    """

    tasks: tuple[BankTask, ...]
    goal: float
    rate: float | None
    sums: Sums
    posts: tuple[PostLeft, ...]
    ready: tuple[str, ...]
    week: Timetable
    broken: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def hours(self) -> float:
        """Hours of all tasks."""
        return self.sums.hours

    @property
    def short(self) -> float:
        """Hours short of the goal."""
        return round(max(0.0, self.goal - self.hours), 6)

    @property
    def shares(self) -> dict[str, float]:
        """By nature of the task its share of the hours; "" where it is not recorded."""
        by_nature: defaultdict[str, float] = defaultdict(float)
        for task in self.tasks:
            by_nature[task.nature or ""] += task.hours
        return {nature: part / self.hours for nature, part in sorted(by_nature.items())}

    @property
    def dangerous_share(self) -> float:
        """The share of the hours that is recorded as dangerous."""
        return hours_of(task for task in self.tasks if task.is_dangerous) / self.hours if self.tasks else 0.0

    @property
    def support_hours(self) -> float:
        """Coach hours to begin with, an estimate (`SUPPORT_SHARE`)."""
        rows = zip(self.tasks, self.ready, strict=True)
        return round(SUPPORT_SHARE * hours_of(task for task, how in rows if how == WITH_SUPPORT), 2)

    @property
    def undone(self) -> float:
        """Hours that nobody gets done now."""
        return hours_of(task for task in self.tasks if task.is_undone)

    @property
    def freed(self) -> float:
        """Hours that colleagues do now and would no longer do."""
        return round(self.hours - self.undone, 6)

    @property
    def cost_difference(self) -> float | None:
        """Pounds over the freed hours with a recorded cost, as in a carve."""
        return cost_difference(self.tasks, self.rate)

    @property
    def wage(self) -> float | None:
        """Pounds for all hours, without on-costs; None when the pay is not known."""
        return None if self.rate is None else round(self.hours * self.rate, 2)

    @property
    def is_from(self) -> bool:
        """Is a cost not recorded, so that the difference is a "from"?"""
        return any(task.cost is None for task in self.tasks if not task.is_undone)


def measure(
    bank: Bank,
    chosen: Collection[Key],
    seeker: Seeker | None = None,
    *,
    goal: float = 16.0,
    rate: float | None = None,
    rails: GuardRails | None = None,
    titles: Mapping[str, str] | None = None,
    given: Mapping[str, float] | None = None,
) -> Measured:
    """Measure a set of tasks of the bank; keys that are not in it count for nothing.

    Args:
        bank: The employer's movable tasks.
        chosen: The tasks that were chosen.
        seeker: For whom; None where nobody is named yet, and then nothing is asked of anybody.
        goal: Hours a week to reach for people without a goal of their own.
        rate: Pounds an hour of the new job.
        rails: The guard rails, the usual ones when None.
        titles: What the posts are called, for the sentences; their ids where none is given.
        given: Hours a week that a post gave before, when the bank's hours of posts are what is left to share.
    """
    limits = rails or GuardRails()
    tasks = tuple(task for task in bank.tasks if (task.job_id, task.task_id) in chosen)
    profile = None if seeker is None else SeekerProfile.of(seeker, bank.concepts)
    reached, most = (goal, None) if profile is None else hours_within(profile, goal)
    sums, posts = Sums.of(tasks), _posts_left(tasks, bank, limits, titles or {}, given or {})
    return Measured(
        tasks=tasks,
        goal=reached,
        rate=rate,
        sums=sums,
        posts=posts,
        ready=tuple(NOT_RECORDED if profile is None else readiness(profile, task) for task in tasks),
        week=timetable(tasks),
        broken=tuple(rails_broken(tasks, sums, posts, limits)),
        against=tuple(speaks_against(tasks, sums, profile, most)),
    )


def _posts_left(
    tasks: Sequence[BankTask],
    bank: Bank,
    rails: GuardRails,
    titles: Mapping[str, str],
    given: Mapping[str, float],
) -> tuple[PostLeft, ...]:
    taken: defaultdict[str, float] = defaultdict(float)
    for task in tasks:
        if task.has_post:
            taken[task.job_id] += task.hours
    return tuple(
        PostLeft(
            post,
            titles.get(post, post),
            round(bank.post_hours[post] + before / (1 - rails.keep), 6),
            round(hours, 6),
            rails.keep,
            before,
        )
        for post, hours in taken.items()
        for before in (given.get(post, 0.0),)
    )
