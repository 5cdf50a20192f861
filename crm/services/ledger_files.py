"""What the files of the ledger hold: its boards, and shares of shortlists as far as they are shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlmodel import Session

from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import ledger, shortlist_shares
from crm.services.ledger import LedgerFilter
from crm.services.listing import Listing
from crm.services.shortlist_cells import Share
from crm.services.shortlist_shares import ShareFilter
from crm.services.spreadsheets import Cell

_AT_A_TIME = 500
_NOT_SHOWN = "Not shown"
T = TypeVar("T")
Lines = Iterator[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """One board or table as a file; `also` is what one must be allowed beside taking people's lists away."""

    title: str
    filter: type[LedgerFilter | ShareFilter]
    columns: tuple[str, ...]
    lines: Callable[[Session, Any, Actor, date], Lines]
    also: Action


def _rows(
    board: Callable[..., Listing[T]], session: Session, wanted: LedgerFilter, by: Actor, today: date
) -> Iterator[T]:
    """Every row of a board, read page by page."""
    offset = 0
    while rows := board(session, wanted, offset=offset, limit=_AT_A_TIME, by=by, today=today).rows:
        yield from rows
        offset += _AT_A_TIME


def _word(value: str) -> str:
    return value[:1].upper() + value[1:].replace("_", " ")


def _waiting(session: Session, wanted: LedgerFilter, by: Actor, today: date) -> Lines:
    for one in _rows(ledger.longest_without, session, wanted, by, today):
        yield one.name, _word(one.status), one.coach, one.last_shortlisted_on, one.days


def _not_yets(session: Session, wanted: LedgerFilter, by: Actor, today: date) -> Lines:
    for one in _rows(ledger.not_yets, session, wanted, by, today):
        what = one.seeker, one.vacancy, one.employer, one.reason, one.measure, one.owner
        yield *what, one.due_on, max(0, (today - one.due_on).days)


def _open_ends(session: Session, wanted: LedgerFilter, by: Actor, today: date) -> Lines:
    for one in _rows(ledger.open_ends, session, wanted, by, today):
        yield one.name, _word(one.status), one.coach, one.referred_on


def _no_next_step(session: Session, wanted: LedgerFilter, by: Actor, today: date) -> Lines:
    for one in _rows(ledger.without_next_step, session, wanted, by, today):
        yield one.name, _word(one.status), one.coach, one.referred_on


def _shares(session: Session, wanted: ShareFilter, by: Actor, today: date) -> Lines:
    found = shortlist_shares.of_period(session, wanted, by=by, today=today)
    yield "Everybody", "", *_share(found.whole)
    groups = ("Support needs", found.needs), ("Waiting", found.waits), ("Coach", found.coaches)
    for by_what, told in groups:
        for group, share in (told or {}).items():
            yield by_what, group, *_share(share)


def _share(share: Share | None) -> tuple[Cell, ...]:
    if share is None:
        return (_NOT_SHOWN,) * 3
    return share.people, share.shortlisted, None if share.part is None else round(100 * share.part)


_PERSON = ("Name", "Status", "Coach", "Referred on")
FILES: dict[ExportKind, LedgerFile] = {
    ExportKind.WITHOUT_SHORTLIST: LedgerFile(
        "Longest without a shortlist",
        LedgerFilter,
        ("Name", "Status", "Coach", "Last shortlisted on", "Days without a shortlist"),
        _waiting,
        also=Action.MATCHES_READ,
    ),
    ExportKind.NOT_YETS: LedgerFile(
        "“Not yet”, to look at again",
        LedgerFilter,
        ("Name", "Vacancy", "Employer", "Reason", "Measure", "Owner", "Due on", "Days over"),
        _not_yets,
        also=Action.MATCHES_READ,
    ),
    ExportKind.OPEN_ENDS: LedgerFile(
        "Referrals without an end", LedgerFilter, _PERSON, _open_ends, also=Action.SEEKERS_READ
    ),
    ExportKind.NO_NEXT_STEP: LedgerFile(
        "People without a next step", LedgerFilter, _PERSON, _no_next_step, also=Action.TASKS_READ
    ),
    ExportKind.SHARES: LedgerFile(
        "Shares of shortlists",
        ShareFilter,
        ("By", "Group", "People", "Shortlisted", "Share, percent"),
        _shares,
        also=Action.SHARES_READ,
    ),
}
