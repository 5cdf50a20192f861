"""A message that outlives the change of page after a save, with a way to undo what it tells of."""

from collections.abc import Callable

import streamlit as st

from crm.ui.words import plain

_KEY = "crm_flash"
_UNDO = "crm_flash_undo"


def after_this(message: str, *, undo: Callable[[], None] | None = None) -> None:
    """Say this at the top of the next screen that is drawn; `undo` is what its button does at once.

    What undoes has to be a function of a module, or a partial of one, as the session keeps it.
    """
    st.session_state[_KEY] = message
    if undo is not None:
        st.session_state[_UNDO] = undo


def show_flash() -> None:
    """Draw the waiting message, once."""
    message = st.session_state.pop(_KEY, None)
    undo = st.session_state.pop(_UNDO, None)
    if not message:
        return
    with st.container(key="crm-flash"):
        st.success(plain(message))
        if undo:
            st.button("Undo", key="crm-undo", on_click=undo)
