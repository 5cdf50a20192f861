"""One's own account: who one is here, what one may do and why, and where one is signed in."""

import streamlit as st

from crm.db import reading
from crm.services import colleagues
from crm.services.permissions import permissions, relation_meanings
from crm.ui.calendar_address import draw_calendar_address
from crm.ui.calling import in_our_words
from crm.ui.colleague_parts import draw_sign_ins
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.menu import looking_after
from crm.ui.roles import role_words
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, summary, table

user = require_user()
with refuse_politely(), reading() as session:
    own = permissions(session, by=user)
    sign_ins = colleagues.signed_in(session, user.id or 0, by=user)

st.title("Your account", anchor=False)
show_flash()
summary([("Name", user.name), ("E-mail address", user.email), ("Roles", role_words(user.roles))])
links(
    [link(screen.title, screen.address) for screen in looking_after(user)], label="Looking after the service"
)
draw_calendar_address(user)
draw_sign_ins(sign_ins, user)
st.header("What you may do, and why", anchor=False)
rows = [(in_our_words(one.what), "Yes" if one.is_allowed else "No", one.whose, one.why) for one in own]
table("What you may do", ["What", "Allowed", "Of whom or what", "Why"], rows)
with st.expander("What own, caseload, team and archived mean"):
    summary(relation_meanings())
