"""Proposals of carved jobs to employers: as they would be now, given and frozen, and listed.

A proposal is about the work, and tells of nobody. Where a person has agreed to be put forward to this
employer and to what it is told, a page about them can be given with it: it is kept as every such page is,
can be recalled, and is left out of the proposal once it does not hold any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from pydantic_core import to_jsonable_python
from sqlmodel import Session, col, select

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.carve_proposals import ProposalDays, ProposalInput
from crm.models.carve_stages import CarveProposal
from crm.models.carves import JobCarve
from crm.models.employers import EmployerPerson, EmployerSite
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import (
    carve_cases,
    carve_figures,
    carve_rails,
    carves,
    employers,
    proposal_people,
    records,
    service,
)
from crm.services.access import ensure
from crm.services.agreement_versions import digest_of
from crm.services.belonging import ensure_of_employer, live_employer
from crm.services.proposal_content import Content
from crm.services.proposal_stops import missing, naming
from crm.services.proposal_words import Proposed, Taken, content_of


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal that was given, as lists show it."""

    proposal: CarveProposal
    given_to: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal as it would be now, and what keeps it from being given, a sentence each.

    While what was typed for it names somebody (`naming`), it is not taken away either.
    """

    content: Content
    missing: Sequence[str]
    naming: str | None


def draft(session: Session, carve_id: int, days: ProposalDays, *, by: Actor, today: date) -> Draft:
    """The proposal as it would be given now; nothing is stored.

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is no such carved job.
    """
    ensure(session, by, Action.CARVES_READ)
    carve = carves.find(session, carve_id, by=by)
    found = _proposed(session, carve, days, by=by)
    broken = carve_rails.broken(session, carve, by=by)
    return Draft(content_of(found), missing(found, broken, today=today), naming(found, _name(session, carve)))


def give(session: Session, carve_id: int, new: ProposalInput, *, by: Actor, today: date) -> CarveProposal:
    """Record that somebody at the employer is given the proposal today, in these words, for good.

    Raises:
        ConsentNeededError: the person has not agreed to be put forward here, or to all that it tells.
        NotAllowedError: the person may not record carved jobs, or this one is archived.
        NotFoundError: there is no such carved job, or its employer is archived.
        RuleBrokenError: something is missing, it names somebody, or goes to nobody at this employer.
    """
    ensure(session, by, Action.CARVES_RECORD)
    carve = records.fetch_to_change(session, JobCarve, carve_id, called="carved job")
    ensure(session, by, Action.CARVES_RECORD, carve)
    live_employer(session, carve.employer_id)
    contact = _contact(session, carve, new)
    found = draft(session, carve_id, new, by=by, today=today)
    if found.missing:
        raise RuleBrokenError(f"The proposal cannot be given yet. {' '.join(found.missing)}")
    if found.naming:
        raise RuleBrokenError(found.naming)
    sheet = proposal_people.tell(session, carve, contact, new, by=by, today=today) if new.facts else None
    content = to_jsonable_python(found.content.as_json())
    made = CarveProposal(
        carve_id=carve.key,
        number=_last_number(session, carve) + 1,
        made_on=today,
        given_to_id=contact.key,
        share_sheet_id=sheet.key if sheet else None,
        content=content,
        digest=digest_of(content),
    )
    return records.add(session, made)


def find(session: Session, carve_id: int, number: int, *, by: Actor) -> CarveProposal:
    """One proposal that was given, by its number.

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is no such carved job, or no such proposal of it.
    """
    ensure(session, by, Action.CARVES_READ)
    wanted = CarveProposal.carve_id == carve_id, CarveProposal.number == number
    found = session.exec(select(CarveProposal).where(*wanted)).first()
    if found is None:
        raise NotFoundError("There is no such proposal of this job.")
    return found


def of_carve(session: Session, carve_id: int, *, by: Actor) -> list[ProposalRow]:
    """The proposals of a carved job that were given, the latest first.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    query = (
        select(CarveProposal, EmployerPerson.name)
        .join(EmployerPerson, col(EmployerPerson.id) == col(CarveProposal.given_to_id), isouter=True)
        .where(CarveProposal.carve_id == carve_id)
        .order_by(col(CarveProposal.number).desc())
    )
    return [ProposalRow(row, name) for row, name in session.exec(query)]


def is_whole(proposal: CarveProposal) -> bool:
    """Are the words of a proposal those that were given?"""
    return digest_of(proposal.content) == proposal.digest


def _contact(session: Session, carve: JobCarve, new: ProposalInput) -> EmployerPerson:
    if new.given_to_id is None:
        raise RuleBrokenError("Choose who at the employer is given it.", field="given_to_id")
    where = {"field": "given_to_id", "called": "person"}
    ensure_of_employer(session, EmployerPerson, new.given_to_id, carve.employer_id, **where)
    return records.fetch(session, EmployerPerson, new.given_to_id, called="person")


def _name(session: Session, carve: JobCarve) -> str | None:
    seeker = session.get(JobSeeker, carve.seeker_id) if carve.seeker_id is not None else None
    return seeker.preferred_name if seeker else None


def _last_number(session: Session, carve: JobCarve) -> int:
    last = sa.select(sa.func.max(col(CarveProposal.number))).where(col(CarveProposal.carve_id) == carve.key)
    return session.connection().execute(last).scalar() or 0


def _proposed(session: Session, carve: JobCarve, days: ProposalDays, *, by: Actor) -> Proposed:
    site = session.get(EmployerSite, carve.site_id) if carve.site_id is not None else None
    return Proposed(
        service=service.current(session, by=by).name,
        employer=employers.find(session, carve.employer_id, by=by).name,
        site=site.label if site else None,
        carve=carve,
        case=carve_cases.find(session, carve.key, by=by),
        figures=carve_figures.figures(session, carve, by=by),
        taken=[Taken(*row) for row in carves.tasks(session, carve.key, by=by)],
        days=days,
    )
