"""The parts of the first page about agreements whose date has come: renewals, signatures, reviews."""

import streamlit as st
from sqlmodel import Session

from crm.models.users import Actor
from crm.policy import Role
from crm.services import agreement_dates, reminders
from crm.services.agreement_dates import DueRow
from crm.ui.home_parts import ROWS, all_of
from crm.ui.tables import Cell, Link, link, table
from crm.ui.words import count, distance_in_days, say, today


def draw_reminders(session: Session, user: Actor) -> None:
    """Reminders to renew an agreement that nobody has dealt with; nothing when there is none."""
    found = reminders.waiting(session, limit=ROWS, by=user, today=today())
    if not found.rows:
        return
    st.header("Renewals to see to", anchor=False)
    rows: list[tuple[Cell, ...]] = [
        (
            link(row.employer, "agreement", id=row.agreement_id),
            distance_in_days(row.ends_on, today()),
            row.owner or "Nobody yet",
            link("Renew", "agreement-move", id=row.agreement_id, to="renewed"),
        )
        for row in found.rows
    ]
    table("Renewals to see to", ["Employer", "Ends", "Owner", "What to do"], rows)
    all_of(found.total, "Agreements that expire in 90 days", "agreements", soon="true")


def draw_dates(session: Session, user: Actor) -> None:
    """Signatures that were expected by now and reviews that are due: an officer's own, or everybody's."""
    is_own = Role.ENGAGEMENT_OFFICER in user.roles
    owner_id = user.id if is_own else None
    found = agreement_dates.due(session, owner_id=owner_id, limit=ROWS, by=user, today=today())
    if not found.rows:
        return
    title = "My agreements to move on" if is_own else "Agreements to move on"
    st.header(title, anchor=False)
    rows: list[tuple[Cell, ...]] = [
        (link(row.employer, "agreement", id=row.id), say(row.kind), _why_now(row), _to_do(row))
        for row in found.rows
    ]
    table(title, ["Employer", "Kind", "Why now", "What to do"], rows)
    if found.total > len(rows):
        st.caption(f"The first {len(rows)} of {count(found.total, 'agreement')}.")


def _why_now(row: DueRow) -> str:
    what = "Signature expected" if row.is_unsigned else "Review"
    return f"{what}, {distance_in_days(row.on, today())}"


def _to_do(row: DueRow) -> Link:
    words, to = ("Sign", "signed") if row.is_unsigned else ("Review", "in_review")
    return link(words, "agreement-move", id=row.id, to=to)
