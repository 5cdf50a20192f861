"""What is missing for a fair match of a person, in order of how much it widens the band of every comparison.

The engine itself says so, with the service's own weights: the person is compared with a typical vacancy, one
that asks what the newest open vacancies ask most and of which all is known, so that whatever is not known of
the pair is not known of the person. Each answer that is missing is weighed alone, with all the others given:
so far would the band narrow by it. It is worked out when asked for, in a fixed number of queries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy, VacancyCriterion
from crm.policy import Action
from crm.services import records, service, skills
from crm.services.access import ensure
from crm.services.fair_answers import ANSWERS, Ask, given, typical
from crm.services.match_index import weights_of
from crm.services.matching_inputs import Meanings, rows_of
from crm.services.seeker_inputs import person
from matching import compare as engine
from matching.match import Match
from matching.records import Job, Seeker
from matching.vocabulary import OWN
from matching.weights import Weights

NEWEST = 300
"""So many of the newest open vacancies say what a typical one asks."""

MOST_ASKED = 10
"""So many skills a typical vacancy asks."""

MOST_NAMED = 3

_ANYTHING = (f"{OWN}anything", "anything")
"""What is asked while no vacancy asks anything, and the person lists nothing."""


class Beside(StrEnum):
    """What no score rests on, though it is shown beside each."""

    HOME = "home"
    TRAVEL = "travel"
    SCALES = "scales"


@dataclass(frozen=True, slots=True)
class Missing:
    """One answer that is missing: by how many points of 100 it widens the band, and what to ask by name."""

    ask: Ask | Beside
    points: float
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FairMatch:
    """What is missing, what widens the band most coming first, and the known share of a fair comparison."""

    missing: list[Missing]
    known: float


def of_seeker(session: Session, seeker_id: int, *, by: Actor) -> FairMatch:
    """What is missing of one person.

    Raises:
        NotAllowedError: the person may not see matches, or not record what is missing.
        NotFoundError: there is no such job seeker, or the service has not been set up yet.
    """
    ensure(session, by, Action.MATCHES_READ)
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.SEEKERS_RECORD, seeker)
    meanings = Meanings(skills.vocabulary(session))
    record = person(session, seeker, meanings).record
    asked = [meanings.phrase(*each) for each in _most_asked(session)]
    own = [skill.name for skill in record.skills[:1]]
    job = typical(asked or own or [meanings.phrase(*_ANYTHING)])
    return weigh(record, job, weights_of(service.current(session, by=by)), meanings)


def _most_asked(session: Session) -> Sequence[tuple[str, str]]:
    """The concepts that the newest open vacancies ask most, with how one of them words it."""
    newest = (
        sa.select(col(Vacancy.id))
        .where(col(Vacancy.archived_at).is_(None), col(Vacancy.status).in_(OPEN_STATUSES))
        .order_by(col(Vacancy.id).desc())
        .limit(NEWEST)
    )
    concept, vacancies = (
        col(VacancyCriterion.concept_id),
        sa.func.count(sa.distinct(col(VacancyCriterion.vacancy_id))),
    )
    query = (
        sa.select(concept, sa.func.min(col(VacancyCriterion.text)))
        .where(col(VacancyCriterion.archived_at).is_(None), col(VacancyCriterion.vacancy_id).in_(newest))
        .group_by(concept)
        .order_by(vacancies.desc(), concept)
        .limit(MOST_ASKED)
    )
    return [(row[0], row[1]) for row in rows_of(session, query)]


def weigh(record: Seeker, job: Job, weights: Weights, meanings: Meanings) -> FairMatch:
    """Weigh each missing answer alone, all the others being given."""

    def match(one: Seeker) -> Match:
        return engine.compare(one, job, weights=weights, vocabulary=meanings.concepts)

    found: list[Missing] = []
    for ask in ANSWERS:
        alone = match(given(record, job, [other for other in ANSWERS if other is not ask]))
        points = alone.high - alone.low
        if points > 0:
            found.append(Missing(ask, points, _named(alone) if ask is Ask.SKILLS else ()))
    found.sort(key=lambda one: -one.points)
    beside = [Missing(what, 0.0) for what in Beside if _is_missing(what, record)]
    return FairMatch(found + beside, match(record).coverage)


def _named(alone: Match) -> tuple[str, ...]:
    """The skills of which nothing is known, those that count most first."""
    unknown = [row for row in alone.skill_rows if row.low != row.high and row.asked.concept != _ANYTHING[0]]
    unknown.sort(key=lambda row: (-row.weight * (row.high - row.low), row.asked.name))
    return tuple(row.asked.name for row in unknown[:MOST_NAMED])


def _is_missing(what: Beside, record: Seeker) -> bool:
    if what is Beside.HOME:
        return record.home.postcode is None
    if what is Beside.TRAVEL:
        return record.travel.mode is None or record.travel.max_minutes is None
    return not record.abilities
