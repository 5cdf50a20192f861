"""Help: what the words mean, what one's roles allow and why, the keyboard, accessibility, licences."""

import streamlit as st

from crm.db import reading
from crm.policy import Action, Role, role_word
from crm.services import service
from crm.services.access import may
from crm.services.permissions import whose
from crm.ui.about import ACCESSIBILITY, ATTRIBUTIONS, KEYS, WORDS, version
from crm.ui.guard import require_user
from crm.ui.menu import ACCOUNT, looking_after
from crm.ui.permission_words import action_words, allowed_by
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said, summary, table

user = require_user()
with refuse_politely(), reading() as session:
    here = service.current(session, by=user)

st.title("Help", anchor=False)
mine = ", ".join(role_word(role) for role in Role if role in user.roles)

st.header("What the words mean", anchor=False)
summary(WORDS)

st.header("What you can do here, and why", anchor=False)
said(f"Your roles: {mine}. An administrator gives and takes roles; what no role of yours lists is not drawn.")
table(
    "Allowed by your roles",
    ["You can", "Of whom or what", "Because you are"],
    [
        (action_words(action), whose(user, action), ", ".join(allowed_by(action, user.roles)))
        for action in Action
        if may(user, action)
    ],
)
links(
    [link(screen.title, screen.address) for screen in (*looking_after(user), ACCOUNT)],
    label="Looking after the service",
)
others = [action for action in Action if not may(user, action)]
if others:
    with st.expander("What others can do"):
        everybody = frozenset(Role)
        table(
            "What others can do",
            ["Action", "Who can"],
            [(action_words(action), ", ".join(allowed_by(action, everybody))) for action in others],
        )

st.header("By keyboard", anchor=False)
summary(KEYS)
st.header("Accessibility", anchor=False)
said(ACCESSIBILITY)
st.header("About", anchor=False)
summary([("Service", here.name), ("Version", version()), *ATTRIBUTIONS])
