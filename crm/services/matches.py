"""What a named person decided about a job seeker and a vacancy, stored with the comparison they looked at."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.matches import MatchDecision, MatchDecisionInput, MatchRun, SeekerView, SuggestionEnd
from crm.models.seekers import JobSeeker
from crm.models.users import Actor, User
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import (
    compared,
    match_runs,
    opened_matches,
    records,
    seeker_views,
    service,
    staff,
    suggestions,
)
from crm.services.access import ensure, scoped, shown
from crm.services.job_inputs import Opening, opening
from crm.services.match_index import PEOPLE, Progress, Ready, weights_of
from crm.services.opened_matches import Pair
from crm.services.seeker_inputs import Person, person
from crm.services.seeker_views import OwnViewInput
from matching import ENGINE_VERSION
from matching import compare as engine
from matching.evidence import TaskRow
from matching.index import SeekerIndex
from matching.match import Component, Match
from matching.match import Gap as EngineGap
from matching.records import Job, Slot
from matching.supports import SupportRow

Comparison = Match
"""The figures and reasons for one person and one job, as screens know them."""

Part = Component
"""One of the four parts of a comparison."""

Gap = EngineGap
"""What is short or not known, with the measure that closes it."""

Task = TaskRow
"""One task of the job, and how the person stands to its skills."""

Time = Slot
"""A time of the week, in minutes after midnight; what ends after midnight runs on into the next day."""

Support = SupportRow
"""One support need of the person beside what covers it."""

ReadyPeople = Ready[Person, SeekerIndex]
"""Everybody who looks for work, ready for comparing."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One person beside one vacancy: the figures, and a digest that tells whether their inputs change.

    `person` and `opening` are both sides as they were compared.
    """

    vacancy: Vacancy
    employer: str
    seeker: JobSeeker
    looks_for_work: bool
    is_further: bool
    match: Match
    compared: int
    digest: str
    person: Person
    opening: Opening


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision with the names that belong to it."""

    decision: MatchDecision
    title: str
    name: str
    by: str
    owner: str | None


def compare(
    session: Session, vacancy_id: int, seeker_id: int, *, by: Actor, progress: Progress | None = None
) -> Compared:
    """Compare one person with one vacancy, and say why.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such vacancy or job seeker.
    """
    ensure(session, by, Action.MATCHES_READ)
    vacancy = records.fetch(session, Vacancy, vacancy_id, called="vacancy")
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    house = service.current(session, by=by)
    with PEOPLE.ready(session, house, progress) as ready:
        weights = weights_of(house)
        one = person(session, seeker, ready.meanings)
        job = opening(session, vacancy, ready.meanings)
        match = engine.compare(one.record, job.record, weights=weights, vocabulary=ready.meanings.concepts)
        return Compared(
            vacancy=vacancy,
            employer=job.employer,
            seeker=shown(session, seeker, by=by, action=Action.SEEKERS_READ),
            looks_for_work=seeker_id in ready.known,
            is_further=_is_further(match, one),
            match=match,
            compared=len(ready.index),
            digest=_digest(one, job.record, asdict(weights)),
            person=one,
            opening=job,
        )


def _is_further(match: Match, one: Person) -> bool:
    """Is the journey known to be longer than the person wishes?"""
    most = one.record.travel.max_minutes
    return most is not None and match.travel_minutes is not None and match.travel_minutes > most


def _digest(one: Person, job: Job, weights: dict[str, float]) -> str:
    """Differs as soon as anything that goes into the comparison does; the same inputs give the same."""
    inputs = [ENGINE_VERSION, asdict(one.record), asdict(job), weights]
    return hashlib.sha256(json.dumps(inputs, sort_keys=True, default=str).encode()).hexdigest()


def decide(
    session: Session,
    vacancy_id: int,
    seeker_id: int,
    new: MatchDecisionInput,
    *,
    seen: str,
    by: Actor,
    today: date,
) -> MatchDecision:
    """Store a decision with its run and what was seen. An earlier decision stays in the history.

    Args:
        session: The transaction.
        vacancy_id: The vacancy.
        seeker_id: The person.
        new: The decision and what follows from it.
        seen: The digest of the comparison that was on the screen.
        by: Who decides.
        today: The date of the decision.

    Raises:
        NotAllowedError: the person may not decide about this job seeker, or has no name here; or the vacancy
            is archived.
        NotFoundError: there is no such vacancy or job seeker.
        RuleBrokenError: the person does not look for work, the comparison has changed since it was seen, the
            owner does not work here, or the date lies in the past.
    """
    ensure(session, by, Action.MATCHES_DECIDE)
    if by.id is None:
        raise NotAllowedError("A decision needs the name of a colleague: the system decides nothing.")
    compared.take_turn(session)
    vacancy = records.fetch_to_change(session, Vacancy, vacancy_id, called="vacancy")
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.MATCHES_DECIDE, seeker, is_beneath_archive=True)
    if vacancy.archived_at is not None:
        raise NotAllowedError("This vacancy is archived. It can be read, but not decided on.")
    _ensure_sensible(session, new, by, today)
    now = compare(session, vacancy_id, seeker_id, by=by)
    _ensure_as_seen(now, seen)
    run = _run_of(session, now, by)
    new = _with_their_view(session, new, vacancy_id, seeker_id, by=by, today=today)
    pair = Pair(vacancy_id, seeker_id, now.digest, seen_record(now.match))
    opened_matches.keep(session, pair, by=by, today=today)
    suggestions.end_of_pair(session, vacancy_id, seeker_id, SuggestionEnd.DECIDED, by=by, today=today)
    row = MatchDecision(
        **new.model_dump(),
        run_id=run.key,
        vacancy_id=vacancy_id,
        seeker_id=seeker_id,
        decided_on=today,
        decided_by=by.id,
        match_seen=pair.seen,
    )
    return records.add(session, row)


def _run_of(session: Session, now: Compared, by: Actor) -> MatchRun:
    """The run that a decision rests on: that of everybody, or of the pair alone where no runs are kept."""
    if match_runs.keeps_runs(now.vacancy):
        return match_runs.keep(session, now.vacancy.key, by=by)
    return _pair_run(session, now, by)


def _with_their_view(
    session: Session, new: MatchDecisionInput, vacancy_id: int, seeker_id: int, *, by: Actor, today: date
) -> MatchDecisionInput:
    """The person's own view: what the decision says of it is kept by itself too, else it takes that over."""
    row = opened_matches.of_pair(session, vacancy_id, seeker_id)
    known = row.seeker_view if row else SeekerView.NOT_ASKED
    if new.seeker_view is SeekerView.NOT_ASKED:
        return new.model_copy(update={"seeker_view": known})
    if new.seeker_view is not known:
        said = OwnViewInput(view=new.seeker_view)
        seeker_views.say(session, vacancy_id, seeker_id, said, by=by, today=today)
    return new


def _ensure_as_seen(now: Compared, seen: str) -> None:
    if not now.looks_for_work:
        raise RuleBrokenError(
            "This person does not look for work now: they are paused, exited, archived, or in work and "
            "content. Change their status first if that is not so any more."
        )
    if now.digest != seen:
        raise RuleBrokenError(
            "What is recorded of the person or the job has changed since you opened this page. "
            "Load the page again, look at the comparison, then decide. What you typed is kept."
        )


def _pair_run(session: Session, now: Compared, by: Actor) -> MatchRun:
    """What went into one comparison; of a vacancy that is closed no order of everybody is kept."""
    run = MatchRun(
        vacancy_id=now.vacancy.key,
        seeker_id=now.seeker.key,
        engine_version=ENGINE_VERSION,
        weights=asdict(weights_of(service.current(session, by=by))),
        inputs_digest=now.digest,
        compared=now.compared,
    )
    return records.add(session, run)


def _ensure_sensible(session: Session, new: MatchDecisionInput, by: Actor, today: date) -> None:
    if new.owner_id is not None and new.owner_id not in staff.names(session, by=by):
        raise RuleBrokenError("This owner does not work here (any more). Choose another.", field="owner_id")
    if new.due_on is not None and new.due_on < today:
        raise RuleBrokenError("The date lies in the past. Give one from today on.", field="due_on")


def seen_record(match: Match) -> dict[str, Any]:
    """A match as it is stored: the record of the contract, in plain JSON. It holds no name."""
    stored: dict[str, Any] = json.loads(json.dumps(match.record(0)))
    del stored["rank"]
    return stored


def decisions(
    session: Session,
    *,
    by: Actor,
    vacancy_id: int | None = None,
    seeker_id: int | None = None,
) -> list[Decided]:
    """The decisions about a vacancy, a person or both, the latest first.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    query = (
        select(MatchDecision, col(Vacancy.title), col(JobSeeker.preferred_name))
        .join(Vacancy, col(Vacancy.id) == col(MatchDecision.vacancy_id))
        .join(JobSeeker, col(JobSeeker.id) == col(MatchDecision.seeker_id))
        .order_by(col(MatchDecision.id).desc())
    )
    if vacancy_id is not None:
        query = query.where(MatchDecision.vacancy_id == vacancy_id)
    if seeker_id is not None:
        query = query.where(MatchDecision.seeker_id == seeker_id)
    query = scoped(session, query, MatchDecision, by=by, action=Action.MATCHES_READ)
    found = session.exec(query).all()
    ids = {key for row, _, _ in found for key in (row.decided_by, row.owner_id) if key is not None}
    names = {user.key: user.name for user in session.exec(select(User).where(col(User.id).in_(ids)))}
    return [
        Decided(row, title, name, names.get(row.decided_by or 0, "the system"), names.get(row.owner_id or 0))
        for row, title, name in found
    ]


def latest(session: Session, vacancy_id: int, seeker_ids: list[int]) -> dict[int, MatchDecision]:
    """The latest decision about each of these people for a vacancy. Lists ask whether it may be seen."""
    query = (
        select(MatchDecision)
        .where(MatchDecision.vacancy_id == vacancy_id, col(MatchDecision.seeker_id).in_(seeker_ids))
        .order_by(col(MatchDecision.id))
    )
    return {row.seeker_id: row for row in session.exec(query)}
