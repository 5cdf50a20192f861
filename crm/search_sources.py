"""What each kind of record is found by, read from the records in a few queries for many of them at once."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from crm.models import search_text
from crm.models.agreements import Agreement
from crm.models.base import Record
from crm.models.employers import Employer, EmployerPerson, EmployerSite
from crm.models.search import EntryKind
from crm.models.seekers import JobSeeker
from crm.models.vacancies import Vacancy


@dataclass(frozen=True, slots=True)
class Findable:
    """One record as it is found: what is shown, its words, and its numbers and addresses."""

    record_id: int
    opens_id: int
    title: str
    detail: str
    is_archived: bool
    words: frozenset[str]
    codes: frozenset[str] = frozenset()


Read = Callable[[sa.Connection, Sequence[int]], list[Findable]]


def _employers(connection: sa.Connection, ids: Sequence[int]) -> list[Findable]:
    query = _of(Employer, ids, Employer.name, Employer.trading_name, Employer.company_number)
    postcodes = _postcodes(connection, ids)
    return [
        Findable(
            key,
            key,
            name,
            ", ".join(filter(None, [trading_name, *postcodes[key][:1]])),
            is_archived,
            _words(name, trading_name),
            _numbers(number, postcodes[key]),
        )
        for key, is_archived, name, trading_name, number in connection.execute(query)
    ]


def _numbers(company_number: str | None, postcodes: Sequence[str]) -> frozenset[str]:
    codes = search_text.company_codes(company_number) if company_number else set[str]()
    return frozenset(codes.union(*map(search_text.postcode_codes, postcodes)))


def _postcodes(connection: sa.Connection, ids: Sequence[int]) -> defaultdict[int, list[str]]:
    query = sa.select(col(EmployerSite.employer_id), col(EmployerSite.postcode)).where(
        col(EmployerSite.employer_id).in_(ids),
        col(EmployerSite.postcode).is_not(None),
        col(EmployerSite.archived_at).is_(None),
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for employer_id, postcode in connection.execute(query.order_by(col(EmployerSite.id))):
        found[employer_id].append(str(postcode))
    return found


def _people(connection: sa.Connection, ids: Sequence[int]) -> list[Findable]:
    person = EmployerPerson
    query = _of(person, ids, person.employer_id, person.name, person.job_title, person.email, person.phone)
    return [
        Findable(
            key,
            employer_id,
            name,
            ", ".join(filter(None, [job_title, employer])),
            is_archived,
            _words(name, employer),
            _reached_at(email, phone),
        )
        for key, is_archived, employer_id, name, job_title, email, phone, employer in connection.execute(
            _with_employer(query, person)
        )
    ]


def _vacancies(connection: sa.Connection, ids: Sequence[int]) -> list[Findable]:
    query = _with_employer(_of(Vacancy, ids, Vacancy.title), Vacancy)
    return [
        Findable(key, key, title, employer, is_archived, _words(title, employer))
        for key, is_archived, title, employer in connection.execute(query)
    ]


def _agreements(connection: sa.Connection, ids: Sequence[int]) -> list[Findable]:
    found: list[Findable] = []
    query = _with_employer(_of(Agreement, ids, Agreement.kind), Agreement)
    for key, is_archived, kind, employer in connection.execute(query):
        said = str(kind.value).replace("_", " ")
        detail = said[:1].upper() + said[1:]
        found.append(Findable(key, key, employer, detail, is_archived, _words(employer, said)))
    return found


def _seekers(connection: sa.Connection, ids: Sequence[int]) -> list[Findable]:
    query = _of(JobSeeker, ids, JobSeeker.preferred_name, JobSeeker.email, JobSeeker.phone)
    return [
        Findable(key, key, name, "", is_archived, _words(name), _reached_at(email, phone))
        for key, is_archived, name, email, phone in connection.execute(query)
    ]


def _of(table: type[Record], ids: Sequence[int], *columns: Any) -> sa.Select[*tuple[Any, ...]]:
    is_archived = col(table.archived_at).is_not(None)
    return sa.select(col(table.id), is_archived, *columns).where(col(table.id).in_(ids))


def _with_employer(query: sa.Select[*tuple[Any, ...]], table: Any) -> sa.Select[*tuple[Any, ...]]:
    return query.add_columns(col(Employer.name)).join(Employer, col(Employer.id) == table.employer_id)


def _words(*texts: str | None) -> frozenset[str]:
    return frozenset(word for text in texts if text for word in search_text.words_of(text))


def _reached_at(email: str | None, phone: str | None) -> frozenset[str]:
    by_email = search_text.email_codes(email) if email else set[str]()
    return frozenset(by_email | (search_text.phone_codes(phone) if phone else set()))


@dataclass(frozen=True, slots=True)
class Source:
    """Where the records of a kind are, how they are read, and the fields whose change makes a difference."""

    table: type[Record]
    read: Read
    fields: frozenset[str]


SOURCES: dict[EntryKind, Source] = {
    EntryKind.EMPLOYER: Source(Employer, _employers, frozenset({"name", "trading_name", "company_number"})),
    EntryKind.PERSON: Source(
        EmployerPerson, _people, frozenset({"employer_id", "name", "job_title", "email", "phone"})
    ),
    EntryKind.VACANCY: Source(Vacancy, _vacancies, frozenset({"employer_id", "title"})),
    EntryKind.AGREEMENT: Source(Agreement, _agreements, frozenset({"employer_id", "kind"})),
    EntryKind.SEEKER: Source(JobSeeker, _seekers, frozenset({"preferred_name", "email", "phone"})),
}
