"""The checks of an agreement in words, on the form and on its own page: what stands in the way first."""

from collections.abc import Sequence

import streamlit as st

from crm.services.agreement_checks import Check
from crm.ui.tables import record_list, said
from crm.ui.words import say

_BLOCKING, _WRONG = "To put right before a manager approves", "To put right"
_MISSING = "Still missing, or to think of"


def draw_checks(found: Sequence[Check], *, is_approved: bool = False) -> None:
    """Draw what is to be seen to; where there is nothing, that."""
    wrong = _WRONG if is_approved else _BLOCKING
    st.header("Checks", anchor=False)
    if not found:
        said("Nothing is missing, and nothing contradicts.")
        return
    for heading, is_blocking in ((wrong, True), (_MISSING, False)):
        rows = [one for one in found if one.is_blocking is is_blocking]
        if rows:
            said(heading)
            record_list([(f"{say(one.clause)}:", one.words) for one in rows], label=heading)
