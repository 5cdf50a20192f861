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
    """What the chosen tasks come to; figures are rounded to 6 decimals, pounds to 2.

    Attributes:
        tasks: The chosen tasks, in the order of the bank.
        hours: Their hours a week.
        goal: The hours to reach.
        short: Hours a week short of the goal.
        contact_hours: Hours a week beside colleagues, those whose nature is not recorded among them.
        shares: By nature of the task, its share of the hours; "" where it is not recorded.
        hard_share: The share that is isolated, unpleasant or dangerous.
        dangerous_share: The share that is recorded as dangerous.
        posts: What is left of each post that gives tasks; a list of work that nobody does is none.
        ready: How ready the person is for each task, in their order; not recorded where there is no person.
        support_hours: Coach hours a week to begin with, an estimate (`SUPPORT_SHARE`).
        freed: Hours a week that colleagues do now and would no longer do.
        undone: Hours a week that nobody gets done now.
        cost_difference: Pounds a week over the freed hours with a recorded cost, as in a carve.
        wage: Pounds a week for all hours, without on-costs; None when the pay is not known.
        is_from: Whether a cost is not recorded, so that the difference is a "from".
        week: The tasks as one person could do them in a week.
        broken: The guard rails that the set breaks, each as a sentence with what would mend it.
        against: What speaks against the set for this person, likewise.
    """

    tasks: tuple[BankTask, ...]
    hours: float
    goal: float
    short: float
    contact_hours: float
    shares: dict[str, float]
    hard_share: float
    dangerous_share: float
    posts: tuple[PostLeft, ...]
    ready: tuple[str, ...]
    support_hours: float
    freed: float
    undone: float
    cost_difference: float | None
    wage: float | None
    is_from: bool
    week: Timetable
    broken: tuple[str, ...]
    against: tuple[str, ...]


def measure(
    bank: Bank,
    chosen: Collection[Key],
    seeker: Seeker | None = None,
    *,
    goal: float = 16.0,
    rate: float | None = None,
    rails: GuardRails | None = None,
    titles: Mapping[str, str] | None = None,
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
    """
    limits = rails or GuardRails()
    tasks = [task for task in bank.tasks if (task.job_id, task.task_id) in chosen]
    profile = None if seeker is None else SeekerProfile.of(seeker, bank.concepts)
    reached, most = (goal, None) if profile is None else hours_within(profile, goal)
    ready = tuple(NOT_RECORDED if profile is None else readiness(profile, task) for task in tasks)
    sums, posts = Sums.of(tasks), _posts_left(tasks, bank, limits, titles or {})
    undone = hours_of(task for task in tasks if task.is_undone)
    supported = hours_of(task for task, how in zip(tasks, ready, strict=True) if how == WITH_SUPPORT)
    return Measured(
        tasks=tuple(tasks),
        hours=sums.hours,
        goal=reached,
        short=round(max(0.0, reached - sums.hours), 6),
        contact_hours=sums.contact,
        shares=_shares(tasks, sums.hours),
        hard_share=sums.hard / sums.hours if tasks else 0.0,
        dangerous_share=hours_of(task for task in tasks if task.is_dangerous) / sums.hours if tasks else 0.0,
        posts=posts,
        ready=ready,
        support_hours=round(SUPPORT_SHARE * supported, 2),
        freed=round(sums.hours - undone, 6),
        undone=undone,
        cost_difference=cost_difference(tasks, rate),
        wage=None if rate is None else round(sums.hours * rate, 2),
        is_from=any(task.cost is None for task in tasks if not task.is_undone),
        week=timetable(tasks),
        broken=tuple(rails_broken(tasks, sums, posts, limits)),
        against=tuple(speaks_against(tasks, sums, profile, most)),
    )


def _posts_left(
    tasks: Sequence[BankTask], bank: Bank, rails: GuardRails, titles: Mapping[str, str]
) -> tuple[PostLeft, ...]:
    taken: defaultdict[str, float] = defaultdict(float)
    for task in tasks:
        if task.has_post:
            taken[task.job_id] += task.hours
    return tuple(
        PostLeft(post, titles.get(post, post), bank.post_hours[post], round(hours, 6), rails.keep)
        for post, hours in taken.items()
    )


def _shares(tasks: Sequence[BankTask], hours: float) -> dict[str, float]:
    by_nature: defaultdict[str, float] = defaultdict(float)
    for task in tasks:
        by_nature[task.nature or ""] += task.hours
    return {nature: part / hours for nature, part in sorted(by_nature.items())}
