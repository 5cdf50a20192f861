"""One programme, with the law that its records stand on."""

import streamlit as st

from crm.db import reading
from crm.policy import Action
from crm.services import archiving, programmes
from crm.services.access import may
from crm.ui.address import needed_id
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import heading_line, link, links, said, summary
from crm.ui.words import NOT_RECORDED, day, moment, plain

user = require_user()
with refuse_politely(), reading() as session:
    programme = programmes.find(session, needed_id("id"), by=user)
    saved = archiving.last_save(session, programme)

st.title(plain(programme.name), anchor=False)
show_flash()
heading_line("Dormant: takes nobody new" if programme.is_dormant else "Live")
offered = [link("All programmes", "programmes")]
if may(user, Action.SERVICE_RECORD):
    offered.insert(0, link("Edit", "programme-edit", id=programme.key))
links(offered, label="What you can do")
summary(
    [
        ("Funder", programme.funder or NOT_RECORDED),
        ("Starts", day(programme.starts_on)),
        ("Ends", day(programme.ends_on)),
        ("Lawful basis (UK GDPR, Article 6)", programme.lawful_basis or NOT_RECORDED),
        ("Condition for health and other special facts", programme.special_condition or NOT_RECORDED),
        ("Appropriate Policy Document", programme.policy_document or NOT_RECORDED),
    ]
)
said(f"Last saved by {saved.who}, {moment(saved.at)}")
