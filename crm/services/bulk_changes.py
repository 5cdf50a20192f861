"""One change of many employers: looked at before it is made, and undone within thirty days.

Undoing gives back what was there before, but only where nobody has changed it since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.employer_lists import BulkChange, BulkChangeRow, BulkWhat
from crm.models.employers import Employer, RelationshipStage
from crm.models.users import Actor
from crm.policy import Action
from crm.services import employer_stages, employer_tags, records, staff
from crm.services.access import ensure, may, scoped
from crm.services.employer_filters import EmployerFilter, chosen_by, sort_keys
from crm.services.listing import parts

MOST = 2000
"""Employers that one change may be about: more are seldom meant."""

UNDONE_WITHIN = timedelta(days=30)
TICKED = 100
"""Employers of a list that are offered to be ticked one by one."""
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to become of the employers: for an owner the id or nothing, a stage, or a tag."""

    what: BulkWhat
    value: str | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: to whom, and to whom not, and why not; the first few by name."""

    changing: tuple[int, ...]
    same: int
    refused: int
    first: tuple[tuple[str, str | None], ...]


def chosen(session: Session, wanted: EmployerFilter, *, by: Actor, today: date) -> list[int]:
    """The ids of all employers that a list holds, in its order.

    Raises:
        NotAllowedError: the person may not change employers.
        RuleBrokenError: the list holds more than can be changed at once.
    """
    query = chosen_by(wanted, by=by, today=today)
    query = scoped(session, query, Employer, by=by, action=Action.EMPLOYERS_RECORD)
    query = query.order_by(*(key.ordered() for key in sort_keys(wanted))).limit(MOST + 1)
    ids = list(session.connection().execute(query).scalars())
    if len(ids) > MOST:
        raise RuleBrokenError(f"The list holds more than {MOST:,} employers. Narrow it first.", field="which")
    return ids


def names(session: Session, ids: Sequence[int], *, by: Actor) -> dict[int, str]:
    """The names of these employers by id, in the order of the ids.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    known = {row.key: row.name for row in _rows(session, ids)}
    return {key: known[key] for key in ids if key in known}


def preview(session: Session, ids: Sequence[int], wanted: Wanted, *, by: Actor) -> Preview:
    """What the change would do; nothing is changed.

    Raises:
        NotAllowedError: the person may not change employers.
        RuleBrokenError: the change itself is not possible: no such colleague, no reason, no tag.
    """
    ensure(session, by, Action.EMPLOYERS_RECORD)
    _ensure_possible(session, wanted)
    rows = _rows(session, ids)
    allowed = [row for row in rows if may(by, Action.EMPLOYERS_RECORD, row)]
    before = _before(session, allowed, wanted)
    changing = [row for row in allowed if before[row.key] != _after(wanted)]
    first = tuple((row.name, before[row.key]) for row in changing[:_SHOWN])
    refused = len(ids) - len(allowed)
    return Preview(tuple(row.key for row in changing), len(allowed) - len(changing), refused, first)


def make(session: Session, ids: Sequence[int], wanted: Wanted, *, by: Actor, today: date) -> BulkChange:
    """Change these employers, each with its own entry in the trail, in one transaction.

    Raises:
        NotAllowedError: the person may not change employers, or not one of these.
        RuleBrokenError: the change is not possible, or nothing would change.
    """
    seen = preview(session, ids, wanted, by=by)
    if not seen.changing:
        raise RuleBrokenError("Nothing would change: choose others, or another change.", field="value")
    rows = _rows(session, seen.changing, is_held=True)
    before = _before(session, rows, wanted)
    made = BulkChange(what=wanted.what, value=wanted.value, why=wanted.why, employers=len(rows))
    records.add(session, made)
    for row in rows:
        _set(session, row, wanted.what, wanted.value, why=wanted.why, today=today)
    session.add_all(
        BulkChangeRow(bulk_id=made.key, employer_id=row.key, before=before[row.key]) for row in rows
    )
    session.flush()
    return made


def latest(session: Session, *, by: Actor, today: date, limit: int = 5) -> list[BulkChange]:
    """One's own changes that can still be undone, the latest first.

    Raises:
        NotAllowedError: the person may not change employers.
    """
    ensure(session, by, Action.EMPLOYERS_RECORD)
    query = select(BulkChange).where(BulkChange.created_by == by.id, col(BulkChange.undone_on).is_(None))
    found = session.exec(query.order_by(col(BulkChange.id).desc()).limit(limit))
    return [one for one in found if one.created_at.date() + UNDONE_WITHIN >= today]


def undo(session: Session, bulk_id: int, *, version: int, by: Actor, today: date) -> tuple[int, int]:
    """Give back what was there before; how many got it back, and how many stay as they are.

    Raises:
        NotAllowedError: it is a colleague's change, or the person may not change employers.
        RuleBrokenError: it was undone already, or is too long ago.
        StaleFormError: somebody undid it meanwhile.
    """
    made = records.fetch_to_change(session, BulkChange, bulk_id, called="change")
    ensure(session, by, Action.EMPLOYERS_RECORD)
    if made.created_by != by.id:
        raise NotAllowedError("This change is a colleague’s. Ask them to undo it.")
    if made.undone_on is not None or made.created_at.date() + UNDONE_WITHIN < today:
        raise RuleBrokenError("This change was undone already, or is more than thirty days ago.")
    records.change(session, made, {"undone_on": today}, version=version)
    kept = {row.employer_id: row.before for row in _kept(session, bulk_id)}
    rows = _rows(session, list(kept), is_held=True)
    now = _before(session, rows, Wanted(made.what, made.value))
    after = _after(Wanted(made.what, made.value))
    given_back = [row for row in rows if now[row.key] == after and may(by, Action.EMPLOYERS_RECORD, row)]
    for row in given_back:
        what = _OPPOSITE.get(made.what, made.what)
        value = made.value if made.what in _OPPOSITE else kept[row.key]
        _set(session, row, what, value, why="A change of many was undone.", today=today)
    return len(given_back), len(kept) - len(given_back)


_OPPOSITE = {BulkWhat.ADD_TAG: BulkWhat.REMOVE_TAG, BulkWhat.REMOVE_TAG: BulkWhat.ADD_TAG}


def _ensure_possible(session: Session, wanted: Wanted) -> None:
    if wanted.what is BulkWhat.OWNER:
        staff.ensure_colleague(session, int(wanted.value) if wanted.value else None, field="value")
    elif wanted.what is BulkWhat.STAGE:
        if wanted.value not in list(RelationshipStage):
            raise RuleBrokenError("Choose the stage.", field="value")
        if not (wanted.why or "").strip():
            raise RuleBrokenError("Say why they all move, so that nobody has to ask.", field="why")
    else:
        employer_tags.checked(wanted.value)


def _rows(session: Session, ids: Sequence[int], *, is_held: bool = False) -> list[Employer]:
    found: list[Employer] = []
    for some in parts(ids):
        query = select(Employer).where(col(Employer.id).in_(some)).order_by(col(Employer.id))
        found.extend(session.exec(query.with_for_update() if is_held else query))
    return found


def _kept(session: Session, bulk_id: int) -> list[BulkChangeRow]:
    return list(session.exec(select(BulkChangeRow).where(BulkChangeRow.bulk_id == bulk_id)))


def _before(session: Session, rows: Sequence[Employer], wanted: Wanted) -> dict[int, str | None]:
    """What each employer has of what would change; of a tag, the tag or nothing."""
    if wanted.what is BulkWhat.OWNER:
        return {row.key: str(row.owner_id) if row.owner_id is not None else None for row in rows}
    if wanted.what is BulkWhat.STAGE:
        return {row.key: str(row.stage) for row in rows}
    tagged: set[int] = set()
    for some in parts([row.key for row in rows]):
        tagged |= employer_tags.with_tag(session, wanted.value or "", some)
    return {row.key: wanted.value if row.key in tagged else None for row in rows}


def _after(wanted: Wanted) -> str | None:
    return None if wanted.what is BulkWhat.REMOVE_TAG else wanted.value or None


def _set(
    session: Session, row: Employer, what: BulkWhat, value: Any, *, why: str | None, today: date
) -> None:
    if what is BulkWhat.OWNER:
        owner_id = int(value) if value else None
        records.change(session, row, {"owner_id": owner_id}, version=row.version)
    elif what is BulkWhat.STAGE:
        before = row.stage
        saved = records.change(session, row, {"stage": RelationshipStage(value)}, version=row.version)
        employer_stages.keep_move(session, saved, before, on=today, why=why)
    elif what is BulkWhat.ADD_TAG:
        employer_tags.put(session, row.key, value)
    else:
        employer_tags.take(session, row.key, value)
