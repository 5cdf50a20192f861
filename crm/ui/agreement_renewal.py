"""What is offered where an agreement comes to its end: renewing it, and undoing a lapse by a wrong date."""

import streamlit as st

from crm.errors import CrmError
from crm.models.agreement_choices import AgreementStage
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.services import reminders
from crm.ui.flash import after_this
from crm.ui.problems import show_problem
from crm.ui.tables import Link, link
from crm.ui.words import day, say, today
from crm.units import carry_out


def undoing(agreement: Agreement, before: AgreementStage | None) -> list[Link]:
    """The way back to the stage that an agreement lapsed from, if there is one."""
    if before is None:
        return []
    words = f"Back to {say(before).lower()}: the end date was wrong"
    return [link(words, "agreement-move", id=agreement.key, to=before.value, undo="yes")]


def draw_undoing(agreement: Agreement, before: AgreementStage | None) -> None:
    """Say that an agreement lapsed by date though its end date lies ahead now: nothing moves it by itself."""
    is_over = agreement.ends_on is not None and agreement.ends_on < today()
    if before is None or is_over:
        return
    ahead = f"ends on {day(agreement.ends_on)}" if agreement.ends_on else "has no end date"
    st.warning(
        f"It lapsed by its former end date, and now {ahead}. If that date was wrong, take it back to "
        f"“{say(before)}”; if the employer has agreed to go on, move it to “{say(AgreementStage.RENEWED)}”."
    )


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
