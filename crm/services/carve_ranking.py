"""Everybody who looks for work in the order of the job that can be built for each, built page by page."""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from crm.models.carves import CarveWish
from crm.models.users import Actor
from crm.services.carve_ground import Built, Ground, lay
from matching.carve_rank import Ranking


class Ranked:
    """Everybody in order: who reaches their goal first, then the longest wait, nobody left out.

    The order needs no job to be built. Those of a page are built when it is shown, once each.
    """

    def __init__(self, ground: Ground, ranking: Ranking) -> None:
        self.ground, self._ranking = ground, ranking
        self._built: dict[int, Built] = {}

    @property
    def total(self) -> int:
        """How many people were compared."""
        return len(self._ranking.order)

    @property
    def reached(self) -> int:
        """For how many of them a job can be built that reaches their goal."""
        return self._ranking.reached

    def is_built(self, offset: int, limit: int) -> bool:
        """Are all jobs of this page built already?"""
        return all(place in self._built for place in range(self.total)[offset : offset + limit])

    def rows(
        self, offset: int, limit: int, *, progress: Callable[[int, int], None] | None = None
    ) -> list[Built]:
        """The jobs of one page; `progress` hears how many of them are built, an error it raises ends it."""
        places = range(self.total)[offset : offset + limit]
        for done, place in enumerate(places, start=1):
            if place not in self._built:
                self._built[place] = self.ground.built(self._ranking.carve(place))
            if progress is not None:
                progress(done, len(places))
        return [self._built[place] for place in places]


def rank(
    session: Session,
    employer_id: int,
    wish: CarveWish,
    *,
    by: Actor,
    today: date,
    progress: Callable[[int, int], None] | None = None,
) -> Ranked:
    """Put everybody in order for an employer; `progress` hears of how many, an error it raises ends it.

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is no such employer, or it is archived.
        RuleBrokenError: no job analysis was chosen, or one that is not this employer's.
    """
    ground = lay(session, employer_id, wish, by=by, today=today, progress=progress)
    ranking = Ranking(
        [one.record for one in ground.people.values()],
        ground.bank,
        goal=wish.goal,
        pay=wish.pay_hourly,
        minimum_wage=ground.minimum_wage,
        rails=ground.rails,
        employer=ground.employer.employer.name,
        progress=progress,
    )
    return Ranked(ground, ranking)
