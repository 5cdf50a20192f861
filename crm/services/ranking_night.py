"""The run over every vacancy in parts: begun once, gone on with by any worker, over when every part is kept.

Only what has changed since the run before is compared. Each part is kept in a transaction of its own, beside
the counts; the counts change in one transaction at the end, so that nothing is ever counted twice.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.base import utc_now
from crm.models.compared import Side
from crm.models.rankings import RankingInHand, RankingPart, RankingRun, SeekerCount, VacancyCount
from crm.models.users import Actor
from crm.policy import Action
from crm.services import compared, ranking_ground, ranking_runs, service, skills, suggesting
from crm.services.access import ensure
from crm.services.match_index import OPENINGS, PEOPLE, Progress, weights_of
from crm.services.ranking_everybody import ENGINE, GROUP_NAMES
from crm.services.ranking_ground import Ground
from crm.services.ranking_parts import Part, work_out
from crm.services.ranking_standing import noted_of_seeker, noted_of_vacancy
from crm.services.seeker_inputs import PeopleSource
from crm.services.suggesting import Found

MOST_AGAIN = 0.5
"""Where more than this share of all pairs has to be compared again, everybody is counted anew."""


@dataclass(frozen=True, slots=True)
class _MadeWith:
    """What has to be the same for counts to be mended: the engine, the weights and the words."""

    engine_version: str
    weights: dict[str, float]
    words: str

    def holds_for(self, row: RankingRun | RankingInHand) -> bool:
        return (row.engine_version, row.weights, row.words) == (self.engine_version, self.weights, self.words)


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that is over, and how many suggestions it made."""

    run: RankingRun
    suggested: int


def in_hand(session: Session, *, by: Actor) -> RankingInHand | None:
    """The run that has begun and is not over, if there is one.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    return session.exec(select(RankingInHand)).first()


def make_ready(session: Session, *, by: Actor, progress: Progress | None = None) -> None:
    """Have everybody and every open vacancy ready in this process, so that noting what has changed is quick.

    Raises:
        NotAllowedError: the person may not run matching.
        NotFoundError: the service has not been set up yet.
    """
    ensure(session, by, Action.MATCHES_RUN)
    house = service.current(session, by=by)
    for kept in (PEOPLE, OPENINGS):
        with kept.ready(session, house, progress):
            pass


def take_up(session: Session, *, by: Actor) -> RankingInHand:
    """Go on with the run in hand, or note what has changed and begin one.

    A run in hand that was begun with other weights, words or another engine is given up.

    Raises:
        NotAllowedError: the person may not run matching.
        NotFoundError: the service has not been set up yet.
    """
    ensure(session, by, Action.MATCHES_RUN)
    made_with = _made_with(session, by)
    found = session.exec(select(RankingInHand).with_for_update()).first()
    if found is not None and made_with.holds_for(found):
        return found
    if found is not None:
        _forget(session)
    # How the records stand is read before the records: a change in between shows as one.
    pulse, started_at = list(PeopleSource().pulse(session)), utc_now()
    until = compared.note_changes(session, by=by)
    base = _base(session)
    is_mended = base is not None and made_with.holds_for(base) and _can_be_mended(session, base, until, by)
    hand = RankingInHand(
        asked_by=by.id,
        started_at=started_at,
        **asdict(made_with),
        pulse=pulse,
        base_id=base.id if base else None,
        is_whole=not is_mended,
        until=until,
    )
    session.add(hand)
    session.flush()
    return hand


def _made_with(session: Session, by: Actor) -> _MadeWith:
    concepts = skills.vocabulary(session).values()
    told = hashlib.sha256()
    for concept in concepts:
        told.update(repr(concept).encode())
    return _MadeWith(ENGINE, asdict(weights_of(service.current(session, by=by))), told.hexdigest())


def _base(session: Session) -> RankingRun | None:
    """The last run over every vacancy, if it says what it compared."""
    whole = select(RankingRun).where(col(RankingRun.vacancy_id).is_(None))
    last = session.exec(whole.order_by(col(RankingRun.id).desc()).limit(1)).first()
    return last if last is not None and last.as_of_input is not None else None


def _can_be_mended(session: Session, base: RankingRun, until: int, by: Actor) -> bool:
    """Are all its counts there, and is not too much to be compared again?"""
    people = compared.changed_people(session, base.as_of_input or 0, until, by=by)
    jobs = compared.changed_jobs(session, base.as_of_input or 0, until, by=by)
    again = len(people) * base.vacancies + len(jobs) * max(base.people - len(people), 0)
    own = sa.select(sa.func.count()).select_from(SeekerCount).where(col(SeekerCount.run_id) == base.id)
    is_there = session.connection().execute(own).scalar_one() == base.people
    return is_there and again <= MOST_AGAIN * base.people * base.vacancies


def done(session: Session, *, by: Actor) -> frozenset[int]:
    """The numbers of the parts of the run in hand that are kept.

    Raises:
        NotAllowedError: the person may not run matching.
    """
    ensure(session, by, Action.MATCHES_RUN)
    return frozenset(session.connection().execute(sa.select(col(RankingPart.number))).scalars())


def keep_part(session: Session, hand: RankingInHand, number: int, part: Part, *, by: Actor) -> None:
    """Keep what a part found, unless another worker has kept it, or ended the run, meanwhile.

    Raises:
        NotAllowedError: the person may not run matching.
    """
    ensure(session, by, Action.MATCHES_RUN)
    if _is_still(session, hand) and session.get(RankingPart, (hand.id, number)) is None:
        session.add(RankingPart(hand_id=hand.id, number=number, found=part.written()))
        session.flush()


def finish(session: Session, hand: RankingInHand, ground: Ground, *, by: Actor, today: date) -> Ended | None:
    """Put the counts of all parts in the place of those before, and make the suggestions that follow.

    Returns None when another worker has ended the run meanwhile.

    Raises:
        NotAllowedError: the person may not run matching.
    """
    ensure(session, by, Action.MATCHES_RUN)
    if not _is_still(session, hand):
        return None
    found = _fold(session, hand)
    people = _standings(session, Side.SEEKER, hand, by)
    vacancies = _standings(session, Side.JOB, hand, by)
    run = _run_of(hand, ground, len(people), len(vacancies))
    session.add(run)
    session.flush()
    ranking_runs.replace(session, VacancyCount, _vacancy_rows(session, hand, run.key, vacancies, found))
    workable = _workable(session, hand, found)
    ranking_runs.replace(session, SeekerCount, _seeker_rows(run.key, people, workable))
    _forget(session)
    suggested = suggesting.make(session, Found(found.found, workable, run.key), by=by, today=today)
    return Ended(run, suggested)


def bring_to_end(session: Session, *, by: Actor, today: date) -> Ended | None:
    """Take up the run in hand, or begin one, and do all of it in one transaction: for a small service.

    Raises:
        NotAllowedError: the person may not run matching.
        NotFoundError: the service has not been set up yet.
    """
    hand = take_up(session, by=by)
    ground = ranking_ground.read(session, hand, by=by)
    for number in sorted(set(range(ground.parts)) - done(session, by=by)):
        keep_part(session, hand, number, work_out(ground, number), by=by)
    return finish(session, hand, ground, by=by, today=today)


def _is_still(session: Session, hand: RankingInHand) -> bool:
    """Is this run in hand, and not the next one? It is held until the transaction ends."""
    held = session.get(RankingInHand, hand.id, with_for_update=True, populate_existing=True)
    return held is not None and held.until == hand.until and held.started_at == hand.started_at


def _fold(session: Session, hand: RankingInHand) -> Part:
    whole = Part()
    parts = select(RankingPart).where(RankingPart.hand_id == hand.id).order_by(col(RankingPart.number))
    for row in session.exec(parts):
        whole.counts.update(_by_id(row.found["counts"]))
        whole.changes.update(_by_id(row.found["changes"]))
        whole.workable.update(_by_id(row.found["workable"]))
        for key, rows in _by_id(row.found["found"]).items():
            whole.found.setdefault(key, []).extend(rows)
    return whole


def _by_id(written: dict[str, Any]) -> dict[int, Any]:
    return {int(key): value for key, value in written.items()}


def _standings(session: Session, side: Side, hand: RankingInHand, by: Actor) -> dict[int, list[int]]:
    known = noted_of_seeker if side is Side.SEEKER else noted_of_vacancy
    found = compared.standings_as_of(session, side, hand.until, by=by)
    return {key: known(standing) for key, standing in found.items()}


def _run_of(hand: RankingInHand, ground: Ground, people: int, vacancies: int) -> RankingRun:
    return RankingRun(
        asked_by=hand.asked_by,
        started_at=hand.started_at,
        ended_at=utc_now(),
        engine_version=hand.engine_version,
        weights=hand.weights,
        words=hand.words,
        people=people,
        vacancies=vacancies,
        pulse=hand.pulse,
        as_of_input=hand.until,
        people_changed=None if hand.is_whole else len(ground.people_changed),
        vacancies_changed=None if hand.is_whole else len(ground.jobs_changed),
    )


def _vacancy_rows(
    session: Session, hand: RankingInHand, run_id: int, standings: dict[int, list[int]], found: Part
) -> list[dict[str, Any]]:
    """The new counts. A vacancy that was counted by a run of its own meanwhile keeps what that found."""
    rows: list[dict[str, Any]] = []
    counted = {row.vacancy_id: row for row in session.exec(select(VacancyCount))}
    for key, standing in standings.items():
        old = counted.get(key)
        own = {"vacancy_id": key, "run_id": run_id, "standing": standing}
        if key in found.counts:
            rows.append(own | _figures(found.counts[key]))
        elif old is not None:
            figures = [getattr(old, name) for name in GROUP_NAMES]
            if old.run_id == hand.base_id:
                changes = found.changes.get(key, [0] * len(figures))
                rows.append(own | _figures(sum(both) for both in zip(figures, changes, strict=True)))
            else:
                rows.append(old.model_dump())
    return rows


def _figures(counts: Iterable[int]) -> dict[str, int]:
    return dict(zip(GROUP_NAMES, counts, strict=True))


def _workable(session: Session, hand: RankingInHand, found: Part) -> Counter[int]:
    """How many vacancies are workable now for each person."""
    if hand.is_whole:
        return found.workable
    before = {row.seeker_id: row.workable_now for row in session.exec(select(SeekerCount))}
    total = Counter(before)
    total.update(found.workable)
    return total


def _seeker_rows(
    run_id: int, standings: dict[int, list[int]], workable: Counter[int]
) -> list[dict[str, Any]]:
    return [
        {"seeker_id": key, "run_id": run_id, "workable_now": workable[key], "standing": standing}
        for key, standing in standings.items()
    ]


def _forget(session: Session) -> None:
    for table in (RankingPart, RankingInHand):
        for row in session.exec(select(table)).all():
            session.delete(row)
        session.flush()
