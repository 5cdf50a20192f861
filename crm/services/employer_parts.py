"""What belongs to an employer and is kept the same way: its sites and its people."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from sqlmodel import Session, col, select

from crm.models.employers import EmployerPerson, EmployerPersonInput, EmployerSite, EmployerSiteInput
from crm.models.users import Actor
from crm.policy import Action
from crm.services import archiving, records
from crm.services.access import ensure, scoped, shown
from crm.services.archiving import Kind
from crm.services.belonging import live_employer

P = TypeVar("P", EmployerSite, EmployerPerson)
I = TypeVar("I", bound=BaseModel)  # noqa: E741


@dataclass(frozen=True, slots=True)
class EmployerParts(Generic[P, I]):
    """One kind of part of an employer: found, listed, recorded, changed, archived."""

    table: type[P]
    called: str
    name_field: str

    def find(self, session: Session, part_id: int, *, by: Actor) -> P:
        """One part, archived ones too.

        Raises:
            NotAllowedError: the person may not see employers.
            NotFoundError: there is none with this id.
        """
        ensure(session, by, Action.EMPLOYERS_READ)
        row = records.fetch(session, self.table, part_id, called=self.called)
        return shown(session, row, by=by, action=Action.EMPLOYERS_READ)

    def of(self, session: Session, employer_id: int, *, by: Actor) -> list[P]:
        """The parts of one employer by name, archived ones last.

        Raises:
            NotAllowedError: the person may not see employers.
        """
        table: Any = self.table
        order = (table.archived_at.is_not(None), getattr(table, self.name_field), col(table.id))
        query = select(self.table).where(table.employer_id == employer_id).order_by(*order)
        query = scoped(session, query, self.table, by=by, action=Action.EMPLOYERS_READ)
        return [shown(session, row, by=by, action=Action.EMPLOYERS_READ) for row in session.exec(query)]

    def add(self, session: Session, employer_id: int, new: I, *, by: Actor) -> P:
        """Record a part of an employer.

        Raises:
            NotAllowedError: the person may not record employers.
            NotFoundError: there is no such employer, or it is archived.
        """
        ensure(session, by, Action.EMPLOYERS_RECORD)
        employer = live_employer(session, employer_id)
        return records.add(session, self.table(**new.model_dump(), employer_id=employer.key))

    def change(self, session: Session, part_id: int, edit: I, *, version: int, by: Actor) -> P:
        """Change what is recorded about a part.

        Raises:
            NotAllowedError: the person may not, or the part or its employer is archived.
            NotFoundError: there is none with this id.
            StaleFormError: somebody saved it after the form was drawn.
        """
        row = records.fetch_to_change(session, self.table, part_id, called=self.called)
        ensure(session, by, Action.EMPLOYERS_RECORD, row)
        return records.change(session, row, edit, version=version)

    def archive(self, session: Session, part_id: int, *, why: str, version: int, by: Actor) -> P:
        """Put a part aside, with the reason; vacancies and analyses that name it keep it.

        Raises:
            NotAllowedError: the person may not, or the part is archived already.
            RuleBrokenError: no reason is given.
            StaleFormError: somebody saved it after the page was drawn.
        """
        return archiving.put_aside(session, self.table, part_id, self._kind, why=why, version=version, by=by)

    def bring_back(self, session: Session, part_id: int, *, version: int, by: Actor) -> P:
        """Take a part out of the archive.

        Raises:
            NotAllowedError: the person may not record employers.
            StaleFormError: somebody saved it after the page was drawn.
        """
        return archiving.take_back(session, self.table, part_id, self._kind, version=version, by=by)

    @property
    def _kind(self) -> Kind:
        return Kind(self.called, Action.EMPLOYERS_RECORD)


SITES: EmployerParts[EmployerSite, EmployerSiteInput] = EmployerParts(EmployerSite, "site", "label")
"""The places where employers have people working."""

PEOPLE: EmployerParts[EmployerPerson, EmployerPersonInput] = EmployerParts(EmployerPerson, "person", "name")
"""The people who work for employers: whom to ring, and who hires."""
