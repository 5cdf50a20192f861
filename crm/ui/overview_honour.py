"""The agreements at a glance by whether promises of interviews are kept, and the promises behind a number."""

import streamlit as st
from sqlmodel import Session

from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.services import agreement_honour, employers
from crm.services.agreement_honour import EmployerHonour, PromiseBehind
from crm.services.overview_files import OverviewFilter
from crm.services.promises import Count
from crm.ui.agreement_narrowing import number_of
from crm.ui.charts import bar_chart, show_chart
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.overview_narrowing import PAGE, narrowed_now
from crm.ui.tables import Cell, link, links, table
from crm.ui.taking_away import offer_file
from crm.ui.words import count, day, say, today

FIRST = 20
"""Employers that are drawn at most beside everything else; the whole list is a view of its own."""

EVERY, BEHIND, EMPLOYER = "every", "behind", "employer"
"""What views of this page are called in its address: all employers, the promises of a number, whose."""

COLUMNS = ["Employer", "Honour rate", "Kept", "Broken", "Disputed", "Range"]
NUMBERS = ",".join(COLUMNS[1:])
_COUNTS = {one.name.lower(): one for one in agreement_honour.SHOWN}


def draw_honour(session: Session, wanted: OverviewFilter, user: Actor) -> None:
    """The employers that keep fewest of their promises."""
    st.header("Promises of interviews, employer by employer", anchor=False)
    found = agreement_honour.by_employer(
        session, wanted.agreements, wanted.period, offset=0, limit=FIRST, by=user, today=today()
    )
    if not found.rows:
        st.caption("No promise of an interview is due yet among these agreements.")
        return
    rated = [one for one in found.rows if one.honour.rate is not None]
    chart = bar_chart(
        [one.employer for one in rated],
        [100 * (one.honour.rate or 0) for one in rated],
        [percent(one.honour.rate) for one in rated],
    )
    said = "; ".join(f"{one.employer} {percent(one.honour.rate)}" for one in rated)
    show_chart(
        chart,
        alt=f"Share of promises kept by employer, the lowest first: {said or 'all are disputed'}.",
        columns=COLUMNS,
        rows=[_row(one) for one in found.rows],
        key="honour",
        numbers=NUMBERS,
        is_open=True,
    )
    st.caption(
        "Kept ÷ (kept + broken by the employer), of promises that are due. The range is what it would be if "
        "every dispute were a break, or a promise kept."
    )
    every = link(f"All {count(found.total, 'employer')}", PAGE, **narrowed_now() | {EVERY: "employer"})
    links([every], label="Promises of interviews")
    offer_file(ExportKind.AGREEMENT_HONOUR, wanted, user, label="Download the honour rates")


def percent(share: float | None) -> str:
    """A share as 67 %; without one there is no rate."""
    return "None yet" if share is None else f"{100 * share:.0f} %"


def _row(one: EmployerHonour) -> list[Cell]:
    honour = one.honour
    counts = [_opens(one.employer_id, name, getattr(honour, name)) for name in _COUNTS]
    reach = f"{percent(honour.low)} to {percent(honour.high)}" if honour.disputed else "No disputes"
    return [link(one.employer, "employer", id=one.employer_id), percent(honour.rate), *counts, reach]


def _opens(employer_id: int, name: str, number: int) -> Cell:
    if not number:
        return number
    return link(f"{number:,}", PAGE, **narrowed_now() | {BEHIND: name, EMPLOYER: str(employer_id)})


def draw_every(session: Session, wanted: OverviewFilter, user: Actor) -> None:
    """All employers whose promises count, a page at a time."""
    found = agreement_honour.by_employer(
        session,
        wanted.agreements,
        wanted.period,
        offset=first_row(),
        limit=PAGE_SIZE,
        by=user,
        today=today(),
    )
    st.header("Promises of interviews, employer by employer", anchor=False)
    if found.rows:
        table(
            "Share of promises kept, the lowest first", COLUMNS, list(map(_row, found.rows)), numbers=NUMBERS
        )
    draw_pages(found.total, one="employer")


def is_every_asked() -> bool:
    """Does the address ask for all employers?"""
    return EVERY in st.query_params


def asked_behind() -> Count | None:
    """The count that the address asks the promises of, if it asks for one."""
    return _COUNTS.get(st.query_params.get(BEHIND, ""))


def draw_behind(session: Session, told: Count, wanted: OverviewFilter, user: Actor) -> None:
    """The promises behind one number of one employer."""
    employer = employers.find(session, number_of(st.query_params.get(EMPLOYER, "")), by=user)
    found = agreement_honour.behind(
        session,
        wanted.agreements,
        wanted.period,
        employer.key,
        told,
        offset=first_row(),
        limit=PAGE_SIZE,
        by=user,
        today=today(),
    )
    st.header(f"{say(told)}: promises of interviews", anchor=False)
    links([link(employer.name, "employer", id=employer.key)], label="Employer")
    if found.rows:
        columns = ["Person", "Agreement", "Put forward on", "Due on", "Interview on"]
        table(f"{say(told)}, by {employer.name}", columns, list(map(_promise_row, found.rows)))
    else:
        st.info("No promise fits.")
    draw_pages(found.total, one="promise")


def _promise_row(one: PromiseBehind) -> list[Cell]:
    happened = day(one.happens_on) if one.happens_on else ""
    return [
        link(one.seeker, "seeker", id=one.seeker_id),
        link(one.employer, "agreement", id=one.agreement_id),
        day(one.referred_on),
        day(one.due_on),
        happened,
    ]
