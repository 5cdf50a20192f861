"""All teams: how many are in each, and those that are archived."""

import streamlit as st

from crm.db import reading
from crm.services import teams
from crm.services.teams import TeamRow
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, link, links, said, table

user = require_user()
with refuse_politely(), reading() as session:
    rows = teams.listing(session, by=user)


def cells(row: TeamRow) -> tuple[Cell, ...]:
    """One team."""
    return link(row.name, "team-edit", id=row.id), row.members, "Archived" if row.is_archived else "Live"


st.title("Teams", anchor=False)
show_flash()
links([link("Add a team", "team-edit"), link("Colleagues", "colleagues")], label="What you can do")
said(
    "Colleagues in a team look after each other's people and employers. A colleague is put into a team on "
    "their own page. Those without a team are one team together, so a small service need not make any."
)
if rows:
    table("Teams", ["Team", "Colleagues", "State"], [cells(row) for row in rows], numbers="Colleagues")
else:
    st.info("There is no team yet.")
