"""The reminder to renew an agreement, on its own page."""

import streamlit as st

from crm.errors import CrmError
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.services import reminders
from crm.ui.flash import after_this
from crm.ui.problems import show_problem
from crm.ui.words import today
from crm.units import carry_out


def draw_renewal(agreement: Agreement, user: Actor) -> None:
    """Offer to note that somebody has seen to the renewal, so that the first page reminds nobody of it."""
    if not st.button("I have seen to its renewal", key=f"renewal-{agreement.key}"):
        return
    try:
        carry_out(lambda session: reminders.deal_with(session, agreement.key, by=user, today=today()))
    except CrmError as problem:
        show_problem(problem)
        return
    after_this("Noted. The first page does not remind you of this renewal any more.")
    st.rerun()
