"""A page to print before an agreement is renewed: what we asked, what you gave, what came of it."""

import streamlit as st

from crm.db import reading
from crm.services import renewal_pack
from crm.ui.address import needed_id
from crm.ui.guard import require_user
from crm.ui.renewal_pack import (
    CAREFUL,
    GIVEN_COLUMNS,
    GIVEN_NUMBERS,
    asked_rows,
    given_rows,
    given_words,
    result_rows,
)
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said, summary, table, unprinted
from crm.ui.words import day, plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    pack = renewal_pack.pack(session, needed_id("id"), by=user, today=today())

st.title(plain(f"{pack.employer} and {pack.service}"), anchor=False)
links([link("Back to the agreement", "agreement", id=pack.agreement.key)], label="Agreement")
unprinted("Print this page with your browser (Ctrl+P); the menu and this line are left out.")
said(f"{say(pack.agreement.kind)}, as of {day(today())}. Nobody’s name is on this page.")

st.header("What we asked", anchor=False)
summary(asked_rows(pack.agreement, today()))

st.header("What you gave", anchor=False)
given, sentences = given_rows(pack.figures), given_words(pack)
if given:
    table("What you gave", GIVEN_COLUMNS, given, numbers=GIVEN_NUMBERS)
for words in sentences:
    said(words)
if not given and not sentences:
    said("Nobody has been put forward yet.")

st.header("What came of it", anchor=False)
summary(result_rows(pack))
said(CAREFUL)
