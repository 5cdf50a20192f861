"""What a person says is not right, as their coach sees it: the row, their words, the way to settle it."""

from collections.abc import Sequence

import streamlit as st

from crm.models.disputes import DisputedPart, RowDispute
from crm.ui.tables import link, table
from crm.ui.words import day

COLUMNS = ["What they say", "Their words", "Settle"]


def draw_disputes(found: Sequence[RowDispute], *, name: str, may_settle: bool) -> None:
    """Draw what is open, if anything is, with the way to settle it for those who may."""
    if not found:
        return
    st.warning("They say that this is not right. It counts as not known until you have settled it with them.")
    rows = [
        (
            said_words(one, name),
            one.words,
            link("Talk and settle", "dispute", id=one.key) if may_settle else "Their coach does",
        )
        for one in found
    ]
    table("What they say is not right", COLUMNS, rows)


def said_words(one: RowDispute, name: str) -> str:
    """Who said when that what is not right, and what that means for comparing."""
    effect = (
        "it takes no part in comparing"
        if one.part is DisputedPart.OTHER
        else "counted as not known until settled"
    )
    return f"{name} said on {day(one.said_on)} that “{one.row_words}” is not right: {effect}."


def in_doubt(found: Sequence[RowDispute], *parts: DisputedPart, key: str | None = None) -> str:
    """What is said beside a row or a part of a comparison that rests on what they say is not right."""
    days = [one.said_on for one in found if one.part in parts and key in (None, one.row_key)]
    if not days:
        return ""
    return f"Not known until settled: they said on {day(min(days))} that this is not right."
