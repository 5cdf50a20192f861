"""The choice of tasks as a small integer programme, solved exactly aim by aim with HiGHS."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np
from scipy import optimize

from matching.carve_bank import BankTask
from matching.carve_fit import Fit
from matching.carve_model import GuardRails
from matching.carve_rows import Places, rows_of
from matching.constraints import Row, Vector, as_matrix
from matching.errors import RecordError

_TOLERANCE = 1e-6
_PROVEN = (0, 2)
"""SciPy's words for: nothing better exists, and: nothing exists."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tasks are chosen, by position, and whether nothing better exists for sure."""

    chosen: tuple[int, ...]
    optimal: bool


_NOTHING = Choice((), optimal=False)


class Programme:
    """The choice of tasks for one person: its variables and constraints (`carve_rows`), and how it is solved.

    `extra` are constraints beside the usual ones, over the same variables.
    """

    def __init__(
        self, fit: Fit, post_hours: Mapping[str, float], rails: GuardRails, extra: Sequence[Row] = ()
    ) -> None:
        self._fit, self.tasks = fit, fit.tasks
        places = Places.of(fit.tasks)
        self.size, self.reached = places.size, places.reached
        self._rows = [*rows_of(fit, post_hours, rails, places), *extra]

    def solve(self, aims: list[Vector], time_limit: float) -> Choice:
        """Fill the hours up to the goal, then maximise each aim in turn, giving up nothing reached before.

        Most people's goal can be reached, so the first aim is tried as if it were, and the hours are
        maximised only when that fails: the same answer with one programme fewer.

        Raises:
            RecordError: an aim counts something that is not a number.
        """
        if not all(np.isfinite(aim).all() for aim in aims):
            raise RecordError("aims", "can be weighed by numbers only")
        until = monotonic() + time_limit
        at_goal = self._in_turn(aims, self._fit.goal, until)
        return at_goal or self._in_turn([self.over_tasks([], reached=1.0), *aims], 0.0, until) or _NOTHING

    def way_to_goal(self, time_limit: float) -> Choice:
        """Any set that reaches the goal; none where there is none, or none was found in time."""
        values, is_proven = self._best(np.zeros(self.size), self._fit.goal, [], time_limit)
        return Choice(() if values is None else self._chosen(values), is_proven)

    def _chosen(self, values: Vector) -> tuple[int, ...]:
        return tuple(np.flatnonzero(values[: len(self.tasks)] > 0.5).tolist())

    def _in_turn(self, aims: list[Vector], least: float, until: float) -> Choice | None:
        """Maximise each aim in turn with at least so many hours that count; None when that cannot be."""
        fixed: list[Row] = []
        chosen: tuple[int, ...] | None = None
        for aim in aims:
            values, is_proven = self._best(aim, least, fixed, max(until - monotonic(), 0.001))
            if values is None:
                return None if chosen is None else Choice(chosen, optimal=False)
            chosen = self._chosen(values)
            if not is_proven:
                return Choice(chosen, optimal=False)
            best = float(aim @ values)
            slack = _TOLERANCE * max(1.0, abs(best))
            fixed.append(({int(at): -float(aim[at]) for at in np.flatnonzero(aim)}, slack - best))
        return Choice(chosen or (), optimal=True)

    def _best(
        self, aim: Vector, least: float, fixed: list[Row], seconds: float
    ) -> tuple[Vector | None, bool]:
        """The best values for one aim, None when there are none in time; and whether that is proven."""
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
        return values, result.status in _PROVEN

    def over_tasks(self, by_task: list[float], reached: float = 0.0) -> Vector:
        """An aim that counts this much for each chosen task, and for an hour up to the goal."""
        aim = np.zeros(self.size)
        aim[: len(by_task)] = by_task
        aim[self.reached] = reached
        return aim


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
    programme = Programme(fit, post_hours, rails)
    by_task = (
        [task.hours * wished for task, wished in zip(fit.tasks, fit.wished, strict=True)],
        [_gain(task, pay) for task in fit.tasks],
        [task.hours * task.is_undone for task in fit.tasks],
        [-float(at) for at in range(1, len(fit.tasks) + 1)],
    )
    aims = [programme.over_tasks(values) for values in by_task if any(values)]
    return programme.solve(aims, time_limit)


def _gain(task: BankTask, pay: float | None) -> float:
    """Pounds a week that freeing the task gives: nothing where nobody does it now or no cost is known."""
    if task.is_undone or task.likely_cost is None:
        return 0.0
    return task.hours * (task.likely_cost - (pay or 0.0))
