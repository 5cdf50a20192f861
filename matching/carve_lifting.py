"""Limits of a carved job lifted, one or two at a time, to see what each holds back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from time import monotonic

from matching.carve_bank import BankTask
from matching.carve_fit import Fit
from matching.carve_limits import LIMITS, Limit
from matching.carve_situation import Situation
from matching.carve_solve import Choice, Programme
from matching.finding import in_hours

_LEAST_GAIN = 0.01
_NEAR = 1e-6
_MOST_PAIRS = 3

_TOGETHER = "No single change helps, but two together do."
_TASKS = (
    "The movable tasks",
    "No limit holds it back: the movable tasks make no more hours. Ask which other tasks could move.",
)
_SEVERAL = (
    "Several limits at once",
    "No single change helps, and no two together do. Ask which other tasks could move.",
)


@dataclass(frozen=True, slots=True)
class Block:
    """Something that holds a better job back.

    Attributes:
        what: What it is called.
        hours_week: Hours a week of the job without it.
        sentence: What would be then, and what to record, ask or change.
        gained: Hours a week more towards the goal; more wished hours where the goal is reached; 0 for what
            is not recorded, as nobody knows.
        is_guard_rail: Whether a guard rail is part of it, which is never loosened.
    """

    what: str
    hours_week: float
    sentence: str
    gained: float = 0.0
    is_guard_rail: bool = False


@dataclass(frozen=True, slots=True)
class BuiltJob:
    """Its tasks, its hours, those that count towards the goal, and those in wished tasks."""

    tasks: tuple[BankTask, ...]
    hours: float
    reached: float
    wished: float

    @classmethod
    def of(cls, own: Fit, choice: Choice) -> "BuiltJob":
        """What a choice makes."""
        tasks = tuple(own.tasks[at] for at in choice.chosen)
        hours = sum((task.hours for task in tasks), 0.0)
        wished = sum((own.tasks[at].hours for at in choice.chosen if own.wished[at]), 0.0)
        return cls(tasks, hours, min(own.goal, hours), wished)


class Lifting:
    """Lifts limits, one or two at a time, and compares with the job as it is."""

    def __init__(
        self,
        now: Situation,
        own: Fit,
        choice: Choice,
        until: float,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self._now, self._allowed, self._until, self._progress = now, set(own.tasks), until, progress
        self.before, self._is_proven = BuiltJob.of(own, choice), choice.optimal
        self._is_at_goal = self.before.reached > own.goal - _LEAST_GAIN
        limits = [limit for limit in LIMITS if limit.lift(now) != now and not self._is_enough(limit)]
        self._singles = [(limit,) for limit in limits]
        self._pairs = list(combinations(limits, 2))
        self._done, self._total = 0, len(self._singles) + len(self._pairs)

    def _is_enough(self, limit: Limit) -> bool:
        """Nobody is asked for more hours than their goal."""
        return self._is_at_goal and limit.is_about_hours

    def blocks(self) -> list[Block]:
        """What holds the job back, and whether there was time to find out."""
        found: list[Block] = []
        if self._is_proven:
            found = self._found()
        if not self._is_proven:
            found.append(self._plain("Time", "The time for the calculation ran out: there may be more."))
        self._tell(self._total)
        return found

    def _found(self) -> list[Block]:
        limits = [limit for (limit,) in self._singles]
        if self._gain(self._job(limits)) < _LEAST_GAIN:
            return [] if self._is_at_goal or not self._is_proven else [self._plain(*_TASKS)]
        found = self._lifted(self._singles) or self._lifted(self._pairs)[:_MOST_PAIRS]
        return found if found or not self._is_proven else [self._plain(*_SEVERAL)]

    def _plain(self, what: str, sentence: str) -> Block:
        return Block(what, round(self.before.hours, 6), sentence)

    def _lifted(self, groups: Sequence[tuple[Limit, ...]]) -> list[Block]:
        """What is held back by each of these, guard rails last and what costs most first."""
        found: list[Block] = []
        for group in groups:
            job = self._job(group)
            if self._gain(job) >= _LEAST_GAIN:
                found.append(self._block(group, job))
            self._tell(self._done + 1)
        return sorted(found, key=lambda block: (block.is_guard_rail, -block.gained))

    def _tell(self, done: int) -> None:
        self._done = done
        if self._progress is not None:
            self._progress(done, self._total)

    def _gain(self, job: BuiltJob) -> float:
        if self._is_at_goal:
            return job.wished - self.before.wished if job.reached >= self.before.reached - _NEAR else 0.0
        return job.reached - self.before.reached

    def _job(self, limits: Sequence[Limit]) -> BuiltJob:
        """The best job without these limits, with as few tasks as can be that need a change for it."""
        there = _without(self._now, limits)
        own, seconds = there.fit(), self._until - monotonic()
        programme = Programme(own, there.bank.post_hours, there.rails)
        wished = [task.hours * is_wished for task, is_wished in zip(own.tasks, own.wished, strict=True)]
        by_task = (
            wished if self._is_at_goal else [],
            [-float(task not in self._allowed) for task in own.tasks],
            [-float(at) for at in range(1, len(own.tasks) + 1)],
        )
        aims = [programme.over_tasks(values) for values in by_task if any(values)]
        choice = programme.solve(aims, seconds)
        self._is_proven = self._is_proven and choice.optimal
        return BuiltJob.of(own, choice)

    def _block(self, group: tuple[Limit, ...], job: BuiltJob) -> Block:
        said = [
            limit.said(_without(self._now, [other for other in group if other is not limit]), job.tasks)
            for limit in group
        ]
        conditions = ", and ".join(_lower(words) if at else words for at, (words, _) in enumerate(said))
        return Block(
            what=" and ".join(_lower(limit.what) if at else limit.what for at, limit in enumerate(group)),
            hours_week=round(job.hours, 6),
            sentence=" ".join(
                (
                    *(_TOGETHER,) * (len(group) > 1),
                    f"{conditions}: {self._compared(job)}.",
                    *(ask for _, ask in said),
                )
            ),
            gained=round(self._gain(job), 6),
            is_guard_rail=any(limit.is_guard_rail for limit in group),
        )

    def _compared(self, job: BuiltJob) -> str:
        if self._is_at_goal:
            return f"{in_hours(job.wished)} in tasks they wish instead of {in_hours(self.before.wished)}"
        return f"{in_hours(job.hours)} instead of {in_hours(self.before.hours)}"


def _without(now: Situation, limits: Sequence[Limit]) -> Situation:
    return reduce(lambda held, limit: limit.lift(held), limits, now)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
