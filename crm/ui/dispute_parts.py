"""What a person says is not right, as their coach sees it: the row, their words, the way to settle it."""

from collections.abc import Sequence

import streamlit as st

from crm.models.disputes import RowDispute
from crm.ui.tables import link, table
from crm.ui.words import day

COLUMNS = ["What was written", "Their words", "Said on", "Settle"]


def draw_disputes(found: Sequence[RowDispute], *, may_settle: bool) -> None:
    """Draw what is open, if anything is, with the way to settle it for those who may."""
    if not found:
        return
    st.warning("They say that this is not right. It counts as not known until you have settled it with them.")
    rows = [
        (
            one.row_words,
            one.words,
            day(one.said_on),
            link("Talk and settle", "dispute", id=one.key) if may_settle else "Their coach does",
        )
        for one in found
    ]
    table("What they say is not right", COLUMNS, rows)
