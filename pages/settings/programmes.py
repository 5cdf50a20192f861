"""All programmes: who pays, from when to when, the law, and how many are on each."""

import streamlit as st

from crm.db import reading
from crm.policy import Action
from crm.services import programmes
from crm.services.access import may
from crm.services.programmes import ProgrammeRow
from crm.ui.calling import in_our_words
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, link, links, table
from crm.ui.words import NOT_RECORDED, day

user = require_user()
with refuse_politely(), reading() as session:
    rows = programmes.listing(session, by=user)


def cells(row: ProgrammeRow) -> tuple[Cell, ...]:
    """One programme."""
    one = row.programme
    return (
        link(one.name, "programme", id=one.key),
        one.funder or NOT_RECORDED,
        day(one.starts_on),
        day(one.ends_on),
        one.lawful_basis or NOT_RECORDED,
        "Dormant" if one.is_dormant else "Live",
        row.people,
    )


st.title("Programmes", anchor=False)
show_flash()
if may(user, Action.SERVICE_RECORD):
    links(
        [link("Add a programme", "programme-edit"), link("Service settings", "settings")],
        label="What you can do",
    )
if rows:
    several = in_our_words("Job seekers")
    columns = ["Programme", "Funder", "Starts", "Ends", "Lawful basis", "State", several]
    table("Programmes", columns, [cells(row) for row in rows], numbers=several)
else:
    st.info("No programme is recorded yet. An administrator adds them here.")
