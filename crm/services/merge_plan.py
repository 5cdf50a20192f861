"""What happens to everything that points at an employer when it is merged into another one.

Each table with a foreign key to employers, or that names records by kind and id, is in here. A test walks the
schema and fails for one that is not: whoever adds a table says what becomes of its rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.agreement_parts import AgreementMember
from crm.models.agreement_uses import AgreementUse, PromisedSession
from crm.models.agreements import Agreement
from crm.models.analyses import JobAnalysis
from crm.models.awareness import AwarenessSession
from crm.models.base import Record
from crm.models.carves import JobCarve
from crm.models.consents import Consent
from crm.models.contacts import EmployerContact
from crm.models.documents import EmployerDocument
from crm.models.door_openers import DoorOpener
from crm.models.employer_lists import EmployerTag
from crm.models.employers import EmployerPerson, EmployerSite
from crm.models.placements import Placement
from crm.models.tasks import Task
from crm.models.users import Cover
from crm.models.vacancies import Vacancy

KIND = "Employer"
"""How tables that name any kind of record call an employer."""


@dataclass(frozen=True, slots=True)
class Link:
    """The rows of a table that belong to an employer and move with it: the column that says whose they are.

    Where the column may name a record of any kind, `kind_column` says which kind. Of rows that an
    employer can have only once, told by `once_by`, those stay that the employer which is kept has already.
    """

    table: type[Record]
    one: str
    many: str
    column: str = "employer_id"
    kind_column: str | None = None
    once_by: str | None = None

    @property
    def name(self) -> str:
        """The table's name in the database."""
        return str(self.table.__tablename__)


MOVES: tuple[Link, ...] = (
    Link(EmployerSite, "site", "sites"),
    Link(EmployerPerson, "person", "people"),
    Link(EmployerContact, "contact", "contacts"),
    Link(AwarenessSession, "awareness session", "awareness sessions"),
    Link(DoorOpener, "door-opener", "door-openers"),
    Link(EmployerDocument, "document", "documents"),
    Link(EmployerTag, "tag", "tags", once_by="tag_key"),
    Link(Task, "task", "tasks"),
    Link(Agreement, "agreement", "agreements"),
    Link(AgreementMember, "place in a group", "places in groups", once_by="agreement_id"),
    Link(PromisedSession, "session promised", "sessions promised"),
    Link(AgreementUse, "referral", "referrals"),
    Link(Placement, "job started", "jobs started"),
    Link(Vacancy, "vacancy", "vacancies"),
    Link(JobAnalysis, "job analysis", "job analyses"),
    Link(JobCarve, "carved job", "carved jobs"),
    Link(Cover, "colleague who stands in", "colleagues who stand in", "record_id", "record_kind"),
)
"""What moves over to the employer that is kept, archived rows too."""

CONSENTS = Link(Consent, "consent", "consents")
"""What people agreed to. It is never changed: they answered about an employer by its name."""

STAYS: dict[str, str] = {
    "consent.employer_id": "A person agreed to what they were asked, and is asked again for another.",
    "share_sheet.employer_id": "A page was given to that employer, on a consent that stays with it.",
    "account_dates.employer_id": "Derived: worked out anew for both employers.",
    "employer_stage_move.employer_id": "Each came to its stage by its own moves, and is counted by them.",
    "bulk_change_row.employer_id": "An earlier change of many tells what each had before; its undo needs it.",
    "imported_record.record_id": "An import tells what it did to which record; its undo needs it.",
    "duplicate_pair.first_id": "What was said of two records is about those two.",
    "duplicate_pair.second_id": "What was said of two records is about those two.",
    "employer_merge.kept_id": "An earlier merge tells what happened then; its undo needs it.",
    "employer_merge.loser_id": "An earlier merge tells what happened then; its undo needs it.",
    "likeness_due.employer_id": "Derived: it is made anew when either employer is saved.",
    "likeness_key.record_id": "Derived: it is made anew when either employer is saved.",
    "handed_record.record_id": "An earlier handing over tells what was handed over; its undo needs it.",
    "audit_entry.record_id": "The trail says what happened to which record, and is never changed.",
}
"""What goes on pointing at the employer that was merged away, and why."""

CHOSEN_BY_HAND = frozenset({"policy_notes", "strategy", "unmet_needs"})
"""Long texts, of which both can be kept, one after the other."""


def rows_of(session: Session, link: Link, employer_id: int, *, into: int) -> Iterator[Record]:
    """The rows of one table that move with an employer into another, held until the transaction ends."""
    query = select(link.table).where(*_moving(link, employer_id, into)).order_by(col(link.table.id))
    yield from session.exec(query.with_for_update()).all()


def sizes(session: Session, employer_id: int, *, into: int) -> dict[str, int]:
    """How many rows of each table would move, counted by the database."""
    return {link.name: _size(session, link, _moving(link, employer_id, into)) for link in MOVES}


def consents_left(session: Session, employer_id: int) -> int:
    """How many consents name an employer; they stay with it, and do not hold for another one."""
    return _size(session, CONSENTS, _is_linked(CONSENTS, employer_id))


def _size(session: Session, link: Link, which: Sequence[sa.ColumnElement[bool]]) -> int:
    counted = sa.select(sa.func.count()).select_from(link.table).where(*which)
    return session.connection().execute(counted).scalar_one()


def _moving(link: Link, employer_id: int, into: int) -> list[sa.ColumnElement[bool]]:
    """The rows of an employer but those that the other one has already, where it can have only one."""
    which = _is_linked(link, employer_id)
    if link.once_by is not None:
        told_by = getattr(link.table, link.once_by)
        which.append(col(told_by).not_in(sa.select(told_by).where(*_is_linked(link, into))))
    return which


def said_together(numbers: dict[str, int]) -> str:
    """Some sizes in words: “3 sites, 2 people, 1 agreement”."""
    links = {link.name: link for link in MOVES}
    said = [
        f"{number:,} {links[name].one if number == 1 else links[name].many}"
        for name, number in numbers.items()
        if number and name in links
    ]
    return ", ".join(said) or "nothing else"


def link_of(table_name: str) -> Link | None:
    """The link of a table by its name; None for one that a newer or older version knew."""
    return next((link for link in MOVES if link.name == table_name), None)


def _is_linked(link: Link, employer_id: int) -> list[sa.ColumnElement[bool]]:
    kind: Any = link.table
    found = [col(getattr(kind, link.column)) == employer_id]
    if link.kind_column is not None:
        found.append(col(getattr(kind, link.kind_column)) == KIND)
    return found
