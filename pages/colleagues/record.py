"""One colleague: roles, access, the link to choose a password with, and where they are signed in."""

import streamlit as st

from crm.db import reading
from crm.services import caseloads, colleagues, teams
from crm.services.colleagues import access_of
from crm.ui.address import needed_id
from crm.ui.caseload_parts import caseload_words
from crm.ui.colleague_parts import draw_access, draw_invitation, draw_sign_ins
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.roles import role_words
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, summary
from crm.ui.words import moment, plain, say

user = require_user()
with refuse_politely(), reading() as session:
    colleague = colleagues.find(session, needed_id("id"), by=user)
    team = teams.names(session, by=user, also=colleague.team_id).get(colleague.team_id or 0, "None")
    has = caseloads.sizes(session, colleague.key, by=user)
    sign_ins = colleagues.signed_in(session, colleague.key, by=user)

st.title(plain(colleague.name), anchor=False)
show_flash()
links(
    [
        link("Edit", "colleague-edit", id=colleague.key),
        link("Caseload", "caseload", id=colleague.key),
        link("All colleagues", "colleagues"),
    ],
    label="What you can do",
)
summary(
    [
        ("E-mail address", colleague.email),
        ("Roles", role_words(colleague.roles)),
        ("Team", team),
        ("Caseload", caseload_words(has)),
        ("Access", say(access_of(colleague))),
        ("Added", moment(colleague.created_at)),
    ]
)
if colleague.disabled_at is not None and any(has.values()):
    st.warning(f"Still theirs: {caseload_words(has)}. Nobody looks after what stays with them.")
    links([link("Hand it over", "hand-over", id=colleague.key)], label="Caseload")
if colleague.disabled_at is None:
    draw_invitation(colleague, user)
draw_sign_ins(sign_ins, user)
draw_access(colleague, user)
