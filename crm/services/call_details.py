"""What is told of an employer that is worth a call: for whom and why, warm links, and what to mind before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from crm.models.agreements import Agreement
from crm.models.contacts import AccountDates, ContactSeeker, EmployerContact
from crm.models.employers import Employer, RelationshipStage
from crm.models.users import Actor, User
from crm.models.vacancies import Vacancy, VacancyStatus
from crm.policy import Action
from crm.services import door_openers, skills
from crm.services.access import scoped
from crm.services.agreement_stages import shown_since, shown_stage
from crm.services.call_ground import NEVER_SIGNED
from crm.services.collisions import RECENT_DAYS
from crm.services.matching_inputs import rows_by, rows_of
from matching.calls import Fit, Journey
from matching.trades import Trade

SKILLS_SAID = 3
"""So many skills are named for each person, the most telling first."""


class Proposal(NamedTuple):
    """An employer worth a call: for whom, and in which trades it is."""

    employer_id: int
    pairs: tuple[tuple[int, Fit, Journey], ...]
    trades: tuple[Trade, ...]


@dataclass(frozen=True, slots=True)
class ForWhom:
    """One person for whose sake to call: the work that suits, their skills for it, the way there."""

    seeker_id: int
    name: str
    work: str
    is_own: bool
    skills: tuple[str, ...]
    wish: str | None
    minutes: int | None
    km: float | None
    was_met: date | None


@dataclass(frozen=True, slots=True)
class Pact:
    """An agreement that there is, or was, with an employer."""

    id: int
    kind: str
    stage: str
    since: date


@dataclass(frozen=True, slots=True)
class CallRow:
    """An employer worth a call, as lists and files tell it.

    Until `quiet_until` nobody but the owner calls; `single_contact` is whom everybody else goes through.
    """

    id: int
    name: str
    stage: RelationshipStage
    owner: str | None
    lead_source: str | None
    last_contact_on: date | None
    last_contact_by: str | None
    quiet_until: date | None
    quiet_why: str | None
    single_contact: str | None
    next_step_on: date | None
    spoke_lately: bool
    trades: tuple[str, ...]
    people: tuple[ForWhom, ...]
    pacts: tuple[Pact, ...]
    filled: tuple[str, ...]
    door_openers: int


def told(
    session: Session, page: Sequence[Proposal], names: Mapping[int, str], *, by: Actor, today: date
) -> list[CallRow]:
    """What is told of these employers, in their order, in a fixed number of queries.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    ids = [each.employer_id for each in page]
    facts = {row[0]: row for row in rows_of(session, _employers(session, ids, by, today))}
    pacts, filled, met = _pacts(session, ids), _filled(session, ids), _met(session, ids, list(names))
    opened = door_openers.opened(session, ids)
    labels = skills.labels(session, sorted({key for each in page for key in _concepts(each)}))
    return [
        CallRow(
            *facts[each.employer_id],
            trades=tuple(f"{trade.name} (SIC {trade.division})" for trade in each.trades),
            people=_people(each, names, labels, met),
            pacts=tuple(_pact(row, today) for row in pacts[each.employer_id]),
            filled=tuple(dict.fromkeys(row[1] for row in filled[each.employer_id])),
            door_openers=opened.get(each.employer_id, 0),
        )
        for each in page
        if each.employer_id in facts
    ]


def names(session: Session, ids: Sequence[int], *, by: Actor) -> list[tuple[int, str]]:
    """These employers by name, in order of name.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    query = sa.select(col(Employer.id), col(Employer.name)).where(col(Employer.id).in_(ids))
    query = scoped(session, query, Employer, by=by, action=Action.EMPLOYERS_READ)
    return [(key, name) for key, name in rows_of(session, query.order_by(col(Employer.name_key)))]


def _concepts(proposal: Proposal) -> list[str]:
    return [key for _, fit, _ in proposal.pairs for key in fit.held[:SKILLS_SAID]]


def _people(
    proposal: Proposal,
    names: Mapping[int, str],
    labels: Mapping[str, str],
    met: Mapping[tuple[int, int], date],
) -> tuple[ForWhom, ...]:
    """For whom, those who suit most first."""
    ordered = sorted(proposal.pairs, key=lambda pair: (-pair[1].strength, names[pair[0]], pair[0]))
    return tuple(
        ForWhom(
            key,
            names[key],
            fit.work.title,
            fit.work.is_own,
            tuple(labels[concept] for concept in fit.held[:SKILLS_SAID]),
            fit.wish,
            way.minutes,
            way.km,
            met.get((proposal.employer_id, key)),
        )
        for key, fit, way in ordered
    )


def _employers(session: Session, ids: Sequence[int], by: Actor, today: date) -> Any:
    owner, last, single = aliased(User), aliased(User), aliased(User)
    dates = AccountDates
    is_lately = col(dates.last_contact_on) >= today - timedelta(days=RECENT_DAYS)
    query = (
        sa.select(
            *(col(Employer.id), col(Employer.name), col(Employer.stage), col(owner.name)),
            *(col(Employer.lead_source), col(dates.last_contact_on), col(last.name)),
            sa.case((col(Employer.quiet_until) >= today, col(Employer.quiet_until))),
            col(Employer.quiet_why),
            sa.case((col(Employer.single_contact_id) == by.id, None), else_=col(single.name)),
            *(col(dates.next_step_on), sa.func.coalesce(is_lately, sa.false())),
        )
        .outerjoin(dates, col(dates.employer_id) == col(Employer.id))
        .outerjoin(owner, col(owner.id) == col(Employer.owner_id))
        .outerjoin(last, col(last.id) == col(dates.last_contact_by))
        .outerjoin(single, col(single.id) == col(Employer.single_contact_id))
        .where(col(Employer.id).in_(ids))
    )
    return scoped(session, query, Employer, by=by, action=Action.EMPLOYERS_READ)


def _pacts(session: Session, ids: Sequence[int]) -> defaultdict[int, list[Any]]:
    rows = Agreement
    query = (
        sa.select(
            *(col(rows.employer_id), col(rows.id), col(rows.kind), col(rows.stage), col(rows.stage_since)),
            col(rows.ends_on),
        )
        .where(
            col(rows.employer_id).in_(ids),
            col(rows.archived_at).is_(None),
            col(rows.stage).not_in(NEVER_SIGNED),
        )
        .order_by(col(rows.stage_since).desc(), col(rows.id))
    )
    return rows_by(session, query)


def _pact(row: Any, today: date) -> Pact:
    _, key, kind, stage, since, ends_on = row
    shown = shown_stage(stage, ends_on, today=today)
    return Pact(key, kind, shown, shown_since(stage, since, ends_on, today=today))


def _filled(session: Session, ids: Sequence[int]) -> defaultdict[int, list[Any]]:
    """The titles of the vacancies that were filled by one of our people."""
    query = sa.select(col(Vacancy.employer_id), col(Vacancy.title)).where(
        col(Vacancy.employer_id).in_(ids),
        col(Vacancy.archived_at).is_(None),
        col(Vacancy.status) == VacancyStatus.FILLED_BY_US,
    )
    return rows_by(session, query.order_by(col(Vacancy.id).desc()))


def _met(session: Session, ids: Sequence[int], seeker_ids: Sequence[int]) -> dict[tuple[int, int], date]:
    """When an employer was last spoken with on behalf of each of these people."""
    met = EmployerContact
    query = (
        sa.select(col(met.employer_id), col(ContactSeeker.seeker_id), sa.func.max(col(met.held_on)))
        .join(ContactSeeker, col(ContactSeeker.contact_id) == col(met.id))
        .where(
            col(met.employer_id).in_(ids),
            col(met.archived_at).is_(None),
            col(ContactSeeker.archived_at).is_(None),
            col(ContactSeeker.seeker_id).in_(seeker_ids),
        )
        .group_by(col(met.employer_id), col(ContactSeeker.seeker_id))
    )
    return {(row[0], row[1]): row[2] for row in rows_of(session, query)}
