"""What a button does at once: one service call, then the page again with what was done."""

from collections.abc import Callable

import streamlit as st
from sqlmodel import Session

from crm.errors import CrmError
from crm.ui.flash import after_this
from crm.ui.problems import show_problem
from crm.ui.screens import go_to
from crm.units import carry_out


def do_now(service: Callable[[Session], object], done: str) -> None:
    """Save what the service does and draw the page again with `done`, or say why it cannot be."""
    try:
        carry_out(service)
    except CrmError as problem:
        show_problem(problem)
        return
    after_this(done)
    st.rerun()


def do_and_go(service: Callable[[Session], object], done: str, address: str, **parameters: int) -> None:
    """Save what the service does and open another page with `done`, or say why it cannot be."""
    try:
        carry_out(service)
    except CrmError as problem:
        show_problem(problem)
        return
    after_this(done)
    go_to(address, **parameters)
