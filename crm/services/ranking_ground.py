"""What a run over every vacancy compares: records as they were noted, and which of them have changed.

Everything is read at notes that never change again. So a run that was broken off is gone on with on the same
ground, by whichever worker, and its parts are the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlmodel import Session, col

from crm.models.matches import JobMatch, MatchDecision, MatchSuggestion, SeekerView
from crm.models.rankings import RankingInHand, RankingRun, VacancyCount
from crm.models.users import Actor
from crm.policy import Action
from crm.services import compared, skills
from crm.services.access import ensure
from crm.services.compared import Changed
from crm.services.compared_content import Noted
from crm.services.matching_inputs import rows_of
from matching.concepts import Concepts
from matching.index import SeekerIndex
from matching.profiles import JobProfile
from matching.records import Job, Seeker
from matching.weights import Weights

JOBS_IN_PART = 50
"""Vacancies in one part of a run: what is done twice at most when a run is broken off."""

Pair = tuple[int, int]
"""A person and a vacancy, by id."""


@dataclass(frozen=True, slots=True)
class JobNow:
    """A vacancy as the run compares it, and as it was; None where it is not, or was not, compared."""

    id: int
    before: JobProfile | None
    after: JobProfile | None
    has_changed: bool


@dataclass(frozen=True)
class Ground:
    """The records of a run: people who changed as they were and as they are, the others, and the vacancies.

    Attributes:
        is_whole: Whether everything is counted anew, and not only what has changed.
        was: The people who changed, as they were.
        now: The same people as they are, and those who came.
        others: Everybody else; nobody, where no vacancy has to be compared with them.
        jobs: Every vacancy in question, in the order of ids.
        counted_alone: Vacancies whose counts are not those of the last run: they are counted anew.
        people_changed: What has changed of people since the last run, by id.
        jobs_changed: The same of vacancies.
        passed_over: Pairs that are not suggested: decided on, refused by the person, or suggested before.
        is_first: Whether nothing was compared before.
    """

    is_whole: bool
    was: SeekerIndex
    now: SeekerIndex
    others: SeekerIndex
    jobs: list[JobNow]
    counted_alone: frozenset[int]
    people_changed: dict[int, Changed[Seeker]]
    jobs_changed: dict[int, Changed[Job]]
    passed_over: frozenset[Pair]
    is_first: bool

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """For each of `now` the place in `was`; the place after the last for those who were not there."""
        ids = self.was.ids[0]
        at = {key: place for place, key in enumerate(ids)}
        return np.fromiter((at.get(key, len(ids)) for key in self.now.ids[0]), dtype=np.int64)

    def is_counted_anew(self, job: JobNow) -> bool:
        """Is everybody compared with this vacancy, and not only those who changed?"""
        return self.is_whole or job.has_changed or job.id in self.counted_alone

    def passed_over_for(self, vacancy_id: int) -> list[int]:
        """The people to whom a vacancy is not suggested."""
        return self._passed_over_by_job.get(vacancy_id, [])

    @cached_property
    def _passed_over_by_job(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for seeker_id, vacancy_id in self.passed_over:
            found.setdefault(vacancy_id, []).append(seeker_id)
        return found

    @property
    def parts(self) -> int:
        """How many parts the run has; none where nothing has changed."""
        if not (self.is_whole or self.people_changed or self.jobs_changed or self.counted_alone):
            return 0
        return -(-len(self.jobs) // JOBS_IN_PART)

    def jobs_of(self, number: int) -> list[JobNow]:
        """The vacancies of a part, counted from 0."""
        return self.jobs[number * JOBS_IN_PART : (number + 1) * JOBS_IN_PART]


def read(session: Session, hand: RankingInHand, *, by: Actor) -> Ground:
    """Read what the run in hand compares.

    Raises:
        NotAllowedError: the person may not run matching.
    """
    ensure(session, by, Action.MATCHES_RUN)
    since = noted_before(session, hand)
    people = {one.record_id: one for one in compared.changed_people(session, since, hand.until, by=by)}
    jobs = {one.record_id: one for one in compared.changed_jobs(session, since, hand.until, by=by)}
    alone = _counted_alone(session, hand)
    concepts = Concepts(skills.vocabulary(session))
    weights = Weights(**hand.weights)

    def index(records: Iterable[Noted[Seeker]]) -> SeekerIndex:
        made = SeekerIndex((), vocabulary=concepts, weights=weights)
        for one in records:
            _settle(one, concepts)
            made.replace(one.record)
        return made

    everybody = compared.people_as_of(session, hand.until, by=by)
    is_wanted = hand.is_whole or bool(jobs) or bool(alone)
    others = (one for one in everybody if int(one.record.id) not in people) if is_wanted else ()
    return Ground(
        is_whole=hand.is_whole,
        was=index(one.before for one in people.values() if one.before),
        now=index(one.after for one in people.values() if one.after),
        others=index(others),
        jobs=_jobs(compared.jobs_as_of(session, hand.until, by=by), jobs, concepts),
        counted_alone=alone,
        people_changed=people,
        jobs_changed=jobs,
        passed_over=passed_over(session),
        is_first=since == 0,
    )


def noted_before(session: Session, hand: RankingInHand) -> int:
    """The note up to which the run before compared; 0 where there was none."""
    base = session.get(RankingRun, hand.base_id) if hand.base_id is not None else None
    return base.as_of_input or 0 if base is not None else 0


def _settle(one: Noted[Any], concepts: Concepts) -> None:
    """Take over what the phrases of a record meant when it was noted, until the next record is made ready."""
    for phrase, concept in one.concepts.items():
        concepts.settle(phrase, concept)


def _jobs(now: Iterable[Noted[Job]], changed: dict[int, Changed[Job]], concepts: Concepts) -> list[JobNow]:
    def profile(one: Noted[Job] | None) -> JobProfile | None:
        if one is None:
            return None
        _settle(one, concepts)
        return JobProfile.of(one.record, concepts)

    found = [JobNow(key, profile(one.before), profile(one.after), True) for key, one in changed.items()]
    for one in now:
        key = int(one.record.id)
        if key not in changed:
            same = profile(one)
            found.append(JobNow(key, same, same, False))
    return sorted(found, key=lambda job: job.id)


def _counted_alone(session: Session, hand: RankingInHand) -> frozenset[int]:
    """Vacancies that were counted by a run of their own since: what changed is not added to such counts."""
    if hand.is_whole:
        return frozenset()
    query = sa.select(col(VacancyCount.vacancy_id)).where(col(VacancyCount.run_id) != hand.base_id)
    return frozenset(session.connection().execute(query).scalars())


def passed_over(session: Session) -> frozenset[Pair]:
    """Pairs that are not suggested (any more); who asks may run matching."""
    said_no = col(JobMatch.seeker_view) == SeekerView.NO
    queries = (
        sa.select(col(MatchDecision.seeker_id), col(MatchDecision.vacancy_id)),
        sa.select(col(MatchSuggestion.seeker_id), col(MatchSuggestion.vacancy_id)),
        sa.select(col(JobMatch.seeker_id), col(JobMatch.vacancy_id)).where(said_no),
    )
    return frozenset((row[0], row[1]) for query in queries for row in rows_of(session, query))
