"""A message that outlives the change of page after a save."""

import streamlit as st

from crm.ui.words import plain

_KEY = "crm_flash"


def after_this(message: str) -> None:
    """Say this at the top of the next screen that is drawn."""
    st.session_state[_KEY] = message


def show_flash() -> None:
    """Draw the waiting message, once."""
    message = st.session_state.pop(_KEY, None)
    if message:
        st.success(plain(message))
