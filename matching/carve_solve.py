"""The choice of tasks as a small integer programme, solved exactly aim by aim with HiGHS."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from matching.carve_bank import BESIDE_COLLEAGUES, HARD_TO_LIKE, BankTask
from matching.carve_fit import Fit
from matching.carve_model import GuardRails
from matching.week import hours_in

Vector = NDArray[np.float64]
_Row = tuple[dict[int, float], float]
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tasks are chosen, by position, and whether nothing better exists for sure."""

    chosen: tuple[int, ...]
    optimal: bool


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
        """Maximise each aim in turn, never giving up any of one reached before it."""
        until = monotonic() + time_limit
        fixed: list[_Row] = []
        chosen: tuple[int, ...] = ()
        for aim in aims:
            values, is_proven = self._best(aim, fixed, max(until - monotonic(), 0.001))
            if values is None:
                return Choice(chosen, optimal=False)
            chosen = tuple(np.flatnonzero(values[: len(self.tasks)] > 0.5).tolist())
            if not is_proven:
                return Choice(chosen, optimal=False)
            best = float(aim @ values)
            slack = _TOLERANCE * max(1.0, abs(best))
            fixed.append(({int(at): -float(aim[at]) for at in np.flatnonzero(aim)}, slack - best))
        return Choice(chosen, optimal=True)

    def _best(self, aim: Vector, fixed: list[_Row], seconds: float) -> tuple[Vector | None, bool]:
        matrix, limits = _as_matrix([*self._rows, *fixed], self.size)
        whole = np.ones(self.size, dtype=np.int64)
        highest = np.ones(self.size)
        whole[self.reached], highest[self.reached] = 0, self._fit.goal
        result = optimize.milp(
            -aim,
            integrality=whole,
            bounds=optimize.Bounds(np.zeros(self.size), highest),
            constraints=optimize.LinearConstraint(matrix, -np.inf, limits),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        values = None if result.x is None else np.asarray(result.x, dtype=np.float64)
        return values, result.status == 0

    def aim(self, by_task: list[float]) -> Vector:
        """An aim that counts this much for each chosen task."""
        return np.array([*by_task, *[0.0] * (self.size - len(by_task))])

    def goal_aim(self) -> Vector:
        """The aim that counts hours up to the goal."""
        aim = np.zeros(self.size)
        aim[self.reached] = 1.0
        return aim

    def _hours(self) -> Iterator[_Row]:
        """Hours that count are worked, and all hours stay inside what the person wishes."""
        worked = {at: task.hours for at, task in enumerate(self.tasks)}
        yield {at: -hours for at, hours in worked.items()} | {self.reached: 1.0}, 0.0
        yield worked | {self.any_job: -self._fit.most}, 0.0

    def _nature(self) -> Iterator[_Row]:
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

    def _shares(self) -> Iterator[_Row]:
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
    missing cost counting as `likely_cost`; hours of undone work; the lowest sum of positions in the bank, so that
    one answer is left.
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
    aims = [programme.goal_aim(), *(programme.aim(values) for values in by_task if any(values))]
    return programme.solve(aims, time_limit)


def _gain(task: BankTask, pay: float | None) -> float:
    """Pounds a week that freeing the task gives: nothing where nobody does it now or no cost is known."""
    if task.is_undone or task.likely_cost is None:
        return 0.0
    return task.hours * (task.likely_cost - (pay or 0.0))


def _clashes(tasks: tuple[BankTask, ...]) -> Iterator[_Row]:
    """Nobody does more than an hour of work in an hour: a task fills its times evenly."""
    together: defaultdict[int, list[int]] = defaultdict(list)
    for at, task in enumerate(tasks):
        filled = task.cells or 0
        while filled:
            together[(filled & -filled).bit_length()].append(at)
            filled &= filled - 1
    for group in sorted({tuple(group) for group in together.values() if len(group) > 1}):
        yield {at: tasks[at].hours / hours_in(tasks[at].cells or 0) for at in group}, 1.0


def _as_matrix(rows: list[_Row], width: int) -> tuple[sparse.csr_array[np.float64], Vector]:
    entries = [(line, at, value) for line, (row, _) in enumerate(rows) for at, value in row.items()]
    lines, columns, values = (np.array(part) for part in zip(*entries, strict=True))
    matrix = sparse.csr_array((values.astype(np.float64), (lines, columns)), shape=(len(rows), width))
    return matrix, np.array([limit for _, limit in rows], dtype=np.float64)
