"""Going from page to page, and stopping one politely."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st

from crm.config import ROOT
from crm.errors import CrmError, NotSignedInError
from crm.ui.menu import SCREENS
from crm.ui.problems import show_problem

_SCRIPTS = {screen.address: ROOT / "pages" / screen.script for screen in SCREENS}


def go_to(address: str, **parameters: str | int) -> NoReturn:
    """Open another page of the product, with the given ids in its address."""
    st.switch_page(_SCRIPTS[address], query_params={name: str(value) for name, value in parameters.items()})


@contextmanager
def refuse_politely() -> Generator[None]:
    """End the page with one sentence when its records cannot be shown."""
    try:
        yield
    except NotSignedInError:
        raise
    except CrmError as problem:
        st.title("This cannot be shown", anchor=False)
        show_problem(problem)
        st.stop()
