"""What a carve is, and the guard rails that every carve keeps (domain rules, section 4.6)."""

from dataclasses import dataclass
from math import inf

from matching.errors import RecordError

SUPPORT_SHARE = 0.25
"""Coach hours for each hour of a task that takes support to begin with. Our own assumption, to plan with."""

AIMS = (
    "Hours up to the person's goal",
    "Hours in tasks they wish",
    "What the employer gains",
    "Work nobody gets to",
    "The first in the list, so that one answer is left",
)
"""The aims in their order: none gives up anything of those before it. Guard rails stand above all of them."""

TEAM_AIMS = ("How many people reach their goal", "Hours up to everybody's goals", *AIMS[1:])
"""The same for several jobs at once."""


@dataclass(frozen=True, slots=True)
class GuardRails:
    """Limits that no aim can outweigh; they can be made stricter, never looser than a sensible job allows.

    Attributes:
        contact_hours: Hours a week at least of tasks that are social or visible to colleagues. A task whose
            nature is not recorded counts, and a warning says so. Our own proposal.
        most_hard: Share of hours at most in tasks that are isolated, unpleasant or dangerous, up to a half.
        keep: Share of its hours that every post keeps at least, from 0 to a half.
        most_posts: From how many posts tasks are taken at most.
    """

    contact_hours: float = 2.0
    most_hard: float = 0.5
    keep: float = 0.5
    most_posts: int = 3

    def __post_init__(self) -> None:
        """Raise `RecordError` for a limit outside its range."""
        for name, value in (("most_hard", self.most_hard), ("keep", self.keep)):
            if not 0 <= value <= 0.5:
                raise RecordError(name, f"is {value:g}: it must be from 0 to 0.5")
        if not 0 <= self.contact_hours < inf or not 1 <= self.most_posts < inf:
            raise RecordError("guard rails", "need contact hours of 0 or more and 1 post or more")


@dataclass(frozen=True, slots=True)
class CarvedTask:
    """A task of the carve; `readiness` is now, with_support or not_recorded."""

    job_id: str
    task_id: str
    name: str
    hours_week: float
    readiness: str


@dataclass(frozen=True, slots=True)
class Carve:
    """The job that can be built for one person from one employer's tasks.

    Attributes:
        seeker_id: For whom.
        employer: Whose tasks; None when the jobs name no employer.
        rank: Place in the employer's list, 0 outside a list.
        score: Share of the goal reached, 0-100.
        tasks: The chosen tasks, in order of post and task id; empty when no job can be built.
        hours_week: Their hours a week.
        hours_short: Hours a week short of the person's goal.
        skilled_hours_freed: Hours a week of work that colleagues do now and would no longer do.
        cost_difference_week: Pounds a week: freed hours × (current − new cost), over the tasks whose cost is
            recorded; None when none is, or the pay is not known. It may be below 0.
        new_wage_week: Pounds a week for all hours, without on-costs; None when the pay is not known.
        undone_work_hours: Hours a week of work that nobody gets done now.
        support_hours_week: Coach hours a week to begin with, an estimate (`SUPPORT_SHARE`).
        warnings: Sentences for the people who talk about it.
        optimal: Whether it is proven that nothing better keeps the guard rails.
    """

    seeker_id: str
    employer: str | None
    rank: int
    score: float
    tasks: tuple[CarvedTask, ...]
    hours_week: float
    hours_short: float
    skilled_hours_freed: float
    cost_difference_week: float | None
    new_wage_week: float | None
    undone_work_hours: float
    support_hours_week: float
    warnings: tuple[str, ...]
    optimal: bool

    def as_record(self) -> dict[str, object]:
        """The carve as the record of the contract."""
        return {
            "employer": self.employer,
            "seeker_id": self.seeker_id,
            "rank": self.rank,
            "score": self.score,
            "tasks": [
                {"job_id": task.job_id, "task_id": task.task_id, "hours_week": task.hours_week}
                for task in self.tasks
            ],
            "hours_week": self.hours_week,
            "hours_short": self.hours_short,
            "skilled_hours_freed": self.skilled_hours_freed,
            "cost_difference_week": self.cost_difference_week,
            "new_wage_week": self.new_wage_week,
            "undone_work_hours": self.undone_work_hours,
            "support_hours_week": self.support_hours_week,
            "warnings": list(self.warnings),
            "optimal": self.optimal,
        }
