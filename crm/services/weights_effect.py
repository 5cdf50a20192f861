"""What other weights would change, worked out before they are saved: counts over open vacancies, no names.

The order compared is the one that a shortlist has when it is opened: inside each group by score in steps of
five points, then by wait.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from crm.models.service import WeightsInput
from crm.models.users import Actor
from crm.policy import Action
from crm.services import service
from crm.services.access import ensure
from crm.services.job_inputs import OpeningsSource
from crm.services.match_index import PEOPLE, Progress
from crm.services.shortlists import FIRST_ROWS
from matching.ranking import GROUPS, Ranking
from matching.weights import Weights

MOST_PAIRS = 4_000_000
"""So many pairs are compared at most; with more, as many vacancies are left out as it takes, evenly."""

STEPS = (1.0, 3.0, 10.0)
"""Where the bands of moves begin, in places."""

_TOLD_EVERY = 10
Order = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Effect:
    """What other weights would change.

    Attributes:
        people: Everybody who looks for work.
        vacancies: The open vacancies that were looked at.
        of_vacancies: How many are open; more than were looked at where a sample was taken.
        regrouped: Pairs that change their group.
        shortlists: Shortlists of which a group begins with other people, or in another order.
        moved_in: People who come into the first five of a group somewhere where they were not.
        moved_out: People who leave the first five of a group somewhere.
        rises: People whose mean place rises by at least 1, 3 and 10 places, each band without the next.
        falls: The same of those who fall.
        most_risen: The most places that anybody's mean place rises.
        most_fallen: The most places that anybody's mean place falls.
    """

    people: int
    vacancies: int
    of_vacancies: int
    regrouped: int
    shortlists: int
    moved_in: int
    moved_out: int
    rises: tuple[int, ...]
    falls: tuple[int, ...]
    most_risen: float
    most_fallen: float

    @property
    def is_sample(self) -> bool:
        """Were only some of the open vacancies looked at?"""
        return self.vacancies < self.of_vacancies


def effect(session: Session, wanted: WeightsInput, *, by: Actor, progress: Progress | None = None) -> Effect:
    """What these weights would change over everybody and the open vacancies. Nothing is written.

    Raises:
        NotAllowedError: the person may not change the service.
        NotFoundError: the service has not been set up yet.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    new = Weights(*(value for _, value in wanted))
    with PEOPLE.ready(session, service.current(session, by=by), progress) as ready:
        chosen, total = _chosen(session, len(ready.index))
        openings = OpeningsSource().read(session, chosen, ready.meanings)
        jobs = ready.index.prepare([one.record for one in openings])
        told = _Tally(len(ready.index))
        for done, job in enumerate(jobs, start=1):
            told.add(ready.index.rank(job), ready.index.rank(job, weights=new))
            if progress is not None and (done % _TOLD_EVERY == 0 or done == len(jobs)):
                progress(done, len(jobs))
    return told.effect(len(jobs), total)


def _chosen(session: Session, people: int) -> tuple[list[int], int]:
    """The vacancies to look at, evenly over all that are open, and how many are open."""
    every = sorted(OpeningsSource().versions(session))
    most = max(1, MOST_PAIRS // max(people, 1))
    if len(every) <= most:
        return every, len(every)
    return [every[place * len(every) // most] for place in range(most)], len(every)


@dataclass
class _Tally:
    """What is counted of one vacancy after another; people stand in the order of the ids of the index."""

    people: int
    regrouped: int = 0
    shortlists: int = 0
    ins: set[int] = field(default_factory=set[int])
    outs: set[int] = field(default_factory=set[int])
    jobs: int = 0

    def __post_init__(self) -> None:
        self.moves: NDArray[np.int64] = np.zeros(self.people, dtype=np.int64)

    def add(self, before: Ranking, after: Ranking) -> None:
        """Count one vacancy."""
        self.jobs += 1
        self.regrouped += int(np.count_nonzero(before.group != after.group))
        is_other = False
        for number in range(len(GROUPS)):
            first, second = (_of_group(each, number) for each in (before, after))
            places = np.arange(first.size)
            self.moves[first] += places
            self.moves[second] -= np.arange(second.size)
            top, now = first[:FIRST_ROWS].tolist(), second[:FIRST_ROWS].tolist()
            is_other = is_other or top != now
            self.ins |= set(now) - set(top)
            self.outs |= set(top) - set(now)
        self.shortlists += is_other

    def effect(self, vacancies: int, of_vacancies: int) -> Effect:
        """What was counted, in all."""
        mean = self.moves / max(self.jobs, 1)
        return Effect(
            people=self.people,
            vacancies=vacancies,
            of_vacancies=of_vacancies,
            regrouped=self.regrouped,
            shortlists=self.shortlists,
            moved_in=len(self.ins),
            moved_out=len(self.outs),
            rises=_in_bands(mean),
            falls=_in_bands(-mean),
            most_risen=abs(float(mean.max(initial=0.0))),
            most_fallen=abs(float(mean.min(initial=0.0))),
        )


def _of_group(ranking: Ranking, number: int) -> Order:
    return ranking.order[ranking.group[ranking.order] == number]


def _in_bands(moves: NDArray[np.float64]) -> tuple[int, ...]:
    reached = [int(np.count_nonzero(moves >= step)) for step in STEPS]
    return tuple(one - more for one, more in zip(reached, [*reached[1:], 0], strict=True))
