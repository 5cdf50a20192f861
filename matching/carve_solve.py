"""The choice of tasks as a small integer programme, solved exactly aim by aim with HiGHS."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import monotonic

import numpy as np
from scipy import optimize

from matching.carve_bank import BESIDE_COLLEAGUES, HARD_TO_LIKE, BankTask
from matching.carve_fit import Fit
from matching.carve_model import GuardRails
from matching.constraints import Row, Vector, as_matrix
from matching.week import hours_in

_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tasks are chosen, by position, and whether nothing better exists for sure."""

    chosen: tuple[int, ...]
    optimal: bool


_NOTHING = Choice((), optimal=False)


class _Programme:
    """The variables and constraints of one choice.

    Variables: x, a task is chosen; y, a post gives tasks; z, there is a job at all; r, the hours that count
    towards the goal. Every constraint is a row Σ coefficient × variable ≤ limit. All but r are 0 or 1.
    """

    def __init__(self, fit: Fit, post_hours: Mapping[str, float], rails: GuardRails) -> None:
        self._fit, self._rails, self._post_hours = fit, rails, post_hours
        self.tasks = fit.tasks
        self.posts = sorted({task.job_id for task in fit.tasks})
        self.size = len(self.tasks) + len(self.posts) + 2
        self.any_job, self.reached = self.size - 2, self.size - 1
        self._rows = [*self._hours(), *self._nature(), *self._shares(), *_clashes(self.tasks)]

    def solve(self, aims: list[Vector], time_limit: float) -> Choice:
        """Fill the hours up to the goal, then maximise each aim in turn, giving up nothing reached before.

        Most people's goal can be reached, so the first aim is tried as if it were, and the hours are
        maximised only when that fails: the same answer with one programme fewer.
        """
        until = monotonic() + time_limit
        at_goal = self._in_turn(aims, self._fit.goal, until)
        return at_goal or self._in_turn([self.over_tasks([], reached=1.0), *aims], 0.0, until) or _NOTHING

    def reaches_goal(self, time_limit: float) -> bool:
        """Whether the goal can be reached at all."""
        return self._best(np.zeros(self.size), self._fit.goal, [], time_limit)[0] is not None

    def _in_turn(self, aims: list[Vector], least: float, until: float) -> Choice | None:
        """Maximise each aim in turn with at least so many hours that count; None when that cannot be."""
        fixed: list[Row] = []
        chosen: tuple[int, ...] | None = None
        for aim in aims:
            values, is_proven = self._best(aim, least, fixed, max(until - monotonic(), 0.001))
            if values is None:
                return None if chosen is None else Choice(chosen, optimal=False)
            chosen = tuple(np.flatnonzero(values[: len(self.tasks)] > 0.5).tolist())
            if not is_proven:
                return Choice(chosen, optimal=False)
            best = float(aim @ values)
            slack = _TOLERANCE * max(1.0, abs(best))
            fixed.append(({int(at): -float(aim[at]) for at in np.flatnonzero(aim)}, slack - best))
        return Choice(chosen or (), optimal=True)

    def _best(
        self, aim: Vector, least: float, fixed: list[Row], seconds: float
    ) -> tuple[Vector | None, bool]:
        """The best values for one aim, None when there are none in time; and whether they are proven."""
        matrix, limits = as_matrix([*self._rows, *fixed], self.size)
        whole = np.ones(self.size, dtype=np.int64)
        lowest, highest = np.zeros(self.size), np.ones(self.size)
        whole[self.reached], lowest[self.reached], highest[self.reached] = 0, least, self._fit.goal
        result = optimize.milp(
            -aim,
            integrality=whole,
            bounds=optimize.Bounds(lowest, highest),
            constraints=optimize.LinearConstraint(matrix, -np.inf, limits),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        values = None if result.x is None else np.asarray(result.x, dtype=np.float64)
        return values, result.status == 0

    def over_tasks(self, by_task: list[float], reached: float = 0.0) -> Vector:
        """An aim that counts this much for each chosen task, and for an hour up to the goal."""
        aim = np.zeros(self.size)
        aim[: len(by_task)] = by_task
        aim[self.reached] = reached
        return aim

    def _hours(self) -> Iterator[Row]:
        """Hours that count are worked, and all hours stay inside what the person wishes."""
        worked = {at: task.hours for at, task in enumerate(self.tasks)}
        yield {at: -hours for at, hours in worked.items()} | {self.reached: 1.0}, 0.0
        yield worked | {self.any_job: -self._fit.most}, 0.0

    def _nature(self) -> Iterator[Row]:
        """Enough of it beside colleagues, and no more than a share isolated or unpleasant."""
        natures = [task.nature for task in self.tasks]
        contact = {
            at: -task.hours
            for at, task in enumerate(self.tasks)
            if task.nature is None or task.nature in BESIDE_COLLEAGUES
        }
        yield contact | {self.any_job: self._rails.contact_hours}, 0.0
        yield (
            {
                at: task.hours * ((natures[at] in HARD_TO_LIKE) - self._rails.most_hard)
                for at, task in enumerate(self.tasks)
            },
            0.0,
        )

    def _shares(self) -> Iterator[Row]:
        """Every post keeps its share, and only so many posts give tasks."""
        first = len(self.tasks)
        for at, post in enumerate(self.posts, start=first):
            own = {position: task.hours for position, task in enumerate(self.tasks) if task.job_id == post}
            yield own | {at: -(1 - self._rails.keep) * self._post_hours[post]}, 0.0
        yield dict.fromkeys(range(first, first + len(self.posts)), 1.0), float(self._rails.most_posts)


def choose(
    fit: Fit, post_hours: Mapping[str, float], pay: float | None, rails: GuardRails, time_limit: float
) -> Choice:
    """Find the best set of tasks; `time_limit` is in seconds, for all aims together.

    Aims in order, each fixed before the next: hours up to the goal; hours of wished tasks; cost difference, a
    missing cost counting as `likely_cost`; hours of undone work; the lowest sum of positions in the bank, so
    that one answer is left.
    """
    if not fit.tasks or fit.goal <= 0:
        return Choice((), optimal=True)
    programme = _Programme(fit, post_hours, rails)
    by_task = (
        [task.hours * wished for task, wished in zip(fit.tasks, fit.wished, strict=True)],
        [_gain(task, pay) for task in fit.tasks],
        [task.hours * task.is_undone for task in fit.tasks],
        [-float(at) for at in range(1, len(fit.tasks) + 1)],
    )
    aims = [programme.over_tasks(values) for values in by_task if any(values)]
    return programme.solve(aims, time_limit)


def can_reach_goal(fit: Fit, post_hours: Mapping[str, float], rails: GuardRails, time_limit: float) -> bool:
    """Whether `choose` would reach the goal: a quicker question, enough to rank by."""
    if not fit.tasks or not 0 < fit.goal <= min(fit.most, sum(task.hours for task in fit.tasks)):
        return False
    return _Programme(fit, post_hours, rails).reaches_goal(time_limit)


def _gain(task: BankTask, pay: float | None) -> float:
    """Pounds a week that freeing the task gives: nothing where nobody does it now or no cost is known."""
    if task.is_undone or task.likely_cost is None:
        return 0.0
    return task.hours * (task.likely_cost - (pay or 0.0))


def _clashes(tasks: tuple[BankTask, ...]) -> Iterator[Row]:
    """Nobody does more than an hour of work in an hour: a task fills its times evenly."""
    together: defaultdict[int, list[int]] = defaultdict(list)
    for at, task in enumerate(tasks):
        filled = task.cells or 0
        while filled:
            together[(filled & -filled).bit_length()].append(at)
            filled &= filled - 1
    for group in sorted({tuple(group) for group in together.values() if len(group) > 1}):
        yield {at: tasks[at].hours / hours_in(tasks[at].cells or 0) for at in group}, 1.0
