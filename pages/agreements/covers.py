"""Whom one agreement reaches: the one contact, other employers covered, its sites, who sits on panels."""

import streamlit as st

from crm.db import reading
from crm.policy import Action
from crm.services import agreement_members, agreements, employers
from crm.services.access import may
from crm.services.agreement_parts import PANEL, SITES
from crm.ui.address import needed_id, optional_id
from crm.ui.agreement_parts import draw_contact, draw_days, draw_members, draw_parts
from crm.ui.choosing import choose_employer
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import heading_line, link, links
from crm.ui.words import plain, say

user = require_user()
with refuse_politely(), reading() as session:
    agreement = agreements.find(session, needed_id("id"), by=user)
    employer = employers.find(session, agreement.employer_id, by=user)
    member_id, other_id = optional_id("member"), optional_id("employer")
    member = agreement_members.find(session, member_id, by=user) if member_id else None
    other_id = member.employer_id if member else other_id
    other = employers.find(session, other_id, by=user) if other_id else None
may_record = may(user, Action.AGREEMENTS_RECORD, agreement)


st.title(f"Whom it covers: {plain(employer.name)}", anchor=False)
show_flash()
heading_line(say(agreement.kind), note=say(agreement.covers))
links([link("Back to the agreement", "agreement", id=agreement.key)], label="Agreement")
if other is not None and may_record:
    draw_days(agreement, member, other, user)
    st.stop()
draw_contact(agreement, user)
draw_members(agreement, employer, user)
if may_record:
    with st.expander("Cover another employer"):
        choose_employer(user, address="agreement-covers", id=agreement.key)
draw_parts(SITES, agreement, user, title="Sites", none="No site is named, so it holds at every site.")
draw_parts(PANEL, agreement, user, title="Who sits on the panel", none="Nobody is named yet.")
