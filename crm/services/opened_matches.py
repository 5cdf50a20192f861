"""Pairs whose comparison somebody opened, asked the person about or decided on: one row each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, select

from crm.models.matches import JobMatch
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import compared, match_runs, records
from crm.services.access import ensure, may

NOT_OPENED = ""
"""The digest of a pair whose comparison nobody has opened yet: it is as no digest of a comparison is."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A person and a vacancy as they were compared: the digest of what went in, and the figures seen."""

    vacancy_id: int
    seeker_id: int
    digest: str
    seen: dict[str, Any]


def is_news(session: Session, pair: Pair, *, by: Actor) -> bool:
    """May this person's look be kept, and has nobody looked at the pair since its inputs changed?

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    row = of_pair(session, pair.vacancy_id, pair.seeker_id)
    if row is not None and row.inputs_digest == pair.digest:
        return False
    both = session.get(Vacancy, pair.vacancy_id), session.get(JobSeeker, pair.seeker_id)
    return all(one is not None and may(by, Action.MATCHES_RUN, one) for one in both)


def keep(session: Session, pair: Pair, *, by: Actor, today: date) -> JobMatch:
    """The row of a pair, written only where its inputs have changed.

    Raises:
        NotAllowedError: the person may not run matching.
    """
    ensure(session, by, Action.MATCHES_RUN)
    compared.take_turn(session)
    row = of_pair(session, pair.vacancy_id, pair.seeker_id)
    values: dict[str, Any] = {}
    if row is None or row.inputs_digest != pair.digest:
        run = match_runs.newest(session, pair.vacancy_id)
        values |= {"inputs_digest": pair.digest, "match_seen": pair.seen, "run_id": run.key if run else None}
        values |= {"opened_on": today, "opened_by": by.id}
    if row is None:
        return records.add(session, JobMatch(vacancy_id=pair.vacancy_id, seeker_id=pair.seeker_id, **values))
    return records.change(session, row, values, version=row.version) if values else row


def of_pair_to_change(
    session: Session, vacancy_id: int, seeker_id: int, *, by: Actor, today: date
) -> JobMatch:
    """The row of a pair, held until the transaction ends, made if it is missing.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    wanted = JobMatch.vacancy_id == vacancy_id, JobMatch.seeker_id == seeker_id
    found = session.exec(select(JobMatch).where(*wanted).with_for_update()).first()
    if found is not None:
        return found
    new = JobMatch(
        vacancy_id=vacancy_id,
        seeker_id=seeker_id,
        inputs_digest=NOT_OPENED,
        opened_on=today,
        opened_by=by.id,
    )
    return records.add(session, new)


def of_pair(session: Session, vacancy_id: int, seeker_id: int) -> JobMatch | None:
    """The row of a person and a vacancy, if anybody opened them; whoever asks has asked if it may be seen."""
    query = select(JobMatch).where(JobMatch.vacancy_id == vacancy_id, JobMatch.seeker_id == seeker_id)
    return session.exec(query).first()
