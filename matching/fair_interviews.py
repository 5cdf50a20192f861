"""All interviews of a period shared out at once: those with fewest chances so far get their best one first.

The rule of an agreement looks at one vacancy; this looks at all of them together, so that nobody takes two
interviews for which others had no second chance. It is a proposal: a person decides.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np
from scipy import optimize

from matching.constraints import Row, Vector, as_matrix

SECONDS = 10.0
"""The most time that all aims together may take."""


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """Somebody wants an interview for a vacancy.

    Attributes:
        seeker_id: The person.
        vacancy_id: The vacancy.
        points: How well it suits them, 0 to 100; compared in whole points.
        chances: For how many interviews they have been put forward so far; the same in all their wishes.
        wait_place: Their place by wait, 1 having waited longest; the same in all their wishes.
    """

    seeker_id: int
    vacancy_id: int
    points: float
    chances: int
    wait_place: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which wishes are met, in the order of person and vacancy; `optimal`: nothing better exists for sure."""

    met: tuple[Wish, ...]
    optimal: bool


def propose(
    wishes: Sequence[Wish], places: Mapping[int, int | None], *, seconds: float = SECONDS
) -> Proposal:
    """Share out the interviews; the same wishes in any order give the same proposal.

    Aims in order, each kept while the next is sought. For those with fewest chances, then those with one
    more, and so on: as many as can be have one interview, and these suit them as well as can be. Then all
    interviews: as many as can be given, to those whom they suit best, the longest wait before others.

    Args:
        wishes: Who wants which interview.
        places: How many interviews each vacancy has left; None for as many as are wanted.
        seconds: The most time it may take; what is found by then is given, and said not to be proven.
    """
    ordered = sorted(wishes)
    if not ordered:
        return Proposal((), optimal=True)
    return _Programme(ordered, places).solve(seconds)


class _Programme:
    """Variables, all 0 or 1: first each wish met (x), then each that is somebody's own one of these (y)."""

    def __init__(self, wishes: list[Wish], places: Mapping[int, int | None]) -> None:
        self._wishes, self._count = wishes, len(wishes)
        self._rows = [*self._inside(places), *self._one_each()]

    def solve(self, seconds: float) -> Proposal:
        """Seek each aim in turn, giving up nothing that was reached before."""
        until = monotonic() + seconds
        fixed: list[Row] = []
        values = np.zeros(2 * self._count)
        for aim in self._aims():
            result = self._best(aim, fixed, max(until - monotonic(), 0.001))
            values = values if result.x is None else np.rint(np.asarray(result.x, dtype=np.float64))
            if result.status != 0:
                return Proposal(self._met(values), optimal=False)
            # Every figure is whole, so half a point below what was reached is nothing given up.
            fixed.append(
                ({int(at): -float(aim[at]) for at in np.flatnonzero(aim)}, 0.5 - float(aim @ values))
            )
        return Proposal(self._met(values), optimal=True)

    def _met(self, values: Vector) -> tuple[Wish, ...]:
        return tuple(self._wishes[at] for at in np.flatnonzero(values[: self._count]).tolist())

    def _best(self, aim: Vector, fixed: list[Row], seconds: float) -> optimize.OptimizeResult:
        matrix, limits = as_matrix([*self._rows, *fixed], 2 * self._count)
        return optimize.milp(
            -aim,
            integrality=np.ones(2 * self._count, dtype=np.int64),
            bounds=optimize.Bounds(0, 1),
            constraints=optimize.LinearConstraint(matrix, -np.inf, limits),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )

    def _aims(self) -> Iterator[Vector]:
        points = [float(round(wish.points)) for wish in self._wishes]
        for chances in sorted({wish.chances for wish in self._wishes}):
            own = [float(wish.chances == chances) for wish in self._wishes]
            yield self._over(own=own)
            yield self._over(own=[value * each for value, each in zip(points, own, strict=True)])
        last = 1 + max(wish.wait_place for wish in self._wishes)
        yield self._over(met=[1.0] * self._count)
        yield self._over(met=points)
        yield self._over(met=[float(last - wish.wait_place) for wish in self._wishes])

    def _over(self, *, met: list[float] | None = None, own: list[float] | None = None) -> Vector:
        nothing = [0.0] * self._count
        return np.array((met or nothing) + (own or nothing))

    def _inside(self, places: Mapping[int, int | None]) -> Iterator[Row]:
        """No vacancy gives more interviews than it has."""
        for vacancy, wanted in _grouped([wish.vacancy_id for wish in self._wishes]).items():
            most = places[vacancy]
            yield dict.fromkeys(wanted, 1.0), float(len(wanted) if most is None else most)

    def _one_each(self) -> Iterator[Row]:
        """Somebody's own one is an interview that they get, and there is one of it."""
        for at in range(self._count):
            yield {at: -1.0, self._count + at: 1.0}, 0.0
        for wanted in _grouped([wish.seeker_id for wish in self._wishes]).values():
            yield {self._count + at: 1.0 for at in wanted}, 1.0


def _grouped(keys: list[int]) -> dict[int, list[int]]:
    places: defaultdict[int, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        places[key].append(at)
    return places
