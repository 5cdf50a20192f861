"""The boards of the ledger: people longest without a shortlist, “not yet”, open ends, no next step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlmodel import Session

from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import ledger
from crm.services.access import may
from crm.services.ledger import LedgerFilter, NotYetRow, PersonRow, WaitRow
from crm.services.listing import Listing
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.tables import Cell, link, table
from crm.ui.taking_away import offer_file
from crm.ui.words import NOT_RECORDED, count, day, distance_in_days, say, today

LEDGER = "ledger"
"""The address of the ledger's page."""

_NOBODY = "Nobody yet"


@dataclass(frozen=True, slots=True)
class Board:
    """One board: whom it lists, how a row is drawn, and what is said where it is empty."""

    title: str
    listing: Callable[..., Listing[Any]]
    columns: Sequence[str]
    row: Callable[[Any, Actor], Sequence[Cell]]
    empty: str
    what: str
    file: ExportKind
    numbers: str = ""
    one: tuple[str, str] = ("person", "people")


def _wait_row(row: WaitRow, user: Actor) -> Sequence[Cell]:
    return (
        link(row.name, "seeker", id=row.id),
        NOT_RECORDED if row.days is None else count(row.days, "day"),
        "Never" if row.last_shortlisted_on is None else day(row.last_shortlisted_on),
        row.coach or _NOBODY,
        say(row.status),
        link("Jobs", "jobs", id=row.id),
    )


def _not_yet_row(row: NotYetRow, user: Actor) -> Sequence[Cell]:
    return (
        link(row.seeker, "compare", vacancy=row.vacancy_id, seeker=row.seeker_id),
        f"{row.vacancy}, {row.employer}",
        row.reason,
        row.measure,
        row.owner or _NOBODY,
        distance_in_days(row.due_on, today()),
    )


def _person(row: PersonRow, do: Cell) -> Sequence[Cell]:
    name = link(row.name, "seeker", id=row.id)
    return name, row.coach or _NOBODY, say(row.status), day(row.referred_on), do


def _open_end_row(row: PersonRow, user: Actor) -> Sequence[Cell]:
    settle = link("How did it end?", "seeker-edit", id=row.id)
    return _person(row, settle if may(user, Action.SEEKERS_RECORD) else "Not said")


def _next_step_row(row: PersonRow, user: Actor) -> Sequence[Cell]:
    add = link("Add a task", "task-change", seeker=row.id)
    return _person(row, add if may(user, Action.TASKS_RECORD) else "None")


_PERSON_COLUMNS = ("Name", "Coach", "Status", "Referred on")
BOARDS = {
    "Waiting": Board(
        "Longest without a shortlist",
        ledger.longest_without,
        ("Name", "Without a shortlist", "Last shortlisted", "Coach", "Status", "Matches"),
        _wait_row,
        "Nobody here is looking for work.",
        "Everybody who looks for work, and who works and wants more hours or a next step. Counted from the "
        "last shortlist, or from the referral where there was none yet.",
        ExportKind.WITHOUT_SHORTLIST,
        "Without a shortlist",
    ),
    "Not yet": Board(
        "“Not yet”, past its date or due soon",
        ledger.not_yets,
        ("Name", "Vacancy", "Reason", "Measure", "Owner", "Due"),
        _not_yet_row,
        "No “not yet” is past its date, or due within 14 days.",
        "Decisions about open vacancies that still stand. Look at the comparison again and decide anew, or "
        "see to the measure.",
        ExportKind.NOT_YETS,
        one=("decision", "decisions"),
    ),
    "Open ends": Board(
        "Referrals without an end",
        ledger.open_ends,
        (*_PERSON_COLUMNS, "How it ended"),
        _open_end_row,
        "Of everybody who has left it is said how their referral ended.",
        "Every referral ends in one of three ways: started, chose not to, or referred on to a named place.",
        ExportKind.OPEN_ENDS,
    ),
    "No next step": Board(
        "Without a next step",
        ledger.without_next_step,
        (*_PERSON_COLUMNS, "Next step"),
        _next_step_row,
        "Nobody here is without a next step.",
        "People who look for work with no open task about them, and no “not yet” whose date lies ahead.",
        ExportKind.NO_NEXT_STEP,
    ),
}


def draw_board(session: Session, board: Board, wanted: LedgerFilter, user: Actor) -> None:
    """One board, a page at a time, with the file that holds all of it."""
    st.header(board.title, anchor=False)
    st.caption(board.what)
    found = board.listing(session, wanted, offset=first_row(), limit=PAGE_SIZE, by=user, today=today())
    if found.rows:
        rows = [board.row(row, user) for row in found.rows]
        table(board.title, board.columns, rows, numbers=board.numbers)
    else:
        st.info(board.empty)
    one, many = board.one
    draw_pages(found.total, one=one, many=many)
    offer_file(board.file, wanted, user)
