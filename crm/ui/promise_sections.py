"""Promises to people as parts of other pages: of agreements, employers, people, vacancies, and of Today."""

from typing import Any

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_choices import Promise
from crm.models.agreements import Agreement
from crm.models.base import Record
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action, Role
from crm.services import promise_list, promised_sessions
from crm.services.access import may
from crm.services.promise_list import PromiseFilter
from crm.services.promise_terms import is_in_force, promises_of
from crm.services.promises import Count
from crm.ui import promise_rows as rows
from crm.ui.tables import Link, link, links, said, table
from crm.ui.words import say, today

SHOWN = 8
"""Promises that the page of another record shows; their own list has the rest."""

_PAGES = {"Agreement": "agreement", "Employer": "employer", "JobSeeker": "seeker", "Vacancy": "vacancy"}
"""How the address of the list of promises names each kind of record."""


def draw_promises(record: Record, user: Actor) -> None:
    """What people were promised that this record is about, and the way to promise more."""
    if not may(user, Action.PROMISES_READ):
        return
    page = _PAGES[type(record).__name__]
    about: dict[str, Any] = {f"{page}_id": record.key}
    with reading() as session:
        wanted = PromiseFilter(**about)
        found = promise_list.listing(session, wanted, offset=0, limit=SHOWN, by=user, today=today())
    st.header("Promises", anchor=False)
    if found.rows:
        table("Promises", rows.COLUMNS, [rows.promise_row(row, today()) for row in found.rows])
    else:
        said("Nobody has been put forward here yet.")
    every = link(f"All {found.total:,} promises", "promises", **{page: record.key})
    offered = [*_referral(record, page, user), *([every] if found.total > SHOWN else [])]
    if offered:
        links(offered, label="Promises")
    if isinstance(record, Agreement):
        _draw_sessions(record, user)


def _referral(record: Record, page: str, user: Actor) -> list[Link]:
    """The way to put somebody forward, where this person may and the record lets them."""
    if page == "employer" or record.archived_at is not None:
        return []
    if isinstance(record, Agreement) and not is_in_force(record, today=today()):
        return []
    whose = record if isinstance(record, JobSeeker) else None
    if not may(user, Action.PROMISES_RECORD, whose):
        return []
    words = "Put this person forward" if whose is not None else "Put somebody forward"
    return [link(words, "refer", **{page: record.key})]


def to_put_forward(vacancy: Vacancy, seeker: JobSeeker, user: Actor) -> list[Link]:
    """The way to put this person forward for a vacancy, beside their comparison."""
    if vacancy.archived_at is not None or not may(user, Action.PROMISES_RECORD, seeker):
        return []
    return [link("Put forward under an agreement", "refer", vacancy=vacancy.key, seeker=seeker.key)]


def to_its_interviews(vacancy: Vacancy, user: Actor) -> list[Link]:
    """The interviews of a vacancy under an agreement, and the way to put somebody forward for one."""
    if vacancy.agreement_id is None or not may(user, Action.PROMISES_READ):
        return []
    found = [link("Interviews under the agreement", "slots", id=vacancy.key)]
    if vacancy.archived_at is None and may(user, Action.PROMISES_RECORD):
        found.append(link("Put somebody forward", "refer", vacancy=vacancy.key))
    return found


def _draw_sessions(agreement: Agreement, user: Actor) -> None:
    """The sessions, courses and rounds of trials under an agreement that promises any."""
    if promises_of(agreement) == [Promise.INTERVIEW]:
        return
    may_change = may(user, Action.AGREEMENTS_RECORD, agreement)
    with reading() as session:
        found = promised_sessions.of_agreement(session, agreement.key, by=user)
    st.header("Sessions, courses and trials", anchor=False)
    if found:
        shown = [rows.session_row(row, may_change=may_change) for row in found]
        table("Sessions, courses and trials", rows.SESSION_COLUMNS, shown)
    else:
        said("None is planned yet.")
    if may_change:
        links([link("Plan a session", "session-edit", agreement=agreement.key)], label="Sessions")


def draw_due(session: Session, user: Actor) -> None:
    """One line: how many promises are due and unanswered, with their list; managers see everybody's."""
    if not may(user, Action.PROMISES_RECORD):
        return
    is_mine = Role.MANAGER not in user.roles
    wanted = PromiseFilter(count=Count.NOT_ANSWERED, is_mine=is_mine)
    number = promise_list.total(session, wanted, by=user, today=today())
    if number:
        mine = {"mine": "true"} if is_mine else {}
        words = rows.unanswered_words(number)
        links([link(words, "promises", count=say(Count.NOT_ANSWERED), **mine)], label="Promises due")
