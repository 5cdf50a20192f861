"""At which sites an agreement holds, and who sits on interview panels: put in, taken off, put back."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreement_parts import AgreementPanelist, AgreementSite
from crm.models.agreements import Agreement
from crm.models.employers import Employer, EmployerPerson, EmployerSite
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreements, records
from crm.services.access import ensure, scoped
from crm.services.agreement_reach import employers_of

P = TypeVar("P", AgreementSite, AgreementPanelist)

TAKEN_OFF = "Taken off the agreement"
"""Why a part is archived: nothing else is asked of whoever takes it off, as it can be put back."""


@dataclass(frozen=True, slots=True)
class PartRow(Generic[P]):
    """A site or a person as the agreement's page names them, and the employer that they belong to."""

    part: P
    named_id: int
    name: str
    employer: str


@dataclass(frozen=True, slots=True)
class AgreementParts(Generic[P]):
    """One kind of part of an agreement, each naming a record of an employer that the agreement covers."""

    table: type[P]
    of_table: type[EmployerSite] | type[EmployerPerson]
    link: str
    name_field: str
    called: str

    def of(self, session: Session, agreement_id: int, *, by: Actor) -> list[PartRow[P]]:
        """The parts of an agreement by name, those that were taken off last.

        Raises:
            NotAllowedError: the person may not see agreements.
        """
        named: Any = self.of_table
        kind: Any = self.table
        name = getattr(named, self.name_field)
        query = (
            select(kind, named.id, name, Employer.name)
            .join(named, named.id == getattr(kind, self.link))
            .join(Employer, col(Employer.id) == named.employer_id)
            .where(kind.agreement_id == agreement_id)
            .order_by(kind.archived_at.is_not(None), name, kind.id)
        )
        query = scoped(session, query, self.table, by=by, action=Action.AGREEMENTS_READ)
        return [PartRow(*row) for row in session.exec(query)]

    def offered(self, session: Session, agreement: Agreement, *, by: Actor, today: date) -> dict[int, str]:
        """What can be put in by its id: what the employers covered have, and is not in yet.

        Raises:
            NotAllowedError: the person may not see agreements.
        """
        covered = employers_of(session, agreement, by=by, today=today)
        kind: Any = self.table
        named: Any = self.of_table
        inside = sa.select(getattr(kind, self.link)).where(
            kind.agreement_id == agreement.key, kind.archived_at.is_(None)
        )
        query = select(self.of_table).where(
            named.employer_id.in_(covered), named.archived_at.is_(None), named.id.not_in(inside)
        )
        found = session.exec(query.order_by(named.employer_id, getattr(named, self.name_field)))
        offered: dict[int, str] = {}
        for row in found:
            name: str = getattr(row, self.name_field)
            offered[row.key] = f"{name}, {covered[row.employer_id]}" if len(covered) > 1 else name
        return offered

    def put_in(self, session: Session, agreement_id: int, named_id: int, *, by: Actor, today: date) -> P:
        """Put a record of an employer into an agreement; what was taken off is put back.

        Raises:
            NotAllowedError: the person may not record agreements, or this one is archived.
            NotFoundError: there is no such agreement.
            RuleBrokenError: it is not of an employer covered, or the contact for adjustments would judge.
        """
        agreement = to_change(session, agreement_id, by=by)
        _ensure_no_judge(agreement, self.table, named_id)
        kind: Any = self.table
        query = select(self.table).where(
            kind.agreement_id == agreement_id, getattr(kind, self.link) == named_id
        )
        before = session.exec(query).first()
        if before is not None and before.archived_at is None:
            return before
        if named_id not in self.offered(session, agreement, by=by, today=today):
            raise RuleBrokenError(f"This {self.called} is of no employer that the agreement covers.")
        if before is not None:
            return records.bring_back(session, before, version=before.version)
        names: dict[str, Any] = {"agreement_id": agreement_id, self.link: named_id}
        return records.add(session, self.table(**names))

    def take_off(self, session: Session, part_id: int, *, version: int, by: Actor) -> P:
        """Take a part off its agreement; it can be put back.

        Raises:
            NotAllowedError: the person may not record agreements, or this one is archived.
            NotFoundError: there is no such part.
            StaleFormError: somebody saved it after the page was drawn.
        """
        row = records.fetch_to_change(session, self.table, part_id, called=self.called)
        to_change(session, row.agreement_id, by=by)
        return records.archive(session, row, why=TAKEN_OFF, version=version)


def to_change(session: Session, agreement_id: int, *, by: Actor) -> Agreement:
    """The agreement whose parts somebody changes, held until the transaction ends.

    Raises:
        NotAllowedError: the person may not record agreements, or this one is archived.
        NotFoundError: there is none with this id.
    """
    row = records.fetch_to_change(session, Agreement, agreement_id, called=agreements.KIND.called)
    ensure(session, by, Action.AGREEMENTS_RECORD, row)
    return row


def _ensure_no_judge(agreement: Agreement, table: type[Any], person_id: int) -> None:
    if table is AgreementPanelist and person_id == agreement.adjustments_contact_id:
        raise RuleBrokenError(
            "They are the contact for adjustments, who does not sit on the panel. Name another contact first."
        )


SITES: AgreementParts[AgreementSite] = AgreementParts(AgreementSite, EmployerSite, "site_id", "label", "site")
"""The sites at which agreements hold; one that names none holds at all of its employers."""

PANEL: AgreementParts[AgreementPanelist] = AgreementParts(
    AgreementPanelist, EmployerPerson, "person_id", "name", "person"
)
"""Who sits on interview panels."""
