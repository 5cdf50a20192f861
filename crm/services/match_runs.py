"""Runs: one row for each ranking of a vacancy that somebody looked at, whole enough to be made again.

Nothing is written while the inputs are those of the newest run. Runs are kept of open vacancies: of one that
is closed or archived nobody waits for an order.
"""

import hashlib
import json
from dataclasses import asdict
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.matches import MatchRun, RunScores
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services import (
    compared,
    compared_words,
    ranking_standing,
    records,
    run_scores,
    service,
    weights_versions,
)
from crm.services.access import ensure, may
from crm.services.compared import NotedForJob
from crm.services.compared_content import Noted
from crm.services.job_inputs import opening
from crm.services.match_index import PEOPLE, Ready
from crm.services.matching_inputs import Meanings
from crm.services.run_scores import Scored
from crm.services.seeker_inputs import Person
from matching import ENGINE_VERSION
from matching.concepts import Concepts
from matching.index import SeekerIndex
from matching.profiles import JobProfile
from matching.records import Job
from matching.weights import Weights

People = Ready[Person, SeekerIndex]
_AsOf = tuple[tuple[int, ...], list[int], int]
"""How people and the vacancy stood at a run, and the id of that run."""

_kept: WeakKeyDictionary[People, dict[int, _AsOf]] = WeakKeyDictionary()
"""As of when each vacancy's newest run stands, by the index that it was made with, as long as that lives."""


def is_due(session: Session, vacancy_id: int, *, by: Actor) -> bool:
    """May this person have a run kept, and may its inputs differ from those of the newest one?

    It costs no look at anybody's record: the index says as of when it stands, once it has been asked for.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such vacancy.
    """
    ensure(session, by, Action.MATCHES_READ)
    vacancy = records.fetch(session, Vacancy, vacancy_id, called="vacancy")
    if not may(by, Action.MATCHES_RUN, vacancy) or not _is_open(vacancy):
        return False
    people = PEOPLE.at_hand(session, service.current(session, by=by))
    seen = _kept.get(people, {}).get(vacancy_id) if people is not None else None
    if people is None or seen is None:
        return True
    last = newest(session, vacancy_id)
    return seen != (people.pulse, _standing(session, vacancy_id), last.key if last else None)


def keep(session: Session, vacancy_id: int, *, by: Actor) -> MatchRun:
    """The run of a vacancy as everything stands: the newest one, or one more if its inputs have changed.

    Raises:
        NotAllowedError: the person may not run matching, or the vacancy is archived.
        NotFoundError: there is no such vacancy, or the service has not been set up yet.
        RuleBrokenError: the vacancy is not open.
    """
    ensure(session, by, Action.MATCHES_RUN)
    compared.take_turn(session)
    vacancy = records.fetch(session, Vacancy, vacancy_id, called="vacancy")
    ensure(session, by, Action.MATCHES_RUN, vacancy)
    if not _is_open(vacancy):
        raise RuleBrokenError("This vacancy is closed, so no run of it is kept.")
    with PEOPLE.ready(session, service.current(session, by=by)) as people:
        own = Meanings(people.meanings.vocabulary)
        job, standing = opening(session, vacancy, own).record, _standing(session, vacancy_id)
        noted = compared.note_for_job(session, people, job, own.concepts, standing, by=by)
        run = _newest_or_next(session, vacancy_id, noted, people)
        _kept.setdefault(people, {})[vacancy_id] = (people.pulse, standing, run.key)
    return run


def newest(session: Session, vacancy_id: int) -> MatchRun | None:
    """The newest run of a vacancy that can be made again; whoever asks has asked whether it may be seen."""
    query = select(MatchRun).where(MatchRun.vacancy_id == vacancy_id, col(MatchRun.as_of_input).is_not(None))
    return session.exec(query.order_by(col(MatchRun.id).desc()).limit(1)).first()


def keeps_runs(vacancy: Vacancy) -> bool:
    """Are runs of this vacancy kept?"""
    return vacancy.archived_at is None and _is_open(vacancy)


def inputs_digest(engine: str, weights: Weights, words: str, job: str, people: dict[int, str]) -> str:
    """What tells whether a run would be made of the same: engine, weights, words, the job and everybody."""
    inputs = [engine, asdict(weights), words, job, sorted(people.items())]
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def profile_of(noted: Noted[Job], concepts: Concepts) -> JobProfile:
    """A job made ready from what was noted of it, with the concepts that its phrases had then."""
    noted.settle(concepts)
    return JobProfile.of(noted.record, concepts)


def _is_open(vacancy: Vacancy) -> bool:
    return vacancy.status in OPEN_STATUSES


def _standing(session: Session, vacancy_id: int) -> list[int]:
    query = sa.select(*ranking_standing.of_vacancy()).where(col(Vacancy.id) == vacancy_id)
    return list(session.connection().execute(query).one())


def _newest_or_next(session: Session, vacancy_id: int, noted: NotedForJob, people: People) -> MatchRun:
    words = people.meanings.vocabulary
    weights, packed_words = people.index.weights, compared_words.digest_of_words(words)
    digest = inputs_digest(ENGINE_VERSION, weights, packed_words, noted.job.digest, noted.people)
    last = newest(session, vacancy_id)
    if last is not None and last.inputs_digest == digest:
        return last
    ranking = people.index.rank(profile_of(noted.job, Concepts(words)))
    version = weights_versions.newest(session)
    row: dict[str, Any] = {
        "vacancy_id": vacancy_id,
        "engine_version": ENGINE_VERSION,
        "weights": asdict(weights),
        "weights_id": version.key if version else None,
        "inputs_digest": digest,
        "as_of_input": noted.note,
        "words_digest": compared_words.keep(session, words),
        "compared": len(ranking.ids),
    }
    bare = run_scores.plain(Scored.of(ranking))
    run = records.add(session, MatchRun(**row, scores_digest=run_scores.digest_of_scores(bare)))
    session.add(RunScores(run_id=run.key, content=run_scores.packed(bare)))
    session.flush()
    return run
