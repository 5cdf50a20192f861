"""One agreement in words: what its paper says as it stands now, to read, in large print or in Easy Read."""

import streamlit as st

from crm.db import reading
from crm.services import agreements
from crm.services.agreement_stages import shown_stage
from crm.services.agreement_text import content_of
from crm.ui.address import needed_id
from crm.ui.agreement_paper import draw_content
from crm.ui.agreement_papers import draw_downloads
from crm.ui.easy_read import ask_style
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import heading_line, link, links
from crm.ui.words import plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    agreement = agreements.find(session, needed_id("id"), by=user)
    content = content_of(session, agreement, by=user, today=today())

stage = shown_stage(agreement.stage, agreement.ends_on, today=today())
st.title(plain(content.title), anchor=False)
heading_line(say(stage), note="In the words in force today, from what is recorded now")
ways = [
    link("Back to the agreement", "agreement", id=agreement.key),
    link("Clauses of agreements", "clauses"),
]
links(ways, label="What you can do")
draw_downloads(agreement, user)
draw_content(content, ask_style())
