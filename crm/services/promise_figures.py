"""What became of promises, in figures: per agreement, employer, site and period. No row is loaded for it.

Each figure is said once: how a promise counts in `crm.services.promises`, staying in work in
`crm.services.staying`, and the others in the classes below. What is not known is never counted as no.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import Given, Promise, SessionState, Standing
from crm.models.agreement_uses import AgreementUse, PromisedSession
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped
from crm.services.agreement_stages import IN_FORCE
from crm.services.day_gaps import days_between
from crm.services.medians import median_of
from crm.services.promise_counts import (
    FIELD_OF,
    Promised,
    PromiseFilter,
    Tally,
    counted_uses,
    meant,
    narrowed,
    one_if,
    total,
)
from crm.services.promises import Count, Honour
from crm.services.staying import StartFigures, starts_of

_SUMS = ("held", "fed_back", "feedback_due", "fed_back_in_time", "offers", "finished", "not_finished")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one kind of promise. `held`: given to so many people, owed to them or not.

    Feedback is due under agreements that say in how many days: once it was given, or those days are over.
    """

    tally: Tally = field(default_factory=Tally)
    held: int = 0
    fed_back: int = 0
    feedback_due: int = 0
    fed_back_in_time: int = 0
    offers: int = 0
    finished: int = 0
    not_finished: int = 0


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions of one kind. `past`: planned for a day that is over, and nobody has said what became of it.

    `places` are those of sessions that have begun; `without_places` of them do not say how many.
    """

    planned: int = 0
    past: int = 0
    held: int = 0
    cancelled_by_employer: int = 0
    cancelled_by_us: int = 0
    places: int = 0
    without_places: int = 0

    @property
    def honour(self) -> Honour:
        """Held ÷ (held + cancelled by the employer)."""
        return Honour(self.held, self.cancelled_by_employer, 0)


@dataclass(frozen=True, slots=True)
class PromiseFigures:
    """What became of the promises meant. `mock_a_year`: sessions promised by agreements in force; None: none.

    `median_days` lies between referral and interview; None where no interview was held.
    """

    outcomes: dict[Promised, Outcome]
    sessions: dict[Promise, Sessions]
    mock_a_year: int | None
    median_days: float | None
    work: StartFigures

    def of(self, *kinds: Promised) -> Outcome:
        """What became of these kinds together."""
        return together(self.outcomes.get(kind, Outcome()) for kind in kinds)

    def sessions_of(self, promise: Promise) -> Sessions:
        """The sessions of mock interviews, of training or of trials."""
        return self.sessions.get(promise, Sessions())

    @property
    def offers(self) -> int:
        """Jobs offered after whatever was promised."""
        return sum(outcome.offers for outcome in self.outcomes.values())

    @property
    def are_any(self) -> bool:
        """Is there anything at all to tell?"""
        return bool(self.outcomes or self.sessions)


def figures(session: Session, wanted: PromiseFilter, *, by: Actor, today: date) -> PromiseFigures:
    """What became of the promises meant.

    Raises:
        NotAllowedError: the person may not see agreements, promises or jobs started.
    """
    return PromiseFigures(
        outcomes(session, wanted, by=by, today=today),
        _sessions(session, wanted, by=by, today=today),
        _mock_a_year(session, wanted, by=by, today=today),
        _median_days(session, wanted, by=by),
        starts_of(session, wanted, by=by, today=today),
    )


def outcomes(session: Session, wanted: PromiseFilter, *, by: Actor, today: date) -> dict[Promised, Outcome]:
    """What became of each kind of promise of those meant; kinds that nobody was promised are left out.

    Raises:
        NotAllowedError: the person may not see promises.
    """
    found = counted_uses(session, wanted, by=by, today=today).subquery()
    sums = [sa.func.sum(found.c[name]) for name in _SUMS]
    query = sa.select(found.c.promised, found.c.told, sa.func.count(), *sums)
    told_of: dict[Promised, Outcome] = {}
    rows: Any = session.connection().execute(query.group_by(found.c.promised, found.c.told))
    for kind, told, number, *summed in rows:
        one = Outcome(Tally(**{FIELD_OF[Count(told)]: number}), *summed)
        told_of[Promised(kind)] = together((told_of.get(Promised(kind), Outcome()), one))
    return told_of


def together(some: Iterable[Outcome]) -> Outcome:
    """Some outcomes added up."""
    all_of = list(some)
    tally = {name: sum(getattr(one.tally, name) for one in all_of) for name in FIELD_OF.values()}
    return Outcome(Tally(**tally), *(sum(getattr(one, name) for one in all_of) for name in _SUMS))


def _sessions(session: Session, wanted: PromiseFilter, *, by: Actor, today: date) -> dict[Promise, Sessions]:
    it = PromisedSession
    state, places = col(it.state), col(it.places)
    is_planned = state == SessionState.PLANNED
    has_begun = sa.and_(state.in_((SessionState.PLANNED, SessionState.HELD)), col(it.starts_on) <= today)
    last = sa.func.coalesce(col(it.ends_on), col(it.starts_on))
    query = sa.select(
        col(it.promise),
        total(is_planned),
        total(sa.and_(is_planned, last < today)),
        *(total(state == each) for each in (SessionState.HELD, SessionState.CANCELLED_BY_EMPLOYER)),
        total(state == SessionState.CANCELLED_BY_US),
        sa.func.coalesce(sa.func.sum(sa.case((has_begun, places))), 0),
        total(sa.and_(has_begun, places.is_(None))),
    )
    query = query.join(Agreement, col(Agreement.id) == col(it.agreement_id))
    query = query.where(col(it.archived_at).is_(None), col(Agreement.archived_at).is_(None))
    query = query.where(*narrowed(it, col(it.starts_on), wanted)).group_by(col(it.promise))
    query = scoped(session, query, it, by=by, action=Action.AGREEMENTS_READ)
    rows: Any = session.connection().execute(query)
    return {promise: Sessions(*numbers) for promise, *numbers in rows}


def _mock_a_year(session: Session, wanted: PromiseFilter, *, by: Actor, today: date) -> int | None:
    """A clause is an agreement's: it belongs to whoever signed it, and to no site or period of its own."""
    ends = col(Agreement.ends_on)
    query = sa.select(sa.func.sum(col(Agreement.mock_sessions))).where(
        col(Agreement.archived_at).is_(None),
        col(Agreement.stage).in_(IN_FORCE),
        sa.or_(ends.is_(None), ends >= today),
    )
    if wanted.agreement_id is not None:
        query = query.where(col(Agreement.id) == wanted.agreement_id)
    if wanted.employer_id is not None:
        query = query.where(col(Agreement.employer_id) == wanted.employer_id)
    query = scoped(session, query, Agreement, by=by, action=Action.AGREEMENTS_READ)
    return session.connection().execute(query).scalar_one()


def _median_days(session: Session, wanted: PromiseFilter, *, by: Actor) -> float | None:
    """How many interviews took how many days: few rows. Many are given: their index helps little."""
    gap = days_between(col(AgreementUse.referred_on), col(AgreementUse.happens_on)).label("gap")
    query = sa.select(gap).where(
        col(AgreementUse.standing) == Standing.REFERRED,
        col(AgreementUse.promise) == Promise.INTERVIEW,
        one_if(col(AgreementUse.given) == Given.YES) == 1,
    )
    found = meant(session, query, wanted, by=by).subquery()
    grouped = sa.select(found.c.gap, sa.func.count()).group_by(found.c.gap).order_by(found.c.gap)
    rows: Any = session.connection().execute(grouped)
    return median_of([(gap, number) for gap, number in rows])
