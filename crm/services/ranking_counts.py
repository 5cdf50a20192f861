"""What the last matching runs counted, for lists: as of when, and whether something has changed since.

A count tells no more than the shortlist that it stands for, and whoever may not see that sees no count.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.rankings import RankingRun, SeekerCount, VacancyCount
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services import ranking_standing, setup
from crm.services.access import ensure, scoped
from crm.services.match_index import weights_of
from crm.services.ranking_everybody import ENGINE
from crm.services.seeker_inputs import PeopleSource, is_live


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run over every open vacancy, and what has changed since it read the records.

    What had changed before it was all that it compared; None where it compared everybody.
    """

    id: int
    as_of: datetime
    people: int
    vacancies: int
    have_people_changed: bool
    has_matching_changed: bool
    people_changed: int | None = None
    vacancies_changed: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """People in each group for a vacancy, as of a moment; `has_changed` is about the vacancy alone."""

    workable_now: int
    with_measures: int
    design_a_job: int
    run_id: int
    as_of: datetime
    has_changed: bool


@dataclass(frozen=True, slots=True)
class WorkableNow:
    """Vacancies workable now for somebody, of how many; `has_changed` is about the person alone."""

    workable_now: int
    vacancies: int
    as_of: datetime
    has_changed: bool


def last_run(session: Session, *, by: Actor) -> LastRun | None:
    """The last run over every open vacancy; None while there was none.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: the service has not been set up yet.
    """
    ensure(session, by, Action.MATCHES_READ)
    whole = select(RankingRun).where(col(RankingRun.vacancy_id).is_(None))
    run = session.exec(whole.order_by(col(RankingRun.id).desc()).limit(1)).first()
    if run is None:
        return None
    weights = asdict(weights_of(setup.current(session)))
    return LastRun(
        run.key,
        run.started_at,
        run.people,
        run.vacancies,
        have_people_changed=list(PeopleSource().pulse(session)) != run.pulse,
        has_matching_changed=(run.engine_version, run.weights) != (ENGINE, weights),
        people_changed=run.people_changed,
        vacancies_changed=run.vacancies_changed,
    )


def of_vacancies(session: Session, vacancy_ids: Sequence[int], *, by: Actor) -> dict[int, Counts]:
    """The counts of those of these vacancies that are open and were compared, in one query.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    counted, now = VacancyCount, ranking_standing.of_vacancy()
    figures = (counted.workable_now, counted.with_measures, counted.design_a_job, counted.run_id)
    query = (
        sa.select(col(Vacancy.id), *map(col, figures), *_as_of(counted), *now)
        .join(Vacancy, col(Vacancy.id) == col(counted.vacancy_id))
        .join(RankingRun, col(RankingRun.id) == col(counted.run_id))
        .where(
            col(Vacancy.id).in_(vacancy_ids),
            col(Vacancy.archived_at).is_(None),
            col(Vacancy.status).in_(OPEN_STATUSES),
        )
    )
    query = scoped(session, query, Vacancy, by=by, action=Action.MATCHES_READ)
    rows: Sequence[Any] = session.connection().execute(query).all()
    return {row[0]: Counts(*row[1:6], has_changed=row[6] != list(row[7:])) for row in rows}


def of_seeker(session: Session, seeker_id: int, *, by: Actor) -> WorkableNow | None:
    """How many vacancies the last run found workable now for somebody who looks for work.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    counted, now = SeekerCount, ranking_standing.of_seeker()
    query = (
        sa.select(col(counted.workable_now), col(RankingRun.vacancies), *_as_of(counted), *now)
        .join(JobSeeker, col(JobSeeker.id) == col(counted.seeker_id))
        .join(RankingRun, col(RankingRun.id) == col(counted.run_id))
        .where(col(JobSeeker.id) == seeker_id, is_live())
    )
    query = scoped(session, query, JobSeeker, by=by, action=Action.MATCHES_READ)
    row = session.connection().execute(query).first()
    return None if row is None else WorkableNow(*row[:3], has_changed=row[3] != list(row[4:]))


def _as_of(counted: type[VacancyCount] | type[SeekerCount]) -> list[Any]:
    return [col(RankingRun.started_at), col(counted.standing)]
