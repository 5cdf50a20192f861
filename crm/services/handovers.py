"""A caseload handed over, in one transaction, and handed back while nothing else has happened to it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.base import Record
from crm.models.caseloads import CaseloadKind, HandedRecord, Handover, HandoverInput
from crm.models.users import Actor, Cover, User
from crm.policy import Action
from crm.policy_table import allows
from crm.services import caseloads, covers, records, staff
from crm.services.access import ensure
from crm.services.caseloads import HOLDINGS
from crm.services.listing import parts
from crm.services.refusal_words import words_of

MOST_OVERLAP = timedelta(days=183)
_NAMED = 5

Chosen = Mapping[CaseloadKind, Sequence[int]]
"""The ids of what is to move, by kind."""


def hand_over(
    session: Session, from_id: int, typed: HandoverInput, chosen: Chosen, *, by: Actor, today: date
) -> Handover:
    """Give what is chosen of one colleague's caseload to another; both can act up to the day that is typed.

    Raises:
        NotAllowedError: the person may not hand caseloads over.
        RuleBrokenError: nothing is chosen, the colleague cannot be given it or has left, the day does not
            fit, or something chosen is not in this caseload any more.
    """
    ensure(session, by, Action.CASELOADS_HAND_OVER)
    giver = records.fetch(session, User, from_id, called="colleague")
    taker = _taker(session, giver, typed.to_id, chosen)
    _ensure_day(giver, typed.both_until, today)
    made = Handover(from_id=giver.key, to_id=taker.key, both_until=typed.both_until, why=typed.why)
    records.add(session, made)
    for kind, ids in chosen.items():
        rows = list(_held(session, kind, ids))
        _ensure_all_of(rows, kind, ids, giver)
        _give(session, rows, kind, taker.key)
        made_covers = _cover(session, made, kind, rows, taker.name)
        session.add_all(
            HandedRecord(
                handover_id=made.key, record_kind=kind, record_id=row.key, version=row.version, cover_id=cover
            )
            for row, cover in zip(rows, made_covers, strict=True)
        )
    session.flush()
    return made


def _taker(session: Session, giver: User, to_id: int | None, chosen: Chosen) -> User:
    if not any(chosen.values()):
        raise RuleBrokenError("Choose what to hand over: nothing is chosen yet.")
    if to_id is None or to_id == giver.key:
        raise RuleBrokenError("Choose a colleague to hand it over to.", field="to_id")
    staff.ensure_colleague(session, to_id, field="to_id")
    taker = records.fetch(session, User, to_id, called="colleague")
    for kind, ids in chosen.items():
        if ids and not allows(taker.roles, HOLDINGS[kind].action):
            wanted = words_of(HOLDINGS[kind].action).lower()
            raise RuleBrokenError(
                f"{taker.name} has no role in which to {wanted}. Choose somebody who has.", field="to_id"
            )
    return taker


def _ensure_day(giver: User, both_until: date | None, today: date) -> None:
    if both_until is None:
        return
    if giver.disabled_at is not None:
        raise RuleBrokenError(
            f"{giver.name} is shut out and cannot act. Leave the day empty.", field="both_until"
        )
    if not today <= both_until <= today + MOST_OVERLAP:
        raise RuleBrokenError(
            f"Both can act from today on, for {MOST_OVERLAP.days} days at most. Choose a day between.",
            field="both_until",
        )


def _held(session: Session, kind: CaseloadKind, ids: Sequence[int]) -> Iterator[Record]:
    """The records with these ids that are not archived, held until the transaction ends."""
    table = HOLDINGS[kind].table
    for some in parts(sorted(set(ids))):
        wanted = select(table).where(col(table.id).in_(some), col(table.archived_at).is_(None))
        yield from session.exec(wanted.order_by(col(table.id)).with_for_update())


def _ensure_all_of(rows: list[Record], kind: CaseloadKind, ids: Sequence[int], giver: User) -> None:
    gone = len(set(ids)) - sum(getattr(row, HOLDINGS[kind].field) == giver.key for row in rows)
    if gone:
        raise RuleBrokenError(
            f"{gone:,} of what you chose {'is' if gone == 1 else 'are'} not in the caseload of "
            f"{giver.name} any more. Open the page again and look at what is left."
        )


def _give(session: Session, rows: list[Record], kind: CaseloadKind, user_id: int) -> None:
    for row in rows:
        setattr(row, HOLDINGS[kind].field, user_id)
    session.add_all(rows)
    session.flush()


def _cover(
    session: Session, made: Handover, kind: CaseloadKind, rows: list[Record], to_name: str
) -> list[int] | list[None]:
    if made.both_until is None:
        return [None] * len(rows)
    said = {
        "user_id": made.from_id,
        "record_kind": kind.value,
        "until": made.both_until,
        "why": made.why or f"Handed over to {to_name}",
        "archived_at": None,
        "archived_by": None,
        "archived_why": None,
    }
    return records.add_many(session, Cover, [{**said, "record_id": row.key} for row in rows])


def hand_back(session: Session, handover_id: int, *, version: int, by: Actor, today: date) -> Handover:
    """Undo a handing over: every record goes back, and the cover that it made ends.

    Raises:
        NotAllowedError: the person may not hand caseloads over.
        NotFoundError: there is no such handing over.
        RuleBrokenError: it was undone already, something has happened to the records since, or whoever had
            them cannot be given work.
        StaleFormError: somebody undid it after the page was drawn.
    """
    ensure(session, by, Action.CASELOADS_HAND_OVER)
    made = records.fetch_to_change(session, Handover, handover_id, called="handing over")
    if made.is_undone:
        raise RuleBrokenError("This was handed back already.")
    staff.ensure_colleague(session, made.from_id, field="from_id")
    for kind in CaseloadKind:
        handed = {row.record_id: row for row in _handed(session, made.key, kind)}
        rows = [row for row in _held(session, kind, list(handed)) if row.version == handed[row.key].version]
        if len(rows) < len(handed):
            since = sorted(handed.keys() - {row.key for row in rows})
            raise _changed_since(session, kind, since, by)
        _give(session, rows, kind, made.from_id)
        covers.end_many(session, [row.cover_id for row in handed.values() if row.cover_id], today=today)
    return records.change(session, made, {"is_undone": True}, version=version)


def _handed(session: Session, handover_id: int, kind: CaseloadKind) -> list[HandedRecord]:
    query = select(HandedRecord).where(
        HandedRecord.handover_id == handover_id, HandedRecord.record_kind == kind
    )
    return list(session.exec(query))


def _changed_since(session: Session, kind: CaseloadKind, ids: list[int], by: Actor) -> RuleBrokenError:
    names = [row.name for row in caseloads.named(session, kind, ids[:_NAMED], by=by)]
    more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
    return RuleBrokenError(
        f"Something else has happened since to {', '.join(names)}{more}, so this cannot be undone as a "
        "whole. Hand over what should go back instead."
    )
