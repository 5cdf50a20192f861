"""The choice of tasks for several people: one after the other as a start, then as one integer programme."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from time import monotonic

import numpy as np

from matching.carve_bank import Bank, BankTask
from matching.carve_fit import Fit
from matching.carve_model import GuardRails
from matching.carve_rows import Places, rows_of
from matching.carve_solve import by_task, choose
from matching.constraints import Row, Vector
from matching.in_turn import Answer, Limits, in_turn

_NEAR = 1e-6

Chosen = tuple[tuple[int, ...], ...]
"""The positions of everybody's tasks among those that may be chosen for them."""


@dataclass(frozen=True, slots=True)
class Together:
    """What jobs are built from for several people: what may be chosen for each, and what holds for all."""

    fits: tuple[Fit, ...]
    bank: Bank
    pay: float | None
    rails: GuardRails

    def left(self, post: str) -> float:
        """Hours that a post can give."""
        return (1 - self.rails.keep) * self.bank.post_hours[post]

    def worth(self, chosen: Chosen) -> tuple[float, ...]:
        """The aims of `TEAM_AIMS` in their order, each as a number to maximise."""
        everybody = [_worth(own, picks, self.pay) for own, picks in zip(self.fits, chosen, strict=True)]
        places = {_key(task): at for at, task in enumerate(self.bank.tasks, start=1)}
        listed = sum(
            places[_key(own.tasks[at])] for own, picks in zip(self.fits, chosen, strict=True) for at in picks
        )
        return (*(round(sum(each), 6) for each in zip(*everybody, strict=True)), -float(listed))


def choose_together(
    together: Together, time_limit: float, done: Callable[[int], None]
) -> tuple[Chosen, bool]:
    """The best sets of tasks that share none, and whether nothing better exists for sure.

    `done` hears how many aims are done. When the time runs out, it is the better one of what was found and of
    what building one job after the other gives.
    """
    until = monotonic() + time_limit
    start = _one_after_another(together, until)
    programme = _Programme(together)
    answer = in_turn(programme.limits(), programme.aims(), until, done)
    if answer.values is None:
        return start, False
    found = programme.chosen(answer)
    if answer.is_proven:
        return found, True
    return max(start, found, key=together.worth), False


def _one_after_another(together: Together, until: float) -> Chosen:
    """The best job for each in turn, from what those before leave."""
    taken: list[BankTask] = []
    chosen: list[tuple[int, ...]] = []
    for own in together.fits:
        choice = choose(
            own,
            together.bank.post_hours,
            together.pay,
            together.rails,
            until - monotonic(),
            extra=list(_beside(own, taken, together)),
        )
        taken.extend(own.tasks[at] for at in choice.chosen)
        chosen.append(choice.chosen)
    return tuple(chosen)


def _beside(own: Fit, taken: Sequence[BankTask], together: Together) -> Iterator[Row]:
    """No task that is taken, and no more of any post than it has left to give."""
    keys = {_key(task) for task in taken}
    yield {at: 1.0 for at, task in enumerate(own.tasks) if _key(task) in keys}, 0.0
    for post in sorted({task.job_id for task in taken if task.has_post}):
        given = sum(task.hours for task in taken if task.job_id == post)
        row = {at: task.hours for at, task in enumerate(own.tasks) if task.job_id == post}
        yield row, max(together.left(post) - given, 0.0)


class _Programme:
    """A block of variables for each person (`carve_rows`), then whether each reaches their goal."""

    def __init__(self, together: Together) -> None:
        self._together = together
        self._places = [Places.of(own.tasks) for own in together.fits]
        *self._starts, self._goals = accumulate((places.size for places in self._places), initial=0)
        self.size = self._goals + len(together.fits)

    def limits(self) -> Limits:
        """Everybody's own rows, no task twice, and every post keeps its share over all jobs together."""
        whole = np.ones(self.size, dtype=np.int64)
        highest = np.ones(self.size)
        for own, places, start in self._blocks():
            whole[start + places.reached], highest[start + places.reached] = 0, own.goal
            if own.goal <= 0:
                highest[start : start + places.tasks] = 0.0
        return Limits((*self._own_rows(), *self._shared_rows()), np.zeros(self.size), highest, whole)

    def aims(self) -> list[Vector]:
        """The aims of `TEAM_AIMS` in their order."""
        place = {_key(task): -float(at) for at, task in enumerate(self._together.bank.tasks, start=1)}
        goals, hours = np.zeros(self.size), np.zeros(self.size)
        by_aim = [np.zeros(self.size) for _ in range(4)]
        goals[self._goals :] = 1.0
        for own, places, start in self._blocks():
            hours[start + places.reached] = 1.0
            *gains, _ = by_task(own, self._together.pay)
            for aim, values in zip(by_aim, (*gains, [place[_key(task)] for task in own.tasks]), strict=True):
                aim[start : start + places.tasks] = values
        return [aim for aim in (goals, hours, *by_aim) if aim.any()]

    def chosen(self, answer: Answer) -> Chosen:
        """The tasks of each."""
        values = np.zeros(self.size) if answer.values is None else answer.values
        return tuple(
            tuple(np.flatnonzero(values[start : start + places.tasks] > 0.5).tolist())
            for _, places, start in self._blocks()
        )

    def _blocks(self) -> Iterator[tuple[Fit, Places, int]]:
        return zip(self._together.fits, self._places, self._starts, strict=True)

    def _own_rows(self) -> Iterator[Row]:
        rails, post_hours = self._together.rails, self._together.bank.post_hours
        for person, (own, places, start) in enumerate(self._blocks()):
            for row, limit in rows_of(own, post_hours, rails, places):
                yield {start + at: value for at, value in row.items()}, limit
            yield {start + places.reached: -1.0, self._goals + person: own.goal}, 0.0

    def _shared_rows(self) -> Iterator[Row]:
        by_task: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        by_post: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for own, _, start in self._blocks():
            for at, task in enumerate(own.tasks, start=start):
                by_task[_key(task)].append(at)
                if task.has_post:
                    by_post[task.job_id][at] = task.hours
        yield from ((dict.fromkeys(places, 1.0), 1.0) for places in by_task.values())
        yield from ((row, self._together.left(post)) for post, row in by_post.items())


def _worth(own: Fit, picks: Sequence[int], pay: float | None) -> tuple[float, ...]:
    """What one person's tasks add to each aim but the last."""
    hours = min(own.goal, sum(own.tasks[at].hours for at in picks))
    *gains, _ = by_task(own, pay)
    return (float(hours >= own.goal - _NEAR), hours, *(sum(values[at] for at in picks) for values in gains))


def _key(task: BankTask) -> tuple[str, str]:
    return task.job_id, task.task_id
