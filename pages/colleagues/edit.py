"""A colleague's name, address and roles; a new one gets a link to choose a password with."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.users import ColleagueInput, NewUser, User
from crm.policy import Role
from crm.services import colleagues, teams, users
from crm.ui.address import optional_id
from crm.ui.calling import in_our_words
from crm.ui.fields import line, pick, ticks
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.roles import ROLE_HINTS
from crm.ui.screens import go_to, refuse_politely

user = require_user()
with refuse_politely(), reading() as session:
    user_id = optional_id("id")
    colleague = colleagues.find(session, user_id, by=user) if user_id is not None else None
    in_teams = teams.names(session, by=user, also=colleague.team_id if colleague else None)

st.title("Edit colleague" if colleague else "Add a colleague", anchor=False)
fields = [
    line("name", "Name"),
    line("email", "E-mail address", hint="They sign in with it. Nothing is sent."),
    *([pick("team_id", "Team", in_teams)] if in_teams else []),
    *ticks("roles", {role.value: in_our_words(ROLE_HINTS[role]) for role in Role}),
]


def save(session: Session, typed: ColleagueInput, version: int) -> User:
    """Store the colleague."""
    if colleague is None:
        new = NewUser(**typed.model_dump())
        return users.add(session, new, by=user)
    return users.change(session, colleague.key, typed, version=version, by=user)


def then(saved: User) -> None:
    """Go on to the colleague's own page."""
    said = "" if colleague else " Now make a link, so that they can choose a password."
    after_this(f"“{saved.name}” is saved.{said}")
    go_to("colleague", id=saved.key)


form = RecordForm("colleague", fields, ColleagueInput, colleague, "Save colleague")
draw_form(form, user=user, save=save, then=then)
