"""The agreements at a glance on their way: by stage, by the month of their signature, ending, by owner."""

from dataclasses import replace
from datetime import date

import streamlit as st
from sqlmodel import Session

from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.services import agreement_figures, agreement_outlook, agreements
from crm.services.agreement_figures import StageFigures
from crm.services.agreement_filters import MOVED_LATELY_DAYS, NO_DAY, OVERDUE, Phase
from crm.services.agreement_outlook import OwnerLoad, Signings
from crm.services.overview_files import OverviewFilter
from crm.ui import agreement_rows as rows
from crm.ui.agreement_narrowing import parameters
from crm.ui.charts import bar_chart, show_chart
from crm.ui.overview_narrowing import opens
from crm.ui.tables import Cell, link, links, table
from crm.ui.taking_away import offer_file
from crm.ui.words import count, say, today

ENDING_ROWS = 10
"""Of the agreements that end soon so many are drawn; their list has the rest."""


def draw_stages(session: Session, wanted: OverviewFilter, user: Actor) -> None:
    """How many agreements are in each stage, and for how many days at the median and at most."""
    st.header("By stage", anchor=False)
    found = agreement_figures.by_stage(session, wanted.agreements, by=user, today=today())
    if not found:
        st.info("No agreement fits. Choose Any in the filters, or open an employer and add an agreement.")
        return
    longest = max(found, key=lambda one: one.longest_days)
    chart = bar_chart(
        [say(one.stage) for one in found],
        [one.agreements for one in found],
        [f"{one.agreements:,}" for one in found],
    )
    alt = (
        f"Agreements by stage: {', '.join(f'{say(one.stage)} {one.agreements}' for one in found)}. "
        f"The longest in one stage is {count(longest.longest_days, 'day')}, in {say(longest.stage)}."
    )
    shown = [_stage_row(one, wanted) for one in found]
    columns = ["Stage", "Agreements", "Median days", "Longest days"]
    numbers = ",".join(columns[1:])
    show_chart(chart, alt=alt, columns=columns, rows=shown, key="stages", numbers=numbers, is_open=True)
    offer_file(ExportKind.AGREEMENT_STAGES, wanted, user, label="Download the stages")


def _stage_row(one: StageFigures, wanted: OverviewFilter) -> list[Cell]:
    there = replace(wanted.agreements, stage=one.stage)
    half = link(f"{one.median_days:g}", "agreements", **parameters(there))
    longest = replace(there, days=one.longest_days)
    oldest = link(f"{one.longest_days:,}", "agreements", **parameters(longest))
    return [say(one.stage), opens(one.agreements, there), half, oldest]


def draw_signings(session: Session, wanted: OverviewFilter, user: Actor) -> None:
    """When the agreements on the way are expected to be signed."""
    st.header("Expected signatures", anchor=False)
    found = agreement_outlook.signings(session, wanted.agreements, by=user, today=today())
    if not found:
        st.caption("No agreement is on its way to a signature.")
        return
    labels = [when_words(one.when) for one in found]
    chart = bar_chart(labels, [one.agreements for one in found], [f"{one.agreements:,}" for one in found])
    said = ", ".join(f"{label} {one.agreements}" for label, one in zip(labels, found, strict=True))
    shown = [_signing_row(one, wanted) for one in found]
    show_chart(
        chart,
        alt=f"Agreements on the way by when their signature is expected: {said}.",
        columns=["Expected in", "Agreements"],
        rows=shown,
        key="signings",
        numbers="Agreements",
        is_open=True,
    )
    offer_file(ExportKind.AGREEMENT_SIGNINGS, wanted, user, label="Download the expected signatures")


def when_words(when: str) -> str:
    """A month as December 2026; overdue, or no day, in words."""
    if when in (OVERDUE, NO_DAY):
        return {OVERDUE: "Overdue", NO_DAY: "No day expected"}[when]
    return f"{date.fromisoformat(f'{when}-01'):%B %Y}"


def _signing_row(one: Signings, wanted: OverviewFilter) -> list[Cell]:
    return [when_words(one.when), opens(one.agreements, replace(wanted.agreements, signing=one.when))]


def draw_ending(session: Session, wanted: OverviewFilter, user: Actor) -> None:
    """The agreements in force that end within 90 days, the earliest first."""
    st.header("Ending within 90 days", anchor=False)
    soon = replace(wanted.agreements, expires_soon=True)
    found = agreements.listing(session, soon, offset=0, limit=ENDING_ROWS, by=user, today=today())
    if not found.rows:
        st.caption("None ends within 90 days.")
        return
    shown = [rows.agreement_row(row, today()) for row in found.rows]
    table("Agreements that end within 90 days", rows.COLUMNS, shown, numbers=rows.NUMBERS)
    all_of_them = f"All {count(found.total, 'agreement')} that end within 90 days"
    links([link(all_of_them, "agreements", **parameters(soon))], label="Ending within 90 days")
    offer_file(ExportKind.AGREEMENTS, soon, user, label="Download what ends within 90 days")


def draw_load(session: Session, wanted: OverviewFilter, user: Actor) -> None:
    """What each colleague has in hand."""
    st.header("Who has how much", anchor=False)
    found = agreement_outlook.by_owner(session, wanted.agreements, by=user, today=today())
    if not found:
        st.caption("Nobody has an agreement on the way or in force.")
        return
    moved = f"Moved in {MOVED_LATELY_DAYS} days"
    columns = ["Owner", "On the way", "In force", moved, "Days the oldest waits"]
    shown = [_load_row(one, wanted) for one in found]
    table("Agreements by owner", columns, shown, numbers=",".join(columns[1:]))
    offer_file(ExportKind.AGREEMENT_LOAD, wanted, user, label="Download who has how much")


def _load_row(one: OwnerLoad, wanted: OverviewFilter) -> list[Cell]:
    whose = replace(wanted.agreements, owner_id=one.owner_id, is_nobodys=one.owner_id is None)
    waiting = replace(whose, phase=Phase.ON_THE_WAY)
    oldest: Cell = "None"
    if one.oldest_days is not None:
        longest = parameters(replace(waiting, days=one.oldest_days))
        oldest = link(f"{one.oldest_days:,}", "agreements", **longest)
    return [
        one.owner or "Nobody yet",
        opens(one.on_the_way, waiting),
        opens(one.in_force, replace(whose, phase=Phase.IN_FORCE)),
        opens(one.has_moved, replace(whose, has_moved=True)),
        oldest,
    ]
