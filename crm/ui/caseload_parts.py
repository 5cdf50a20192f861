"""The parts of the screens on caseloads: what somebody has, what was handed over, who stands in."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from crm.models.caseloads import CaseloadKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import covers, handovers
from crm.services.access import may
from crm.services.caseloads import HeldRecord
from crm.services.covers import CoverRow
from crm.services.handover_list import HandoverRow
from crm.ui.calling import in_our_words
from crm.ui.doing import do_now
from crm.ui.tables import Cell, link, table
from crm.ui.words import count, day, moment, plain, say, today

KINDS = {
    CaseloadKind.SEEKERS: ("job seeker", "job seekers", "seeker", Action.SEEKERS_READ),
    CaseloadKind.EMPLOYERS: ("employer", "employers", "employer", Action.EMPLOYERS_READ),
    CaseloadKind.AGREEMENTS: ("agreement", "agreements", "agreement", Action.AGREEMENTS_READ),
}
"""Of each kind: one and several in words, the page of a record, and what one must be allowed to open it."""


def number_of(kind: CaseloadKind, number: int) -> str:
    """How many of a kind, in the words of this service."""
    one, several, _, _ = KINDS[kind]
    return count(number, in_our_words(one), in_our_words(several))


def heading_of(kind: CaseloadKind) -> str:
    """The kind as a heading says it."""
    several = in_our_words(KINDS[kind][1])
    return several[:1].upper() + several[1:]


def caseload_words(has: Mapping[CaseloadKind, int]) -> str:
    """A caseload in a few words: 12 job seekers, 3 employers."""
    return ", ".join(number_of(kind, number) for kind, number in has.items() if number) or "Nothing"


def name_cell(kind: CaseloadKind, held: HeldRecord, user: Actor) -> Cell:
    """A record by name, with the way to it for those who may see cases."""
    text = f"{held.name}: {say(held.agreement_kind).lower()}" if held.agreement_kind else held.name
    _, _, page, action = KINDS[kind]
    return link(text, page, id=held.id) if may(user, action) else text


def draw_handovers(found: Sequence[HandoverRow], user: Actor) -> None:
    """What was handed over, the latest first, with a way to undo what can be undone."""
    st.header("Handed over", anchor=False)
    if not found:
        st.caption("Nothing was handed over yet.")
        return
    columns = ["When", "From", "To", "Records", "Both can act until", "Why", "Undone"]
    table(
        "Handed over, the latest first", columns, [_handover_cells(row) for row in found], numbers="Records"
    )
    for row in found:
        if row.can_go_back and may(user, Action.CASELOADS_HAND_OVER):
            words = f"Hand back what went to {plain(row.to_name)} on {moment(row.at)}"
            if st.button(words, key=f"back-{row.id}"):
                _hand_back(row, user)


def _handover_cells(row: HandoverRow) -> tuple[Cell, ...]:
    until = day(row.both_until) if row.both_until else "–"
    undone = "Handed back" if row.is_undone else ""
    return moment(row.at), row.from_name, row.to_name, row.records, until, row.why or "", undone


def _hand_back(row: HandoverRow, user: Actor) -> None:
    named: dict[str, Any] = {"version": row.version, "by": user, "today": today()}
    done = f"{row.records:,} of them are back with {row.from_name}."
    do_now(lambda session: handovers.hand_back(session, row.id, **named), done)


def cover_cells(row: CoverRow) -> tuple[Cell, ...]:
    """One cover as a line of a table."""
    one = in_our_words(KINDS[row.kind][0])
    return link(row.who, "caseload", id=row.user_id), f"{row.name} ({one})", day(row.until), row.why


COVER_COLUMNS = ["Who stands in", "For", "Until", "Why"]


def draw_cover(found: Sequence[CoverRow], total: int, user: Actor) -> None:
    """What a colleague can act on beside whoever has it, with a way to end each, or all."""
    st.header("Stands in for", anchor=False)
    if not found:
        st.caption("Nobody: there is no cover in force.")
        return
    table("Cover in force", COVER_COLUMNS, [cover_cells(row) for row in found])
    if not may(user, Action.CASELOADS_HAND_OVER):
        return
    for row in found:
        if st.button(f"End the cover for {plain(row.name)}", key=f"end-{row.id}"):
            _end(row, user)
    if total > 1 and st.button(f"End all {total:,} covers", key="end-all"):
        user_id = found[0].user_id
        do_now(
            lambda session: covers.end_all_of(session, user_id, by=user, today=today()),
            f"{total:,} covers have ended.",
        )


def _end(row: CoverRow, user: Actor) -> None:
    named: dict[str, Any] = {"version": row.version, "by": user, "today": today()}
    do_now(lambda session: covers.end(session, row.id, **named), f"The cover for {row.name} has ended.")
