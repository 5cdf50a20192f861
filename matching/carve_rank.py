"""Every person beside the job that each employer could build for them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from matching.carve import MOST_TASKS, TIME_LIMIT, carve_of, fit_of
from matching.carve_bank import Bank
from matching.carve_fit import Fit
from matching.carve_model import Carve, GuardRails
from matching.carve_solve import Choice, choose
from matching.concepts import Concepts
from matching.profiles import phrases_of_jobs, phrases_of_seekers
from matching.records import Job, Seeker
from matching.vocabulary import Vocabulary


def carve_rank(
    seekers: Sequence[Seeker],
    jobs: Iterable[Job],
    *,
    vocabulary: Vocabulary | Concepts,
    goal: float = 16.0,
    pay: float | None = None,
    rails: GuardRails | None = None,
    time_limit: float = TIME_LIMIT,
    progress: Callable[[int, int], None] | None = None,
) -> list[Carve]:
    """The best job for every person at every employer, nobody left out.

    Employers come in order of name (jobs without one are one employer); people in order of goal reached, then
    longest wait (not recorded last), then id. A person's carve does not depend on who else is in the list.
    `progress` hears how many of how many carves are done. The other parameters are as in `carve_for`.
    """
    concepts = Concepts.of(vocabulary)
    posts = list(jobs)
    concepts.learn(phrases_of_seekers(seekers) | phrases_of_jobs(posts))
    by_employer: defaultdict[str | None, list[Job]] = defaultdict(list)
    for job in posts:
        by_employer[job.employer].append(job)
    limits, found = rails or GuardRails(), list[Carve]()
    for employer in sorted(by_employer, key=lambda name: (name is None, name or "")):
        bank = Bank.of(by_employer[employer], concepts)
        solver = _Solver(bank, bank.going_rate if pay is None else pay, limits, time_limit)
        carves: list[tuple[Seeker, Carve]] = []
        for seeker in seekers:
            carves.append((seeker, solver.carve(seeker, goal, employer)))
            if progress is not None:
                progress(len(found) + len(carves), len(seekers) * len(by_employer))
        carves.sort(key=_order)
        found += [replace(carve, rank=rank) for rank, (_, carve) in enumerate(carves, start=1)]
    return found


def _order(row: tuple[Seeker, Carve]) -> tuple[bool, date, str]:
    seeker, carve = row
    is_reached = bool(carve.tasks) and carve.hours_short < 1e-6
    return not is_reached, seeker.waiting_since or date.max, seeker.id


class _Solver:
    """Solves each choice once: people who can do, want and wish the same get the same job."""

    def __init__(self, bank: Bank, rate: float | None, rails: GuardRails, time_limit: float) -> None:
        self._bank, self._rate, self._rails, self._time_limit = bank, rate, rails, time_limit
        self._known: dict[tuple[object, ...], Choice] = {}

    def carve(self, seeker: Seeker, goal: float, employer: str | None) -> Carve:
        own = fit_of(seeker, self._bank, goal)
        return carve_of(
            seeker,
            self._bank,
            own,
            self._choice(own),
            rate=self._rate,
            minimum_wage=None,
            rails=self._rails,
            employer=employer,
        )

    def _choice(self, own: Fit) -> Choice:
        if len(self._bank.tasks) > MOST_TASKS:
            return Choice((), optimal=False)
        key = (own.tasks, own.wished, own.goal, own.most)
        if key not in self._known:
            self._known[key] = choose(own, self._bank.post_hours, self._rate, self._rails, self._time_limit)
        return self._known[key]
