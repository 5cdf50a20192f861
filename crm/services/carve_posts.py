"""The posts that an employer's tasks come from: each once, however often it was analysed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crm.models.analyses import JobAnalysis
from crm.models.base import folded
from matching.carve_model import GuardRails
from matching.records import Job, Task


@dataclass(frozen=True, slots=True)
class Post:
    """A post that tasks come from: its hours a week as recorded, and what it gave to carved jobs before.

    One that is not held is a list of work that nobody does.
    """

    title: str
    hours: float
    given: float
    is_held: bool

    @property
    def to_share(self) -> float:
        """The hours that its share is reckoned from, so that what it gave before counts as given."""
        return max(0.0, self.hours - self.given / (1 - GuardRails().keep))


def visits(analyses: Iterable[JobAnalysis]) -> dict[int, int]:
    """For each analysis the last one of the same post: that of the same title at the same site."""
    last: dict[tuple[object, ...], int] = {}
    keys: dict[int, tuple[object, ...]] = {}
    for row in sorted(analyses, key=lambda row: (row.analysed_on, row.key)):
        keys[row.key] = (row.key,) if row.is_unmet_needs else (folded(row.title), row.site_id)
        last[keys[row.key]] = row.key
    return {analysis_id: last[key] for analysis_id, key in keys.items()}


def by_post(jobs: Sequence[Job], last: Mapping[int, int]) -> list[Job]:
    """One job for each post, with the tasks of every visit."""
    tasks: defaultdict[int, list[Task]] = defaultdict(list)
    for job in jobs:
        tasks[last[int(job.id)]] += job.tasks
    return [replace(job, tasks=tuple(tasks[int(job.id)])) for job in jobs if int(job.id) in tasks]


def posts_of(
    analyses: Iterable[JobAnalysis], seen: Iterable[Job], jobs: Iterable[Job], taken: Collection[int]
) -> dict[int, Post]:
    """The posts by the id of their last analysis: the hours are those of that visit alone."""
    listed = {int(job.id): sum(task.hours_week or 0.0 for task in job.tasks) for job in seen}
    given = {int(job.id): _given(job, taken) for job in jobs}
    return {
        row.key: Post(
            title=row.title,
            hours=max(listed[row.key], row.hours_week or 0.0),
            given=given[row.key],
            is_held=not row.is_unmet_needs,
        )
        for row in analyses
        if row.key in given
    }


def _given(job: Job, taken: Collection[int]) -> float:
    return sum(task.hours_week or 0.0 for task in job.tasks if int(task.id) in taken)
