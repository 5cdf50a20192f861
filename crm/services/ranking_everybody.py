"""Everybody compared with every open vacancy, or with one: read at one moment, then counted.

Comparing needs no database any more, and nothing but counts is kept of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlmodel import Session, col

from crm.models.base import utc_now
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services import ranking_standing, records, service
from crm.services.access import ensure
from crm.services.job_inputs import OpeningsSource, opening
from crm.services.match_index import KeptIndex, Progress, Ready, weights_of
from crm.services.matching_inputs import Meanings
from crm.services.seeker_inputs import PeopleSource, Person, is_live
from matching import ENGINE_VERSION
from matching.index import SeekerIndex
from matching.profiles import JobProfile
from matching.ranking import GROUPS
from matching.totals import Group
from matching.weights import Weights

ENGINE = ENGINE_VERSION
"""The version of the engine that compares."""

GROUP_NAMES = [group.value for group in GROUPS]
"""The groups in the order of their counts."""

_NOW = GROUPS.index(Group.WORKABLE_NOW)
_TOLD_EVERY = 10

Standings = dict[int, list[int]]
"""How records stood when they were read, by id."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everybody and the vacancies as they were at one moment, ready to be compared."""

    vacancy_id: int | None
    started_at: datetime
    weights: Weights
    people: Ready[Person, SeekerIndex]
    jobs: list[JobProfile]
    pulse: list[int]
    vacancies: Standings
    seekers: Standings


@dataclass(frozen=True, slots=True)
class Counted:
    """What was found: people in each group by vacancy, and vacancies workable now by person."""

    gathered: Gathered
    groups: dict[int, list[int]]
    workable_now: dict[int, int]


def gather(
    session: Session, *, vacancy_id: int | None = None, by: Actor, progress: Progress | None = None
) -> Gathered:
    """Read everybody and the vacancies. The index is the run's own, and goes with it.

    Raises:
        NotAllowedError: the person may not run matching.
        NotFoundError: there is no such vacancy, or the service has not been set up yet.
    """
    ensure(session, by, Action.MATCHES_RUN)
    started_at, house = utc_now(), service.current(session, by=by)
    wanted = _open() if vacancy_id is None else col(Vacancy.id) == vacancy_id
    # How the records stand is read before the records: a change in between shows as one.
    vacancies = _standings(session, Vacancy, ranking_standing.of_vacancy(), wanted)
    seekers = _standings(session, JobSeeker, ranking_standing.of_seeker(), is_live())
    source, pulse = PeopleSource(), list(PeopleSource().pulse(session))
    index = KeptIndex(source, _empty)
    with index.ready(session, house, progress) as people:
        posts = _profiles(session, people, vacancy_id)
    return Gathered(vacancy_id, started_at, weights_of(house), people, posts, pulse, vacancies, seekers)


def _empty(meanings: Meanings, weights: Weights) -> SeekerIndex:
    return SeekerIndex((), vocabulary=meanings.concepts, weights=weights)


def _open() -> sa.ColumnElement[bool]:
    return sa.and_(col(Vacancy.archived_at).is_(None), col(Vacancy.status).in_(OPEN_STATUSES))


def _standings(session: Session, table: Any, columns: list[Any], wanted: Any) -> Standings:
    query = sa.select(table.id, *columns).where(wanted)
    return {row[0]: list(row[1:]) for row in session.connection().execute(query)}


def _profiles(
    session: Session, people: Ready[Person, SeekerIndex], vacancy_id: int | None
) -> list[JobProfile]:
    if vacancy_id is not None:
        vacancy = records.fetch(session, Vacancy, vacancy_id, called="vacancy")
        return people.index.prepare([opening(session, vacancy, people.meanings).record])
    found = OpeningsSource().read(session, None, people.meanings)
    return people.index.prepare([one.record for one in found])


def count(gathered: Gathered, progress: Callable[[int, int], None]) -> Counted:
    """Compare everybody with each vacancy; nothing but counts is kept of a comparison."""
    index, total = gathered.people.index, len(gathered.jobs)
    groups: dict[int, list[int]] = {}
    ids: tuple[str, ...] = tuple(str(key) for key in gathered.people.known)
    workable: NDArray[np.int64] = np.zeros(len(ids), dtype=np.int64)
    for done, job in enumerate(gathered.jobs, start=1):
        ranking = index.rank(job)
        ids = ranking.ids
        groups[int(job.job.id)] = np.bincount(ranking.group, minlength=len(GROUPS)).tolist()
        workable += ranking.group == _NOW
        if done % _TOLD_EVERY == 0 or done == total:
            progress(done, total)
    return Counted(gathered, groups, dict(zip(map(int, ids), workable.tolist(), strict=True)))
