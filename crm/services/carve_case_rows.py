"""The tasks of a carved job as its business case reckons with them: what is a guess is a range."""

from dataclasses import dataclass

from crm.models.analyses import Backlog, JobAnalysis, JobTask
from crm.services.carve_case_words import plain_range
from crm.services.carve_ranges import Range, guess, known

NOBODY = "Nobody"
_SAME_HOURS = 0.005


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of a carved job, with the job analysis (`post`) that it is a row of.

    `times` and `minutes` are None where the hours that were kept are no longer those of the task.
    """

    name: str
    analysis_id: int
    post: str
    done_by: str | None
    is_undone: bool
    hours: Range
    times: Range | None = None
    minutes: Range | None = None
    cost: Range | None = None

    @property
    def who(self) -> str:
        """Who does it now; nobody where it is undone."""
        return NOBODY if self.is_undone else self.done_by or f"Not recorded ({self.post})"

    @property
    def time_words(self) -> str:
        """How its hours come about: 5 times × 20 to 30 minutes."""
        if self.times is None or self.minutes is None:
            return f"{plain_range(self.hours)} hours, as kept"
        return f"{plain_range(self.times)} times × {plain_range(self.minutes)} minutes"


def task_row(task: JobTask, post: JobAnalysis, kept_hours: float) -> TaskRow:
    """A task as the case reckons with it. A cost of £0 is a cost that is not recorded."""
    times, minutes = guess(task.times_a_week, None), guess(task.minutes_each, task.minutes_most)
    hours = _as_kept(kept_hours, minutes)
    if times is None or minutes is None or abs((task.hours_week or 0) - kept_hours) > _SAME_HOURS:
        times = minutes = None
    else:
        hours = times * minutes * Range(known(1).least / 60, known(1).least / 60)
    return TaskRow(
        name=task.name,
        analysis_id=task.analysis_id,
        post=post.title,
        done_by=task.done_by,
        is_undone=post.is_unmet_needs or task.backlog is Backlog.UNDONE,
        hours=hours,
        times=times,
        minutes=minutes,
        cost=guess(task.current_hourly_cost or None, task.hourly_cost_most),
    )


def _as_kept(hours: float, minutes: Range | None) -> Range:
    """Hours that were kept, as far above them as the minutes of the task are a guess."""
    kept = known(hours)
    if minutes is None:
        return kept
    return Range(kept.least, kept.most * minutes.most / minutes.least)
