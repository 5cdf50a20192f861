"""Where a contact belongs: the employer of the page one comes from, one found by name, or a mail's sender."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreements import Agreement
from crm.models.analyses import JobAnalysis
from crm.models.base import Record, folded
from crm.models.carves import JobCarve
from crm.models.contacts import EmployerContact
from crm.models.employers import Employer, EmployerPerson, EmployerSite
from crm.models.matches import MatchDecision
from crm.models.seekers import JobSeeker, SeekerStatus
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.readers.contact_mail import Mail
from crm.services.access import ensure, scoped
from crm.services.listing import contains

Chosen = sa.Select[*tuple[Any, ...]]

MOST = 20
_LATEST = 40
_FREE_MAIL = frozenset(
    {"gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.co.uk", "live.com"}
    | {"yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "btinternet.com", "sky.com"}
)
"""A domain of these says nothing about where somebody works."""

BELONGING: Mapping[str, tuple[type[Record], Action]] = {
    "employer": (Employer, Action.EMPLOYERS_READ),
    "site": (EmployerSite, Action.EMPLOYERS_READ),
    "person": (EmployerPerson, Action.EMPLOYERS_READ),
    "agreement": (Agreement, Action.AGREEMENTS_READ),
    "vacancy": (Vacancy, Action.VACANCIES_READ),
    "analysis": (JobAnalysis, Action.ANALYSES_READ),
    "carve": (JobCarve, Action.CARVES_READ),
    "contact": (EmployerContact, Action.CONTACTS_READ),
}
"""The kinds of record from which one can go on to log a contact with their employer."""


@dataclass(frozen=True, slots=True)
class Place:
    """An employer as it is offered to log a contact with."""

    id: int
    name: str
    stage: str


def employer_of(session: Session, kind: str, record_id: int, *, by: Actor) -> int | None:
    """The employer of a record, None when there is no such kind of record or no such record.

    Raises:
        NotAllowedError: the person may not see records of this kind.
    """
    if kind not in BELONGING:
        return None
    table, action = BELONGING[kind]
    ensure(session, by, action)
    row: Any = session.get(table, record_id)
    return None if row is None else row.id if table is Employer else row.employer_id


def suggest(session: Session, words: str, *, by: Actor) -> list[Place]:
    """The first employers whose name holds what was typed; if nothing was, those of one's latest contacts.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    query = _places(session, by)
    if not words.strip():
        return _latest(session, query, by)
    query = query.where(contains(Employer.name_key, words))
    begins = sa.case((col(Employer.name_key).startswith(folded(words), autoescape=True), 0), else_=1)
    found = query.order_by(begins, col(Employer.name_key), col(Employer.id)).limit(MOST)
    return [Place(*row) for row in session.connection().execute(found)]


def written_from(session: Session, mail: Mail, *, by: Actor) -> list[Place]:
    """The employers that a mail may come from: by its sender's address, then the domain, then the name.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    query = _places(session, by)
    for narrowed in _by_sender(mail):
        found = session.connection().execute(narrowed(query).order_by(col(Employer.id)).limit(MOST)).all()
        if found:
            return [Place(*row) for row in found]
    return []


def seekers_offered(
    session: Session, employer_id: int, *, by: Actor, also: Collection[int] = ()
) -> dict[int, str]:
    """Job seekers on whose behalf one may have got in touch: one's own and those decided on there first.

    Those of `also` are among them in any case, as far as the person may see them.

    Raises:
        NotAllowedError: the person may see no job seekers.
    """
    decided = (
        sa.select(col(MatchDecision.seeker_id))
        .join(Vacancy, col(Vacancy.id) == col(MatchDecision.vacancy_id))
        .where(col(Vacancy.employer_id) == employer_id)
    )
    near = sa.case(
        (col(JobSeeker.id).in_(also), -1),
        (col(JobSeeker.coach_id) == by.id, 0),
        (col(JobSeeker.id).in_(decided), 1),
        else_=2,
    )
    query = sa.select(col(JobSeeker.id), col(JobSeeker.preferred_name)).where(
        sa.or_(
            sa.and_(col(JobSeeker.archived_at).is_(None), col(JobSeeker.status) != SeekerStatus.EXITED),
            col(JobSeeker.id).in_(also),
        )
    )
    query = scoped(session, query, JobSeeker, by=by, action=Action.SEEKERS_READ)
    first = query.order_by(near, col(JobSeeker.name_key), col(JobSeeker.id)).limit(3 * MOST)
    found: Sequence[Any] = session.connection().execute(first).all()
    return {row[0]: row[1] for row in found}


def _places(session: Session, by: Actor) -> Chosen:
    query = sa.select(col(Employer.id), col(Employer.name), col(Employer.stage)).where(
        col(Employer.archived_at).is_(None)
    )
    return scoped(session, query, Employer, by=by, action=Action.EMPLOYERS_READ)


def _latest(session: Session, query: Chosen, by: Actor) -> list[Place]:
    latest = (
        sa.select(col(EmployerContact.id), col(EmployerContact.employer_id))
        .where(col(EmployerContact.held_by) == by.id, col(EmployerContact.archived_at).is_(None))
        .order_by(col(EmployerContact.held_on).desc(), col(EmployerContact.id).desc())
        .limit(_LATEST)
        .subquery()
    )
    joined = query.join(latest, latest.c.employer_id == col(Employer.id)).order_by(latest.c.id.desc())
    places = (Place(*row) for row in session.connection().execute(joined))
    return list({place.id: place for place in places}.values())[:MOST]


def _by_sender(mail: Mail) -> list[Callable[[Chosen], Chosen]]:
    person = col(EmployerPerson.email)
    ways: list[Callable[[Chosen], Chosen]] = []

    def with_person(held: sa.ColumnElement[bool]) -> Callable[[Chosen], Chosen]:
        return lambda query: query.where(
            col(Employer.id).in_(sa.select(col(EmployerPerson.employer_id)).where(held))
        )

    if mail.sender_email:
        ways.append(with_person(person == mail.sender_email))
    domain = mail.sender_email.partition("@")[2]
    if domain and domain not in _FREE_MAIL:
        ways.append(with_person(person.endswith(f"@{domain}", autoescape=True)))
        website = sa.func.lower(col(Employer.website))
        ways.append(lambda query: query.where(website.contains(domain, autoescape=True)))
    if mail.sender_name:
        name = mail.sender_name
        ways.append(lambda query: query.where(contains(Employer.name_key, name)))
    return ways
