"""The lists that a service edits itself: what forms offer, and what imports make of their own words.

A value that records hold never changes; its label may. A list with no live value is free text, so that a
service that keeps no list works as before. An import takes a list's own spelling where it knows the value,
and otherwise keeps the words of the file: what is used and not listed is shown to the administrator, who
adds what is worth it. Nobody's spreadsheet adds values to everybody's forms.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.base import folded
from crm.models.employers import Employer
from crm.models.lists import ChoiceList, ListChoice, ListChoiceInput
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure

_COLUMNS: dict[ChoiceList, Any] = {
    ChoiceList.SECTOR: Employer.sector,
    ChoiceList.LEAD_SOURCE: Employer.lead_source,
    ChoiceList.TRADE_BODY: Employer.trade_body,
}
"""Where the values of each list are held; the field has the list's own name."""

_CALLED = "value of a list"


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One value of a list and how many records hold it, archived ones left out."""

    choice: ListChoice
    uses: int


def labels(session: Session, which: ChoiceList, *, by: Actor, also: str | None = None) -> dict[str, str]:
    """What a form offers, by value: the live ones in their order, and the one held before. Empty: free text.

    Raises:
        NotAllowedError: the person has no role here.
    """
    ensure(session, by, Action.SERVICE_READ)
    known = _choices(session, which)
    offered = {one.value: one.label for one in known if not one.is_dormant}
    if not offered or also is None or also in offered:
        return offered
    return {also: f"{_label(known, also)} (not offered any more)", **offered}


def shown(session: Session, employer: Employer, *, by: Actor) -> dict[ChoiceList, str]:
    """What a record holds of each list, as screens say it: the label, or its own words where not listed.

    Raises:
        NotAllowedError: the person has no role here.
    """
    ensure(session, by, Action.SERVICE_READ)
    known = _choices(session, *ChoiceList)
    return {which: _label(_of(known, which), getattr(employer, which) or "") for which in ChoiceList}


def _of(known: list[ListChoice], which: ChoiceList) -> list[ListChoice]:
    return [one for one in known if one.list_name == which]


def _choices(session: Session, *which: ChoiceList) -> list[ListChoice]:
    query = select(ListChoice).where(col(ListChoice.list_name).in_(which))
    return list(session.exec(query.order_by(col(ListChoice.position), col(ListChoice.label))))


def _label(known: list[ListChoice], value: str) -> str:
    return next((one.label for one in known if one.value == value), value)


def ensure_listed(session: Session, typed: Any, stored: Any = None) -> None:
    """Let a form go on if what it says of each list is a live value, or what was stored before.

    Raises:
        RuleBrokenError: a value is not in its list, or is dormant.
    """
    known = _choices(session, *ChoiceList)
    for which in ChoiceList:
        value = getattr(typed, which)
        if value is None or (stored is not None and value == getattr(stored, which)):
            continue
        live = {one.value for one in _of(known, which) if not one.is_dormant}
        if live and value not in live:
            raise RuleBrokenError("Choose one of the list.", field=which.value)


def spellings(session: Session) -> dict[str, dict[str, str]]:
    """For imports: in each field with a list, the listed value for words as they are compared."""
    found: dict[str, dict[str, str]] = {which.value: {} for which in ChoiceList}
    for one in session.exec(select(ListChoice).order_by(col(ListChoice.is_dormant).desc())):
        found[one.list_name][folded(one.label)] = one.value
        found[one.list_name][one.value_key] = one.value
    return found


def listing(session: Session, which: ChoiceList, *, by: Actor) -> list[ChoiceRow]:
    """All values of a list in their order, the dormant ones last, with how often each is used.

    Raises:
        NotAllowedError: the person may not change the service.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    column = _COLUMNS[which]
    counted = sa.select(column, sa.func.count()).where(col(Employer.archived_at).is_(None)).group_by(column)
    uses = {row[0]: row[1] for row in session.connection().execute(counted)}
    rows = [ChoiceRow(one, uses.get(one.value, 0)) for one in _choices(session, which)]
    return sorted(rows, key=lambda row: row.choice.is_dormant)


def unlisted(session: Session, which: ChoiceList, *, limit: int, by: Actor) -> list[tuple[str, int]]:
    """Words that records hold and the list does not have, those used most first, with how often.

    Raises:
        NotAllowedError: the person may not change the service.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    column = _COLUMNS[which]
    known = sa.select(col(ListChoice.value)).where(col(ListChoice.list_name) == which)
    uses = sa.func.count()
    query = (
        sa.select(column, uses)
        .where(column.is_not(None), column.not_in(known), col(Employer.archived_at).is_(None))
        .group_by(column)
        .order_by(uses.desc(), column)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.connection().execute(query)]


def find(session: Session, choice_id: int, *, by: Actor) -> ListChoice:
    """One value of a list.

    Raises:
        NotAllowedError: the person may not change the service.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    return records.fetch(session, ListChoice, choice_id, called=_CALLED)


def add(session: Session, which: ChoiceList, new: ListChoiceInput, *, by: Actor) -> ListChoice:
    """Add a value; records will hold its label of today.

    Raises:
        NotAllowedError: the person may not change the service.
        RuleBrokenError: the list has it already.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    row = ListChoice(**new.model_dump(), list_name=which, value=new.label, value_key=folded(new.label))
    try:
        return records.add(session, row)
    except IntegrityError as problem:
        raise RuleBrokenError(
            f"The list has “{new.label}” already; it may be dormant. Change that one instead.", field="label"
        ) from problem


def change(session: Session, choice_id: int, edit: ListChoiceInput, *, version: int, by: Actor) -> ListChoice:
    """Change how a value is shown, where it stands, or whether it is offered; records keep what they hold.

    Raises:
        NotAllowedError: the person may not change the service.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the form was drawn.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    row = records.fetch_to_change(session, ListChoice, choice_id, called=_CALLED)
    return records.change(session, row, edit, version=version)
