"""A page to print before an agreement is renewed: what we asked, what you gave, what came of it."""

import streamlit as st

from crm.db import reading
from crm.services import renewal_pack
from crm.services.agreed_words import asked_rows
from crm.services.renewal_words import (
    ASKED,
    CAME,
    CAREFUL,
    GIVEN,
    GIVEN_COLUMNS,
    NOBODY_YET,
    given_rows,
    given_words,
    opening_of,
    result_rows,
    title_of,
)
from crm.ui.address import needed_id
from crm.ui.agreement_papers import draw_pack_downloads
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said, summary, table, unprinted
from crm.ui.words import plain, today

user = require_user()
with refuse_politely(), reading() as session:
    pack = renewal_pack.pack(session, needed_id("id"), by=user, today=today())

st.title(plain(title_of(pack)), anchor=False)
links([link("Back to the agreement", "agreement", id=pack.agreement.key)], label="Agreement")
draw_pack_downloads(pack.agreement.key)
unprinted("Or print this page with your browser (Ctrl+P); the menu and this line are left out.")
said(opening_of(pack, today()))

st.header(ASKED, anchor=False)
summary(asked_rows(pack.agreement, today()))

st.header(GIVEN, anchor=False)
given, sentences = given_rows(pack.figures), given_words(pack)
if given:
    table(GIVEN, GIVEN_COLUMNS, given, numbers=",".join(GIVEN_COLUMNS[1:]))
for words in sentences:
    said(words)
if not given and not sentences:
    said(NOBODY_YET)

st.header(CAME, anchor=False)
summary(result_rows(pack))
said(CAREFUL)
