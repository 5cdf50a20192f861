"""A page to print for an employer: what we agreed, their people as consented, whom to ring, the next date."""

import streamlit as st

from crm.db import reading
from crm.services import employer_sheet
from crm.services.agreed_words import promise_rows
from crm.ui.address import needed_id
from crm.ui.employer_sheet import coming_words, people_words
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, record_list, said, summary, unprinted
from crm.ui.words import day, plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    found = employer_sheet.sheet(session, needed_id("id"), by=user, today=today())

st.title(plain(f"{found.employer.name} and {found.service}"), anchor=False)
links([link(f"Back to {found.employer.name}", "employer", id=found.employer.key)], label="Employer")
unprinted("Print this page with your browser (Ctrl+P); the menu and this line are left out.")
said(f"As of {day(today())}")

st.header("What we agreed", anchor=False)
for promise in found.promises:
    st.subheader(say(promise.kind), anchor=False)
    summary(promise_rows(promise, today()))
if not found.promises:
    said("We have no agreement in writing yet.")

people = people_words(found)
if people:
    st.header("People we support with you", anchor=False)
    record_list([(one, "") for one in people], label="People we support with you")

st.header("Whom to ring", anchor=False)
if found.to_ring:
    record_list([(one.name, one.email) for one in found.to_ring], label="Whom to ring")
else:
    said("We will tell you who looks after you.")

if found.coming:
    st.header("Next date", anchor=False)
    said(coming_words(found.coming))
