"""Which guard rails a set of tasks breaks, and what speaks against it for a person, in sentences.

The rails are those of `carve_rows`, told one by one so that each says what would mend it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from matching.carve_bank import BankTask
from matching.carve_fit import GAP, beyond, readiness
from matching.carve_model import GuardRails
from matching.carve_week import week_rows
from matching.finding import in_hours, listed
from matching.profiles import SeekerProfile

_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Sums:
    """Hours a week of a set of tasks: all; beside colleagues; isolated, unpleasant or dangerous."""

    hours: float
    contact: float
    hard: float

    @classmethod
    def of(cls, tasks: Sequence[BankTask]) -> "Sums":
        """Add up a set of tasks."""
        return cls(
            hours_of(tasks),
            hours_of(task for task in tasks if task.is_beside_colleagues),
            hours_of(task for task in tasks if task.is_hard),
        )


def hours_of(tasks: Iterable[BankTask]) -> float:
    """Hours a week of these tasks together."""
    return round(sum(task.hours for task in tasks), 6)


@dataclass(frozen=True, slots=True)
class PostLeft:
    """A post that gives tasks: its hours a week, how many go, and the share that has to stay.

    `given` are hours that went to other jobs before: they do not stay either.
    """

    job_id: str
    title: str
    hours: float
    taken: float
    keep: float
    given: float = 0.0

    @property
    def left(self) -> float:
        """Hours a week that stay."""
        return round(self.hours - self.given - self.taken, 6)

    @property
    def share(self) -> float:
        """The share of its hours that stays."""
        return self.left / self.hours

    @property
    def too_many(self) -> float:
        """Hours a week more than may go, 0 where it stays a job."""
        over = self.given + self.taken - (1 - self.keep) * self.hours
        return over if over > _NEAR else 0.0


def rails_broken(
    tasks: Sequence[BankTask], sums: Sums, posts: Sequence[PostLeft], rails: GuardRails
) -> Iterator[str]:
    """Every guard rail that the set breaks; nothing chosen breaks none."""
    if not tasks:
        return
    yield from _mix_broken(sums, rails)
    for post in posts:
        if post.too_many:
            yield (
                f"{post.title} would keep {post.share:.0%} of its hours and has to keep {post.keep:.0%}: "
                f"leave {in_hours(post.too_many)} more with it."
            )
    if len(posts) > rails.most_posts:
        yield f"It takes tasks out of {len(posts)} posts, and {rails.most_posts} are the most: leave one out."
    yield from _parted(tasks)
    yield from _clashes(tasks)


def _mix_broken(sums: Sums, rails: GuardRails) -> Iterator[str]:
    if sums.contact < rails.contact_hours - _NEAR:
        yield (
            f"It has {in_hours(sums.contact)} a week beside colleagues, and {in_hours(rails.contact_hours)} "
            "are the least: add a task that is done in company or in sight."
        )
    if sums.hard > rails.most_hard * sums.hours + _NEAR:
        yield (
            f"{sums.hard / sums.hours:.0%} of the hours are isolated, unpleasant or dangerous, and "
            f"{rails.most_hard:.0%} is the most: add work that is none of these, or take such a task out."
        )


def _parted(tasks: Sequence[BankTask]) -> Iterator[str]:
    """The tasks that make sense only together with others, which were not chosen."""
    chosen = {(task.job_id, task.task_id) for task in tasks}
    for task in tasks:
        missing = sum((task.job_id, needed) not in chosen for needed in set(task.needs))
        if missing:
            others = "a task" if missing == 1 else f"{missing} tasks"
            yield f"{task.name} makes sense only together with {others} of its post: choose both, or neither."


def _clashes(tasks: Sequence[BankTask]) -> Iterator[str]:
    """The smallest sets of tasks that do not fit into their times, each task named once."""
    crowded = [set(row) for row, limit in week_rows(tasks) if sum(row.values()) > limit + _NEAR]
    said: set[int] = set()
    for group in sorted(crowded, key=lambda group: (len(group), sorted(group))):
        if group.isdisjoint(said):
            said |= group
            names = listed([tasks[at].name for at in sorted(group)])
            yield f"There is no time for all of these at their times: {names}. Agree other times, or choose."


def speaks_against(
    tasks: Sequence[BankTask], sums: Sums, profile: SeekerProfile | None, most: float | None
) -> Iterator[str]:
    """What speaks against the set for this person; nothing where nobody is named, or nothing chosen."""
    if profile is None or most is None:
        return
    if sums.hours > most + _NEAR:
        yield (
            f"It is {in_hours(sums.hours)} a week, and {in_hours(most)} are the most that suit them now: "
            f"take out {in_hours(sums.hours - most)}."
        )
    for words, found in _by_reason(tasks, profile):
        if found:
            yield f"{words}: {listed([task.name for task in found])}."


def _by_reason(tasks: Sequence[BankTask], profile: SeekerProfile) -> Iterator[tuple[str, list[BankTask]]]:
    hard = [task for task in tasks if beyond(profile, task, with_support=True)]
    yield "It asks more than works for them, and no support is named, so name one first", hard
    gaps = [task for task in tasks if task not in hard and readiness(profile, task) == GAP]
    yield "It takes a skill that is a gap without a measure yet, so name a support first", gaps
    avoided = [task for task in tasks if any(phrase.is_in(task.words) for phrase in profile.avoid)]
    yield "They wish to avoid it, so ask them", avoided
    free = profile.cells
    outside = [task for task in tasks if free is not None and (task.cells or 0) & ~free]
    yield "The times are outside their free time, so ask whether others would do", outside
