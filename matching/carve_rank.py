"""Every person beside the job that each employer could build for them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from matching.carve import TIME_LIMIT, carve_of, fit_of
from matching.carve_bank import MOST_TASKS, Bank
from matching.carve_fit import Fit
from matching.carve_model import Carve, GuardRails
from matching.carve_reach import Reach
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
    without_post: Collection[str] = frozenset(),
    top: int | None = None,
    time_limit: float = TIME_LIMIT,
    progress: Callable[[int, int], None] | None = None,
) -> list[Carve]:
    """The best job for every person at every employer, nobody left out.

    Employers come in order of name (jobs without one are one employer); people in order of goal reached, then
    longest wait (not recorded last), then id. A person's carve does not depend on who else is in the list.
    With `top` the first so many of each employer's list are built and returned: the same ones, sooner.
    `progress` hears how many of how many carves are done. `without_post` is as in `Bank.of`, the rest as in
    `carve_for`.
    """
    concepts = Concepts.of(vocabulary)
    posts = list(jobs)
    concepts.learn(phrases_of_seekers(seekers) | phrases_of_jobs(posts))
    by_employer: defaultdict[str | None, list[Job]] = defaultdict(list)
    for job in posts:
        by_employer[job.employer].append(job)
    limits, found = rails or GuardRails(), list[Carve]()
    for employer in sorted(by_employer, key=lambda name: (name is None, name or "")):
        bank = Bank.of(by_employer[employer], concepts, without_post=without_post)
        listed = Ranking(
            seekers, bank, goal=goal, pay=pay, rails=limits, employer=employer, time_limit=time_limit
        )
        shown = len(listed.order[:top])
        for place in range(shown):
            found.append(listed.carve(place))
            if progress is not None:
                progress(len(found), shown * len(by_employer))
    return found


def _order(seeker: Seeker, is_reached: bool) -> tuple[bool, date, str]:
    return not is_reached, seeker.waiting_since or date.max, seeker.id


def _fits(
    seekers: Sequence[Seeker], bank: Bank, goal: float, progress: Callable[[int, int], None] | None
) -> Iterator[Fit]:
    for done, seeker in enumerate(seekers, start=1):
        yield fit_of(seeker, bank, goal)
        if progress is not None:
            progress(done, len(seekers))


class Ranking:
    """One employer's list: the order of everybody is known at once, the job of each is built when asked for.

    Each question is solved once: people who can do, want and wish the same get the same job.
    """

    def __init__(
        self,
        seekers: Sequence[Seeker],
        bank: Bank,
        *,
        goal: float = 16.0,
        pay: float | None = None,
        minimum_wage: float | None = None,
        rails: GuardRails | None = None,
        employer: str | None = None,
        time_limit: float = TIME_LIMIT,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Put everybody in order; `progress` hears of how many it is known what suits, then what is reached.

        An error that `progress` raises ends the work. The rest is as in `carve_for`.
        """
        self._bank, self._rails, self._employer = bank, rails or GuardRails(), employer
        self._rate, self._time_limit = bank.going_rate if pay is None else pay, time_limit
        self._minimum_wage = minimum_wage
        self._reach = Reach(bank, self._rails, time_limit)
        self._choices: dict[tuple[object, ...], Choice] = {}
        fits = list(_fits(seekers, bank, goal, progress))
        reached = [False] * len(fits) if self._is_too_large else self._reach.can_reach(fits, progress)
        places = sorted(range(len(fits)), key=lambda at: _order(seekers[at], reached[at]))
        self._listed = [(seekers[at], fits[at]) for at in places]
        self.order = tuple(seekers[at] for at in places)
        self.reached = sum(reached)

    def carve(self, place: int) -> Carve:
        """The best job for the person at this place, from 0."""
        seeker, own = self._listed[place]
        found = carve_of(
            seeker,
            self._bank,
            own,
            self._choice(own),
            rate=self._rate,
            minimum_wage=self._minimum_wage,
            rails=self._rails,
            employer=self._employer,
        )
        return replace(found, rank=place + 1)

    @property
    def _is_too_large(self) -> bool:
        return len(self._bank.tasks) > MOST_TASKS

    def _choice(self, own: Fit) -> Choice:
        if self._is_too_large:
            return Choice((), optimal=False)
        key = (self._reach.question(own), own.wished)
        if key not in self._choices:
            self._choices[key] = choose(own, self._bank.post_hours, self._rate, self._rails, self._time_limit)
        return self._choices[key]
