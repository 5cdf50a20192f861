"""Choosing the employer or person that something is about, among thousands: search, then follow a link."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import employers, seekers
from crm.services.employer_filters import EmployerFilter
from crm.services.seekers import SeekerFilter
from crm.ui.guard import live_part
from crm.ui.tables import link, table
from crm.ui.words import today

_MOST = 12


@live_part
def choose_employer(user: Actor, *, address: str, **others: int) -> None:
    """Draw a search for an employer; each one found links to `address?employer=…` with the other ids."""
    words = st.text_input("Which employer is it for?", key="employer-words", type="search", live="300ms")
    with reading() as session:
        page = employers.listing(
            session, EmployerFilter(words=words or ""), offset=0, limit=_MOST, by=user, today=today()
        )
    if not page.rows:
        st.info("No employer of this name is recorded. Add the employer first, then come back.")
        return
    rows = [(link(row.name, address, **others, employer=row.id), row.postcode or "") for row in page.rows]
    table(f"The first {len(rows)} of {page.total:,} employers", ["Employer", "Postcode"], rows)


@live_part
def choose_seeker(user: Actor, *, address: str, **others: int) -> None:
    """Draw a search for a person; each one found links to `address?seeker=…` with the other ids."""
    words = st.text_input("Who is it about?", key="seeker-words", type="search", live="300ms")
    with reading() as session:
        page = seekers.listing(
            session, SeekerFilter(words=words or ""), offset=0, limit=_MOST, by=user, today=today()
        )
    if not page.rows:
        st.info("Nobody of this name is recorded.")
        return
    rows = [(link(row.name, address, **others, seeker=row.id), row.coach or "") for row in page.rows]
    table(f"The first {len(rows)} of {page.total:,} people", ["Name", "Coach"], rows)
