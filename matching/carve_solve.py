"""The choice of tasks for one person as a small integer programme, solved exactly aim by aim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np

from matching.carve_bank import BankTask
from matching.carve_fit import Fit
from matching.carve_model import GuardRails
from matching.carve_rows import Places, rows_of
from matching.constraints import Row, Vector
from matching.errors import RecordError
from matching.in_turn import Answer, Limits, best, in_turn


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tasks are chosen, by position, and whether nothing better exists for sure.

    `why_nothing` is said where no task is chosen and the guard rails alone do not tell why.
    """

    chosen: tuple[int, ...]
    optimal: bool
    why_nothing: str = ""


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
        self._rows = (*rows_of(fit, post_hours, rails, places), *extra)

    def solve(self, aims: Sequence[Vector], time_limit: float) -> Choice:
        """Fill the hours up to the goal, then maximise each aim in turn, giving up nothing reached before.

        Most people's goal can be reached, so the first aim is tried as if it were, and the hours are
        maximised only when that fails: the same answer with one programme fewer.

        Raises:
            RecordError: an aim counts something that is not a number.
        """
        if not all(np.isfinite(aim).all() for aim in aims):
            raise RecordError("aims", "can be weighed by numbers only")
        until = monotonic() + time_limit
        answer = in_turn(self._limits(self._fit.goal), aims, until)
        if answer.values is None:
            answer = in_turn(self._limits(0.0), [self.over_tasks([], reached=1.0), *aims], until)
        return self._choice(answer)

    def way_to_goal(self, time_limit: float) -> Choice:
        """Any set that reaches the goal; none where there is none, or none was found in time."""
        return self._choice(best(self._limits(self._fit.goal), np.zeros(self.size), time_limit))

    def _limits(self, least: float) -> Limits:
        whole = np.ones(self.size, dtype=np.int64)
        lowest, highest = np.zeros(self.size), np.ones(self.size)
        whole[self.reached], lowest[self.reached], highest[self.reached] = 0, least, self._fit.goal
        return Limits(self._rows, lowest, highest, whole)

    def _choice(self, answer: Answer) -> Choice:
        if answer.values is None:
            return Choice((), answer.is_proven)
        chosen = np.flatnonzero(answer.values[: len(self.tasks)] > 0.5)
        return Choice(tuple(chosen.tolist()), answer.is_proven)

    def over_tasks(self, by_task: Sequence[float], reached: float = 0.0) -> Vector:
        """An aim that counts this much for each chosen task, and for an hour up to the goal."""
        aim = np.zeros(self.size)
        aim[: len(by_task)] = by_task
        aim[self.reached] = reached
        return aim


def choose(
    fit: Fit,
    post_hours: Mapping[str, float],
    pay: float | None,
    rails: GuardRails,
    time_limit: float,
    extra: Sequence[Row] = (),
) -> Choice:
    """Find the best set of tasks; `time_limit` is in seconds, for all aims together.

    The aims stand in order in `AIMS`, each fixed before the next. A missing cost counts as `likely_cost`.
    `extra` are constraints beside the usual ones, over the positions of the tasks.
    """
    if not fit.tasks or fit.goal <= 0:
        return Choice((), optimal=True)
    programme = Programme(fit, post_hours, rails, extra)
    aims = [programme.over_tasks(values) for values in by_task(fit, pay) if any(values)]
    return programme.solve(aims, time_limit)


def by_task(fit: Fit, pay: float | None) -> tuple[list[float], list[float], list[float], list[float]]:
    """What each task adds to the aims after the first one of `AIMS`."""
    return (
        [task.hours * wished for task, wished in zip(fit.tasks, fit.wished, strict=True)],
        [_gain(task, pay) for task in fit.tasks],
        [task.hours * task.is_undone for task in fit.tasks],
        [-float(at) for at in range(1, len(fit.tasks) + 1)],
    )


def _gain(task: BankTask, pay: float | None) -> float:
    """Pounds a week that freeing the task gives: nothing where nobody does it now or no cost is known."""
    if task.is_undone or task.likely_cost is None:
        return 0.0
    return task.hours * (task.likely_cost - (pay or 0.0))
