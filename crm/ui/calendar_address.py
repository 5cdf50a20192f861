"""One's private calendar address, on one's own account page: made and shown once, replaced, stopped."""

import streamlit as st

from crm.config import settings
from crm.db import reading, transaction
from crm.errors import CrmError
from crm.models.users import Actor
from crm.policy import Action
from crm.services import feeds
from crm.services.access import may
from crm.ui.doing import do_now
from crm.ui.guard import is_still
from crm.ui.tables import said
from crm.ui.words import moment, plain

_TOKEN, _REFUSED = "crm_calendar_token", "crm_calendar_refused"


def draw_calendar_address(user: Actor) -> None:
    """Offer an address for the calendar on one's telephone or computer, to those who have tasks."""
    if not may(user, Action.TASKS_RECORD):
        return
    with reading() as session:
        since = feeds.since(session, by=user)
    st.header("My dates in another calendar", anchor=False)
    said(
        "Your calendar can show your tasks, the reviews and ends of your agreements, and the closing days of "
        "your accounts’ vacancies. Nobody whom you support is named in it: their tasks say only “Task”."
    )
    _show_new()
    with st.container(horizontal=True):
        words = "Make a new address; the old one stops" if since else "Make a calendar address"
        st.button(words, key="calendar-make", on_click=_make, args=(user,))
        if since is not None and st.button("Stop the address", key="calendar-stop"):
            do_now(lambda session: feeds.stop(session, by=user), "The calendar address has stopped working.")
    if since is not None:
        st.caption(f"An address is in use since {moment(since)}. It is shown once, when it is made.")


def _show_new() -> None:
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        st.error(plain(refused))
    token = st.session_state.pop(_TOKEN, None)
    if token:
        st.success(
            "Add this address to your calendar as a subscription. It is shown only now. Whoever has it can "
            "read these dates without signing in: keep it to yourself."
        )
        st.code(f"{settings().public_url}/calendar/{token}.ics", language=None, wrap_lines=True)


def _make(user: Actor) -> None:
    if not is_still(user):
        return
    try:
        with transaction() as session:
            token = feeds.make(session, by=user)
    except CrmError as problem:
        st.session_state[_REFUSED] = str(problem)
        return
    # Only once it is stored: an address that is shown has to work.
    st.session_state[_TOKEN] = token
