"""Which records documents are attached to, and what one must be allowed to see, attach or archive one."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.errors import NotAllowedError, NotFoundError
from crm.models.agreements import Agreement
from crm.models.analyses import JobAnalysis
from crm.models.base import Record
from crm.models.documents import EmployerDocument, SeekerDocument
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, hidden_fields, may

Document = EmployerDocument | SeekerDocument

SIDES: dict[str, type[Document]] = {"employer": EmployerDocument, "seeker": SeekerDocument}
"""The two tables of documents, as addresses name them."""

_PARTS = ("agreement_id", "vacancy_id", "analysis_id")


@dataclass(frozen=True, slots=True)
class Place:
    """One record that documents are attached to: its kind, and its id."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A kind of record that documents are attached to, and the column by which a document names it."""

    table: type[Record]
    called: str
    column: str
    read: Action
    record: Action
    documents: type[Document] = EmployerDocument

    @property
    def side(self) -> str:
        """The table of its documents, as addresses name it."""
        return next(side for side, table in SIDES.items() if table is self.documents)

    @property
    def is_about_a_person(self) -> bool:
        """Are its documents those of a job seeker?"""
        return self.documents is SeekerDocument

    def those_of(self, record_id: int) -> sa.ColumnElement[bool]:
        """In SQL: is a document one of this record itself?"""
        mine: Any = col(getattr(self.documents, self.column)) == record_id
        if self.table is not Employer:
            return mine
        return sa.and_(mine, *(col(getattr(self.documents, part)).is_(None) for part in _PARTS))


_A = Action
HOLDERS: dict[str, Holder] = {
    "Employer": Holder(Employer, "employer", "employer_id", _A.EMPLOYERS_READ, _A.EMPLOYERS_RECORD),
    "Agreement": Holder(Agreement, "agreement", "agreement_id", _A.AGREEMENTS_READ, _A.AGREEMENTS_RECORD),
    "Vacancy": Holder(Vacancy, "vacancy", "vacancy_id", _A.VACANCIES_READ, _A.VACANCIES_RECORD),
    "JobAnalysis": Holder(JobAnalysis, "job analysis", "analysis_id", _A.ANALYSES_READ, _A.ANALYSES_RECORD),
    "JobSeeker": Holder(
        JobSeeker, "job seeker", "seeker_id", _A.SEEKERS_READ, _A.SEEKERS_RECORD, SeekerDocument
    ),
}
"""By the kind of record."""


def holder_of(place: Place) -> Holder:
    """What is to be known of the kind of record.

    Raises:
        NotFoundError: documents are not attached to such records.
    """
    if place.kind not in HOLDERS:
        raise NotFoundError("Documents are not attached to records of this kind.")
    return HOLDERS[place.kind]


def place_of(document: Document) -> Place:
    """The record that a document is attached to."""
    if isinstance(document, SeekerDocument):
        return Place("JobSeeker", document.seeker_id)
    for kind, holder in HOLDERS.items():
        if holder.column in _PARTS and getattr(document, holder.column) is not None:
            return Place(kind, getattr(document, holder.column))
    return Place("Employer", document.employer_id)


def record_at(session: Session, place: Place, *, by: Actor, is_changed: bool = False) -> Record:
    """The record, which this person may see with its documents; held until the end where `is_changed`.

    Raises:
        NotAllowedError: the person may not see the record, or not its documents.
        NotFoundError: there is no such record.
    """
    holder = holder_of(place)
    ensure(session, by, holder.read)
    fetch = records.fetch_to_change if is_changed else records.fetch
    record = fetch(session, holder.table, place.id, called=holder.called)
    ensure(session, by, holder.read, record)
    if _hides_documents(session, holder, record, by):
        raise NotAllowedError(f"The documents of this {holder.called} are not shown to you.")
    return record


def are_shown(session: Session, record: Record, *, by: Actor) -> bool:
    """May this person see the documents of a record that they see?"""
    holder = HOLDERS[type(record).__name__]
    return may(by, holder.read, record) and not _hides_documents(session, holder, record, by)


def _hides_documents(session: Session, holder: Holder, record: Record, by: Actor) -> bool:
    """A person's documents are shown with how to reach them; an employer's, with the employer."""
    if isinstance(record, JobSeeker):
        return bool(hidden_fields(session, record, by=by, action=holder.read, part=SeekerDocument))
    whole = records.fetch(session, Employer, employer_of(record), called="employer")
    reading = Action.EMPLOYERS_READ
    return bool(hidden_fields(session, whole, by=by, action=reading, part=EmployerDocument))


def employer_of(record: Any) -> int:
    """The employer that a record is or belongs to."""
    return record.key if isinstance(record, Employer) else record.employer_id
