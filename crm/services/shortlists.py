"""Everybody for a vacancy, and every open vacancy for a person: ranked, grouped, nobody left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from crm.models.employers import Employer
from crm.models.matches import MatchDecision
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import matches, records, seekers, service
from crm.services.access import ensure
from crm.services.job_inputs import Opening, opening
from crm.services.match_index import OPENINGS, PEOPLE, Progress
from crm.services.matches import ReadyPeople
from crm.services.seeker_inputs import Person, person
from matching.match import Match
from matching.profiles import JobProfile
from matching.ranking import GROUPS, Ranking

FIRST_ROWS = 5
"""Rows of each group that are shown before anybody asks for more."""

_NEVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class ShortlistView:
    """How a shortlist is looked at: the order inside the groups, and how many rows of each are shown."""

    is_mine_first: bool = False
    is_longest_wait_first: bool = False
    shown: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class ShortlistRow:
    """One person for a vacancy; `is_further` when the journey is known to be longer than they wish."""

    person: Person
    match: Match
    is_mine: bool
    is_further: bool
    days_waiting: int | None
    decision: MatchDecision | None


@dataclass(frozen=True, slots=True)
class ShortlistGroup:
    """One of the three groups: how many people are in it, and the first of them."""

    group: str
    total: int
    rows: list[ShortlistRow]


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Everybody for a vacancy, in three groups."""

    total: int
    mine: int
    groups: list[ShortlistGroup]


@dataclass(frozen=True, slots=True)
class JobRow:
    """One open vacancy for a person; `is_further` when the journey is known to be longer than they wish."""

    opening: Opening
    match: Match
    is_further: bool


@dataclass(frozen=True, slots=True)
class JobList:
    """The open vacancies for a person: how many there are, and the first of them."""

    seeker: JobSeeker
    total: int
    rows: list[JobRow]


def vacancy_and_employer(session: Session, vacancy_id: int, *, by: Actor) -> tuple[Vacancy, Employer]:
    """What a shortlist is for.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such vacancy.
    """
    ensure(session, by, Action.MATCHES_READ)
    vacancy = records.fetch(session, Vacancy, vacancy_id, called="vacancy")
    return vacancy, records.fetch(session, Employer, vacancy.employer_id, called="employer")


def for_vacancy(
    session: Session,
    vacancy_id: int,
    view: ShortlistView,
    *,
    by: Actor,
    today: date,
    progress: Progress | None = None,
) -> Shortlist:
    """Compare everybody who looks for work with a vacancy. Only rows that are shown are explained.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such vacancy.
    """
    ensure(session, by, Action.MATCHES_READ)
    vacancy = records.fetch(session, Vacancy, vacancy_id, called="vacancy")
    with PEOPLE.ready(session, service.current(session, by=by), progress) as ready:
        job = opening(session, vacancy, ready.meanings)
        found = _Ranked.of(ready, ready.index.prepare([job.record])[0], by)
        order = found.ordered(view)
        chosen = {
            group.value: order[found.ranking.group[order] == number] for number, group in enumerate(GROUPS)
        }
        explained = {
            group: [found.explained(place) for place in places[: view.shown.get(group, FIRST_ROWS)]]
            for group, places in chosen.items()
        }
    ids = [each.id for rows in explained.values() for each, *_ in rows]
    decided = matches.latest(session, vacancy_id, ids)
    groups = [
        ShortlistGroup(
            group,
            chosen[group].size,
            [
                ShortlistRow(*row, seekers.days_waiting(row[0].referred_on, today), decided.get(row[0].id))
                for row in rows
            ],
        )
        for group, rows in explained.items()
    ]
    return Shortlist(len(found.ranking.ids), int(found.mine.sum()), groups)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Everybody ranked for one job; `mine` and `further` stand in the order of the ranking's ids."""

    ready: ReadyPeople
    profile: JobProfile
    ranking: Ranking
    mine: NDArray[np.bool_]
    further: NDArray[np.bool_]

    @classmethod
    def of(cls, ready: ReadyPeople, profile: JobProfile, by: Actor) -> "_Ranked":
        ranking = ready.index.rank(profile)
        coaches = (ready.known[int(each)].coach_id for each in ranking.ids)
        is_mine = (by.id is not None and coach == by.id for coach in coaches)
        mine = np.fromiter(is_mine, dtype=np.bool_, count=len(ranking.ids))
        return cls(ready, profile, ranking, mine, ready.index.is_beyond_limit(profile))

    def ordered(self, view: ShortlistView) -> NDArray[np.int64]:
        """Positions in the order of the view; each choice keeps the order before it where it says nothing."""
        order = self.ranking.order
        if view.is_longest_wait_first:
            since = (self.ready.known[int(each)].referred_on for each in self.ranking.ids)
            days = (day.toordinal() if day else _NEVER for day in since)
            waits = np.fromiter(days, dtype=np.int64, count=len(self.ranking.ids))
            order = order[np.argsort(waits[order], kind="stable")]
        if view.is_mine_first:
            order = order[np.argsort(~self.mine[order], kind="stable")]
        return order

    def explained(self, place: np.int64) -> tuple[Person, Match, bool, bool]:
        """Who stands at a position, with the whole comparison."""
        key = self.ranking.ids[place]
        match = self.ready.index.match(key, self.profile)
        return self.ready.known[int(key)], match, bool(self.mine[place]), bool(self.further[place])


def for_seeker(
    session: Session, seeker_id: int, *, shown: int, by: Actor, progress: Progress | None = None
) -> JobList:
    """Compare a person with every open vacancy, in the order that suits the person best.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such job seeker.
    """
    ensure(session, by, Action.MATCHES_READ)
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    with OPENINGS.ready(session, service.current(session, by=by), progress) as ready:
        profile = ready.index.prepare([person(session, seeker, ready.meanings).record])[0]
        ranking = ready.index.rank(profile)
        further = ready.index.is_beyond_limit(profile)
        first = [(ranking.ids[place], bool(further[place])) for place in map(int, ranking.first(shown))]
        rows = [
            JobRow(ready.known[int(key)], ready.index.match(key, profile), is_further)
            for key, is_further in first
        ]
    return JobList(seekers.find(session, seeker_id, by=by), len(ranking.ids), rows)
