"""Everybody for a vacancy, and every open vacancy for a person: ranked, grouped, nobody left out.

Whoever is known to live further away than they wish to travel follows below, grouped and counted alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from crm.models.employers import Employer
from crm.models.matches import MatchDecision
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import own_views, records, requirements, seekers, service
from crm.services.access import ensure
from crm.services.job_inputs import Opening, opening
from crm.services.match_index import OPENINGS, PEOPLE, Progress
from crm.services.own_views import OwnView, Pair, Said
from crm.services.ranked_people import FIRST_ROWS, RankedPeople, ShortlistView, section
from crm.services.requirements import Requirement
from crm.services.seeker_inputs import Person, person
from matching.match import Match


@dataclass(frozen=True, slots=True)
class ShortlistRow:
    """One person for a vacancy; `is_further` when the journey is known to be longer than they wish.

    `own_view` is what the person says of the job, `requirements` what they have to show for what it needs.
    """

    person: Person
    match: Match
    is_mine: bool
    is_further: bool
    days_waiting: int | None
    decision: MatchDecision | None
    own_view: OwnView | None
    requirements: list[Requirement]


@dataclass(frozen=True, slots=True)
class ShortlistGroup:
    """One of the three groups, of those within reach or further away: how many, and the first of them."""

    group: str
    is_further: bool
    total: int
    rows: list[ShortlistRow]

    @property
    def section(self) -> str:
        """What it is called where rows are asked for."""
        return section(self.group, is_further=self.is_further)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Everybody for a vacancy, in three groups; further away than they wish to travel below, alike."""

    total: int
    mine: int
    groups: list[ShortlistGroup]
    further: list[ShortlistGroup]


@dataclass(frozen=True, slots=True)
class JobRow:
    """One open vacancy for a person; `is_further` when the journey is known to be longer than they wish."""

    opening: Opening
    match: Match
    is_further: bool
    decision: MatchDecision | None
    own_view: OwnView | None
    requirements: list[Requirement]


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
        found = RankedPeople.of(ready, ready.index.prepare([job.record])[0], by)
        parts = [
            (group.value, is_further, places, [found.explained(place) for place in places[:shown]])
            for group, is_further, places in found.sections(view)
            for shown in (view.shown.get(section(group.value, is_further=is_further), FIRST_ROWS),)
        ]
    beside = _Beside.of(session, vacancy, [each.id for *_, rows in parts for each, *_ in rows], by, today)
    groups = [
        ShortlistGroup(group, is_further, places.size, [beside.row(*row) for row in rows])
        for group, is_further, places, rows in parts
    ]
    return Shortlist(
        len(found.ranking.ids),
        int(found.mine.sum()),
        [group for group in groups if not group.is_further],
        [group for group in groups if group.is_further],
    )


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the comparisons of the people who are shown, in three queries at most."""

    vacancy_id: int
    today: date
    said: Said
    requirements: Mapping[Pair, list[Requirement]]

    @classmethod
    def of(cls, session: Session, vacancy: Vacancy, ids: list[int], by: Actor, today: date) -> "_Beside":
        said = own_views.of_pairs(session, [vacancy.key], ids, by=by)
        needed = requirements.of_pairs(session, [vacancy], ids, by=by, today=today)
        return cls(vacancy.key, today, said, needed)

    def row(self, one: Person, match: Match, is_mine: bool, is_further: bool) -> ShortlistRow:
        pair = self.vacancy_id, one.id
        return ShortlistRow(
            one,
            match,
            is_mine,
            is_further,
            seekers.days_waiting(one.referred_on, self.today),
            self.said.decisions.get(pair),
            self.said.views.get(pair),
            self.requirements[pair],
        )


def for_seeker(
    session: Session,
    seeker_id: int,
    *,
    shown: int,
    by: Actor,
    today: date,
    progress: Progress | None = None,
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
        found = [
            (ready.known[int(key)], ready.index.match(key, profile), is_further) for key, is_further in first
        ]
    rows = _job_rows(session, seeker_id, found, by, today)
    return JobList(seekers.find(session, seeker_id, by=by), len(ranking.ids), rows)


def _job_rows(
    session: Session, seeker_id: int, found: Sequence[tuple[Opening, Match, bool]], by: Actor, today: date
) -> list[JobRow]:
    ids = [job.id for job, *_ in found]
    said = own_views.of_pairs(session, ids, [seeker_id], by=by)
    vacancies = session.exec(select(Vacancy).where(col(Vacancy.id).in_(ids))).all()
    needed = requirements.of_pairs(session, vacancies, [seeker_id], by=by, today=today)
    return [
        JobRow(
            job,
            match,
            is_further,
            said.decisions.get((job.id, seeker_id)),
            said.views.get((job.id, seeker_id)),
            needed[job.id, seeker_id],
        )
        for job, match, is_further in found
    ]
