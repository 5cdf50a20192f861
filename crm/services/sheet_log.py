"""Pages that employers were given about people: listed, opened as long as they hold, and read as a record."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.consents import Purpose, SharedFact
from crm.models.employers import Employer
from crm.models.sharing import ShareSheet
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, scoped
from crm.services.consents import covers, ensure_covered

_CALLED = "page for an employer"


class Standing(StrEnum):
    """How a page that was given stands on a day."""

    HOLDS = "holds"
    EXPIRED = "expired"
    RECALLED = "recalled"
    WITHDRAWN = "consent_withdrawn_or_ended"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A page as lists show it: to which employer, by whom, and how it stands today."""

    sheet: ShareSheet
    employer: str
    shared_by: str | None
    standing: Standing


def find(session: Session, sheet_id: int, *, by: Actor, today: date) -> SheetRow:
    """One page that was given, whatever became of it.

    Raises:
        NotAllowedError: the person may not see such pages.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.SHEETS_READ)
    row = records.fetch(session, ShareSheet, sheet_id, called=_CALLED)
    ensure(session, by, Action.SHEETS_READ, row)
    return _row(session, row, by, today)


def of_seeker(session: Session, seeker_id: int, *, by: Actor, today: date) -> list[SheetRow]:
    """All pages about a person that were given, the latest first.

    Raises:
        NotAllowedError: the person may not see such pages.
    """
    query = select(ShareSheet).where(ShareSheet.seeker_id == seeker_id).order_by(col(ShareSheet.id).desc())
    query = scoped(session, query, ShareSheet, by=by, action=Action.SHEETS_READ)
    return [_row(session, one, by, today) for one in session.exec(query)]


def words_for_employer(session: Session, sheet_id: int, *, by: Actor, today: date) -> str:
    """The page to hand out or print again, which only one that still holds is.

    Raises:
        ConsentNeededError: the person does not let this employer know all of it any more.
        NotAllowedError: the person may not see such pages.
        NotFoundError: there is none with this id.
        RuleBrokenError: it has expired or was recalled.
    """
    row = find(session, sheet_id, by=by, today=today)
    sheet = row.sheet
    if row.standing in (Standing.EXPIRED, Standing.RECALLED):
        raise RuleBrokenError("This page does not hold any more: it has expired, or was recalled.")
    facts = [SharedFact(fact) for fact in sheet.facts]
    ensure_covered(session, sheet.seeker_id, Purpose.SHARE_FACTS, sheet.employer_id, facts, on=today, by=by)
    return sheet.words


def still_out(
    session: Session, seeker_id: int, employer_id: int, *, by: Actor, today: date
) -> list[ShareSheet]:
    """Pages that an employer has, not recalled, which rest on a consent that does not hold any more.

    Raises:
        NotAllowedError: the person may not see such pages.
    """
    rows = of_seeker(session, seeker_id, by=by, today=today)
    return [
        row.sheet
        for row in rows
        if row.sheet.employer_id == employer_id and row.standing is Standing.WITHDRAWN
    ]


def _row(session: Session, sheet: ShareSheet, by: Actor, today: date) -> SheetRow:
    employer = session.get(Employer, sheet.employer_id)
    giver = session.get(User, sheet.created_by) if sheet.created_by else None
    standing = _standing(session, sheet, by, today)
    return SheetRow(sheet, employer.name if employer else "", giver.name if giver else None, standing)


def _standing(session: Session, sheet: ShareSheet, by: Actor, today: date) -> Standing:
    if sheet.recalled_on is not None:
        return Standing.RECALLED
    if sheet.expires_on < today:
        return Standing.EXPIRED
    facts = [SharedFact(fact) for fact in sheet.facts]
    purpose = Purpose.SHARE_FACTS
    holds = covers(session, sheet.seeker_id, purpose, sheet.employer_id, facts, on=today, by=by)
    return Standing.HOLDS if holds else Standing.WITHDRAWN
