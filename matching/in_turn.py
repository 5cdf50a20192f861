"""An integer programme with several aims, solved exactly with HiGHS: one aim after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from matching.constraints import Row, Vector, as_matrix

_TOLERANCE = 1e-6
_SHORTEST = 0.001
_PROVEN = (0, 2)
"""SciPy's words for: nothing better exists, and: nothing exists."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What every answer keeps.

    Attributes:
        rows: The constraints.
        lowest: The least value of each variable.
        highest: The most of each.
        whole: 1 for each variable that is a whole number, 0 for the others.
    """

    rows: tuple[Row, ...]
    lowest: Vector
    highest: Vector
    whole: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answer:
    """The values of the variables, None where none were found; and whether nothing better exists for sure."""

    values: Vector | None
    is_proven: bool


def best(limits: Limits, aim: Vector, seconds: float, fixed: Sequence[Row] = ()) -> Answer:
    """Maximise one aim within the limits and these further rows."""
    matrix, most = as_matrix([*limits.rows, *fixed], len(aim))
    result = optimize.milp(
        -aim,
        integrality=limits.whole,
        bounds=optimize.Bounds(limits.lowest, limits.highest),
        constraints=optimize.LinearConstraint(matrix, -np.inf, most),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    values = None if result.x is None else np.asarray(result.x, dtype=np.float64)
    return Answer(values, result.status in _PROVEN)


def in_turn(
    limits: Limits, aims: Sequence[Vector], until: float, done: Callable[[int], None] | None = None
) -> Answer:
    """Maximise each aim in turn, giving up nothing reached before; `until` is a moment of the steady clock.

    What was found before the time ran out is kept. `done` hears how many aims are done.
    """
    fixed: list[Row] = []
    found = Answer(None, is_proven=True)
    for count, aim in enumerate(aims, start=1):
        answer = best(limits, aim, max(until - monotonic(), _SHORTEST), fixed)
        if answer.values is None:
            return Answer(found.values, answer.is_proven and found.values is None)
        if not answer.is_proven:
            return answer
        found = answer
        fixed.append(no_less(aim, float(aim @ answer.values)))
        if done is not None:
            done(count)
    return found


def no_less(aim: Vector, reached: float) -> Row:
    """The row that keeps what an aim has reached."""
    slack = _TOLERANCE * max(1.0, abs(reached))
    return {int(at): -float(aim[at]) for at in np.flatnonzero(aim)}, slack - reached
