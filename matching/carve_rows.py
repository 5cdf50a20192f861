"""The guard rails of a carve as rows of an integer programme: Σ coefficient × variable ≤ limit.

Variables: x, a task is chosen; y, a post gives tasks; z, there is a job at all; r, the hours that count
towards the goal. All but r are 0 or 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matching.carve_bank import BankTask
from matching.carve_fit import Fit
from matching.carve_model import GuardRails
from matching.carve_week import week_rows
from matching.constraints import Row


@dataclass(frozen=True, slots=True)
class Places:
    """Where the variables stand: the tasks first, then the posts in order of id, then z and r.

    Attributes:
        tasks: How many tasks there are.
        posts: The posts that they come from, in order; lists of work that nobody does are none.
    """

    tasks: int
    posts: tuple[str, ...]

    @classmethod
    def of(cls, tasks: Sequence[BankTask]) -> "Places":
        """The places for these tasks."""
        return cls(len(tasks), tuple(sorted({task.job_id for task in tasks if task.has_post})))

    @property
    def any_job(self) -> int:
        """Where z stands."""
        return self.tasks + len(self.posts)

    @property
    def reached(self) -> int:
        """Where r stands."""
        return self.any_job + 1

    @property
    def size(self) -> int:
        """How many variables there are."""
        return self.any_job + 2


def rows_of(fit: Fit, post_hours: Mapping[str, float], rails: GuardRails, places: Places) -> Iterator[Row]:
    """Every guard rail and limit of one person's choice."""
    yield from _hours(fit, places)
    yield from _nature(fit.tasks, rails, places)
    yield from _shares(fit.tasks, post_hours, rails, places)
    yield from _needs(fit.tasks)
    yield from week_rows(fit.tasks)


def _hours(fit: Fit, places: Places) -> Iterator[Row]:
    """Hours that count are worked, and all hours stay inside what the person wishes."""
    worked = {at: task.hours for at, task in enumerate(fit.tasks)}
    yield {at: -hours for at, hours in worked.items()} | {places.reached: 1.0}, 0.0
    yield worked | {places.any_job: -fit.most}, 0.0


def _nature(tasks: Sequence[BankTask], rails: GuardRails, places: Places) -> Iterator[Row]:
    """Enough of it beside colleagues, and no more than a share isolated, unpleasant or dangerous."""
    contact = {at: -task.hours for at, task in enumerate(tasks) if task.is_beside_colleagues}
    yield contact | {places.any_job: rails.contact_hours}, 0.0
    yield {at: task.hours * (task.is_hard - rails.most_hard) for at, task in enumerate(tasks)}, 0.0


def _shares(
    tasks: Sequence[BankTask], post_hours: Mapping[str, float], rails: GuardRails, places: Places
) -> Iterator[Row]:
    """Every post keeps its share, and only so many posts give tasks."""
    first = places.tasks
    for at, post in enumerate(places.posts, start=first):
        own = {position: task.hours for position, task in enumerate(tasks) if task.job_id == post}
        yield own | {at: -(1 - rails.keep) * post_hours[post]}, 0.0
    yield dict.fromkeys(range(first, places.any_job), 1.0), float(rails.most_posts)


def _needs(tasks: Sequence[BankTask]) -> Iterator[Row]:
    """A task comes with the tasks that it needs."""
    place = {(task.job_id, task.task_id): at for at, task in enumerate(tasks)}
    for at, task in enumerate(tasks):
        for needed in sorted({place[task.job_id, needed] for needed in task.needs} - {at}):
            yield {at: 1.0, needed: -1.0}, 0.0
