"""What an employer is given on paper: what we agreed, their people as consented, whom to ring, the next date.

Nothing that staff wrote for themselves is in it: no notes, no stages, no other employers.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from crm.models.agreement_choices import AgreementKind
from crm.models.agreements import Agreement
from crm.models.consents import Purpose, SharedFact
from crm.models.employers import Employer
from crm.models.matches import Decision, MatchDecision
from crm.models.seekers import JobSeeker
from crm.models.users import Actor, User
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import consents, employers, service
from crm.services.access import ensure, may, scoped
from crm.services.agreement_reach import covering
from crm.services.agreement_stages import IN_FORCE, has_lapsed

FEWEST = 5
"""Fewer people than this are not even counted: a small number could point at somebody."""

_ON_PEOPLE = (Action.MATCHES_READ, Action.SEEKERS_READ, Action.CONSENTS_READ)


@dataclass(frozen=True, slots=True)
class WhoToRing:
    """A colleague as an employer reaches them."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Coming:
    """The next date that both sides have to keep: an agreement is looked at together, or ends."""

    on: date
    kind: AgreementKind
    is_end: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page for an employer. `others`: how many more people than are named; None for few or none."""

    service: str
    employer: Employer
    promises: list[Agreement]
    named: list[str]
    others: int | None
    to_ring: list[WhoToRing]
    coming: Coming | None


def sheet(session: Session, employer_id: int, *, by: Actor, today: date) -> Sheet:
    """The page for one employer, as of today.

    Raises:
        NotAllowedError: the person may not see employers.
        NotFoundError: there is none with this id.
    """
    employer = employers.find(session, employer_id, by=by)
    promises = _promises(session, employer_id, by=by, today=today)
    named, others = _people(session, employer_id, by=by, today=today)
    return Sheet(
        service.current(session, by=by).name,
        employer,
        promises,
        named,
        others if others >= FEWEST else None,
        _to_ring(session, employer, by=by),
        _coming(promises, today),
    )


def _coming(promises: list[Agreement], today: date) -> Coming | None:
    reviews = [Coming(row.review_on, row.kind, is_end=False) for row in promises if row.review_on]
    ends = [Coming(row.ends_on, row.kind, is_end=True) for row in promises if row.ends_on]
    ahead = [one for one in (*reviews, *ends) if one.on >= today]
    return min(ahead, key=lambda one: one.on, default=None)


def _promises(session: Session, employer_id: int, *, by: Actor, today: date) -> list[Agreement]:
    """What is in force; nothing for those who may see no agreements."""
    if not may(by, Action.AGREEMENTS_READ):
        return []
    query = sa.select(Agreement).where(
        covering(employer_id, today=today),
        col(Agreement.stage).in_(IN_FORCE),
        col(Agreement.archived_at).is_(None),
    )
    query = scoped(session, query, Agreement, by=by, action=Action.AGREEMENTS_READ)
    found = session.scalars(query.order_by(col(Agreement.starts_on), col(Agreement.id)))
    return [row for row in found if not has_lapsed(row.stage, row.ends_on, today=today)]


def _people(session: Session, employer_id: int, *, by: Actor, today: date) -> tuple[list[str], int]:
    """The names of those who agreed to it, and how many others there are.

    To stand on this page tells an employer somebody's name and that we support them: each needs its consent.
    """
    if not all(may(by, action) for action in _ON_PEOPLE):
        return [], 0
    query = sa.select(JobSeeker)
    query = query.where(
        col(JobSeeker.id).in_(_shortlisted(employer_id)), col(JobSeeker.archived_at).is_(None)
    )
    query = scoped(session, query, JobSeeker, by=by, action=Action.SEEKERS_READ)
    found = list(session.scalars(query.order_by(col(JobSeeker.name_key), col(JobSeeker.id))))
    named = [one for one in found if _agrees(session, one.key, employer_id, by=by, today=today)]
    return [one.preferred_name for one in named], len(found) - len(named)


def _agrees(session: Session, seeker_id: int, employer_id: int, *, by: Actor, today: date) -> bool:
    needed: tuple[tuple[Purpose, tuple[SharedFact, ...]], ...] = (
        (Purpose.SHARE_FACTS, (SharedFact.NAME,)),
        (Purpose.PUT_FORWARD, ()),
    )
    return all(
        consents.covers(session, seeker_id, purpose, employer_id, facts, on=today, by=by)
        for purpose, facts in needed
    )


def _shortlisted(employer_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Who is on a shortlist of this employer by the latest decision about them and the vacancy."""
    later = aliased(MatchDecision)
    is_latest = ~sa.exists().where(
        col(later.vacancy_id) == col(MatchDecision.vacancy_id),
        col(later.seeker_id) == col(MatchDecision.seeker_id),
        col(later.id) > col(MatchDecision.id),
        col(later.archived_at).is_(None),
    )
    return (
        sa.select(col(MatchDecision.seeker_id))
        .join(Vacancy, col(Vacancy.id) == col(MatchDecision.vacancy_id))
        .where(
            col(Vacancy.employer_id) == employer_id,
            col(Vacancy.archived_at).is_(None),
            col(MatchDecision.decision) == Decision.SHORTLIST,
            col(MatchDecision.archived_at).is_(None),
            is_latest,
        )
    )


def _to_ring(session: Session, employer: Employer, *, by: Actor) -> list[WhoToRing]:
    """The colleague through whom everybody goes, else the owners, without those who have left."""
    ensure(session, by, Action.USERS_READ)
    owners = (employer.owner_id, employer.second_owner_id)
    meant = (employer.single_contact_id,) if employer.single_contact_id else owners
    found = [session.get(User, key) for key in meant if key is not None]
    here = [user for user in found if user and not (user.archived_at or user.disabled_at)]
    return [WhoToRing(user.name, user.email) for user in here]
