"""Matching runs: asked for, and what they counted stored in the place of what was counted before.

All of a run is stored in one transaction at its end. So one that is broken off leaves nothing, and is simply
begun again.
"""

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm.models.base import utc_now
from crm.models.jobs import LIVE, Job
from crm.models.rankings import RankingRun, SeekerCount, VacancyCount
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import jobs, records
from crm.services.access import ensure
from crm.services.ranking_everybody import ENGINE, GROUP_NAMES, Counted

EVERYBODY, ONE_VACANCY = "match_everybody", "match_one_vacancy"
"""The kinds of background work: for every open vacancy, and for the one that is named."""


def ask(session: Session, *, vacancy_id: int | None = None, by: Actor) -> Job:
    """Have everybody compared with all open vacancies, or with one. What waits or runs is not asked twice.

    Raises:
        NotAllowedError: the person may not run matching.
        NotFoundError: there is no such vacancy.
    """
    ensure(session, by, Action.MATCHES_RUN)
    if vacancy_id is not None:
        records.fetch(session, Vacancy, vacancy_id, called="vacancy")
    under_way = latest_job(session, vacancy_id=vacancy_id, by=by)
    if under_way is not None and under_way.state in LIVE:
        return under_way
    return jobs.ask(session, *_kind(vacancy_id), by=by)


def latest_job(session: Session, *, vacancy_id: int | None = None, by: Actor) -> Job | None:
    """The run that waits or goes on, else the one that ended last; None if there was none lately.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    return jobs.latest(session, *_kind(vacancy_id))


def _kind(vacancy_id: int | None) -> tuple[str, dict[str, Any]]:
    return (EVERYBODY, {}) if vacancy_id is None else (ONE_VACANCY, {"vacancy": vacancy_id})


def keep(session: Session, counted: Counted, *, by: Actor) -> RankingRun:
    """Store the run and what it counted, in the place of what was counted before.

    Raises:
        NotAllowedError: the person may not run matching.
    """
    ensure(session, by, Action.MATCHES_RUN)
    gathered = counted.gathered
    run = RankingRun(
        vacancy_id=gathered.vacancy_id,
        asked_by=by.id,
        started_at=gathered.started_at,
        ended_at=utc_now(),
        engine_version=ENGINE,
        weights=asdict(gathered.weights),
        people=len(gathered.people.known),
        vacancies=len(counted.groups),
        pulse=gathered.pulse,
    )
    session.add(run)
    session.flush()
    replace(session, VacancyCount, _vacancy_rows(counted, run.key), gathered.vacancy_id)
    if gathered.vacancy_id is None:
        replace(session, SeekerCount, _seeker_rows(counted, run.key), None)
    return run


def _vacancy_rows(counted: Counted, run_id: int) -> list[dict[str, Any]]:
    standings = counted.gathered.vacancies
    return [
        {
            "vacancy_id": key,
            "run_id": run_id,
            "standing": standings[key],
            **dict(zip(GROUP_NAMES, found, strict=True)),
        }
        for key, found in counted.groups.items()
        if key in standings
    ]


def _seeker_rows(counted: Counted, run_id: int) -> list[dict[str, Any]]:
    standings = counted.gathered.seekers
    return [
        {"seeker_id": key, "run_id": run_id, "workable_now": found, "standing": standings[key]}
        for key, found in counted.workable_now.items()
        if key in standings
    ]


def replace(session: Session, table: Any, rows: list[dict[str, Any]], vacancy_id: int | None = None) -> None:
    """Put counts in the place of those before, of one vacancy if it is named; who asks may run matching."""
    connection = session.connection()
    old = sa.delete(table)
    connection.execute(old if vacancy_id is None else old.where(table.vacancy_id == vacancy_id))
    if rows:
        connection.execute(sa.insert(table), rows)
