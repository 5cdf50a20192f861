"""Runs as they are looked at: those of a vacancy, and one with everybody in the order of that day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from crm.errors import NotFoundError
from crm.models.matches import MatchDecision, MatchRun, RunScores
from crm.models.seekers import JobSeeker
from crm.models.users import Actor, User
from crm.models.weights import WeightsVersion
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, scoped
from crm.services.listing import Listing, how_many
from crm.services.run_scores import GROUP_NAMES as GROUP_NAMES
from crm.services.run_scores import MICRO, Scored, scores_in

FIRST_ROWS = 5
"""Rows of each group that are shown before anybody asks for more."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in a list: by whom it was looked at first, and under which version of the weights."""

    id: int
    at: datetime
    by: str
    weights: int | None
    engine: str
    people: int
    digest: str
    decisions: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """One person in a run, at their place of that day; `name` is None where it may not be seen today."""

    id: int
    place: int
    name: str | None
    low: float
    high: float

    @property
    def middle(self) -> float:
        """The middle of the band, which is the score where anything was known."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class RunGroup:
    """One of the three groups: how many people were in it, and the first of them."""

    group: str
    total: int
    rows: list[RunRow]


@dataclass(frozen=True, slots=True)
class RunLook:
    """One run as it was."""

    run: MatchRun
    line: RunLine
    groups: list[RunGroup]


def of_vacancy(session: Session, vacancy_id: int, *, offset: int, limit: int, by: Actor) -> Listing[RunLine]:
    """The runs of a vacancy that can be made again, the newest first.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    query = _lines().where(col(MatchRun.vacancy_id) == vacancy_id)
    query = scoped(session, query, MatchRun, by=by, action=Action.MATCHES_READ)
    found = session.exec(query.order_by(col(MatchRun.id).desc()).offset(offset).limit(limit)).all()
    return Listing([_line(session, *row) for row in found], how_many(session, query))


def look(session: Session, run_id: int, vacancy_id: int, *, shown: Mapping[str, int], by: Actor) -> RunLook:
    """One run of a vacancy with the first people of each group, in its own order; names are those of today.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such run of this vacancy, or its scores were not kept.
    """
    ensure(session, by, Action.MATCHES_READ)
    run = records.fetch(session, MatchRun, run_id, called="run")
    stored = session.get(RunScores, run_id)
    if stored is None or run.vacancy_id != vacancy_id:
        raise NotFoundError("No order of everybody is kept under this number. Choose a run from the list.")
    scored = scores_in(stored.content)
    places = {name: scored.in_group(number) for number, name in enumerate(GROUP_NAMES)}
    first = {name: [int(at) for at in found[: shown.get(name, FIRST_ROWS)]] for name, found in places.items()}
    names = _names(session, [int(scored.ids[at]) for each in first.values() for at in each], by)
    groups = [
        RunGroup(name, places[name].size, [_row(scored, at, rank, names) for rank, at in enumerate(each, 1)])
        for name, each in first.items()
    ]
    line = _line(session, *session.exec(_lines().where(col(MatchRun.id) == run_id)).one())
    return RunLook(run, line, groups)


def _row(scored: Scored, at: int, rank: int, names: Mapping[int, str]) -> RunRow:
    key = int(scored.ids[at])
    return RunRow(key, rank, names.get(key), scored.low[at] / MICRO, scored.high[at] / MICRO)


def _names(session: Session, ids: list[int], by: Actor) -> dict[int, str]:
    query = select(col(JobSeeker.id), col(JobSeeker.preferred_name)).where(col(JobSeeker.id).in_(ids))
    query = scoped(session, query, JobSeeker, by=by, action=Action.SEEKERS_READ)
    return {key: name for key, name in session.exec(query) if key is not None}


def _lines() -> Select[MatchRun, str, int]:
    return (
        select(MatchRun, col(User.name), col(WeightsVersion.number))
        .join(User, col(User.id) == col(MatchRun.created_by), isouter=True)
        .join(WeightsVersion, col(WeightsVersion.id) == col(MatchRun.weights_id), isouter=True)
        .where(col(MatchRun.as_of_input).is_not(None))
    )


def _line(session: Session, run: MatchRun, name: str | None, number: int | None) -> RunLine:
    decided = select(MatchDecision).where(MatchDecision.run_id == run.key)
    return RunLine(
        run.key,
        run.created_at,
        name or "the system",
        number,
        run.engine_version,
        run.compared,
        run.scores_digest or "",
        how_many(session, decided),
    )
