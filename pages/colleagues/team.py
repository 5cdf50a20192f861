"""One team: its name, who is in it, and the archive."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.users import Team, TeamInput
from crm.services import teams
from crm.ui.address import optional_id
from crm.ui.archiving import draw_archiving
from crm.ui.fields import line
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.roles import role_words
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, said, table
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    team_id = optional_id("id")
    team = teams.find(session, team_id, by=user) if team_id is not None else None
    inside = teams.members(session, team.key, by=user) if team else []

st.title(plain(f"Team {team.name}") if team else "Add a team", anchor=False)
show_flash()
links([link("All teams", "teams")], label="Where this belongs")


def save(session: Session, typed: TeamInput, version: int) -> Team:
    """Store the team."""
    if team is None:
        return teams.add(session, typed, by=user)
    return teams.change(session, team.key, typed, version=version, by=user)


def then(saved: Team) -> None:
    """Go back to the list of teams."""
    after_this(f"The team “{saved.name}” is saved.")
    go_to("teams")


if team is None or team.archived_at is None:
    form = RecordForm("team", [line("name", "Name of the team")], TeamInput, team, "Save team")
    draw_form(form, user=user, save=save, then=then)
if team:
    st.header("Who is in it", anchor=False)
    if inside:
        rows = [(link(one.name, "colleague", id=one.key), role_words(one.roles)) for one in inside]
        table("Who is in it", ["Name", "Roles"], rows)
    else:
        said("Nobody. Put colleagues into it on their own pages.")
    draw_archiving(team, "team", archive=teams.archive, bring_back=teams.bring_back, user=user)
