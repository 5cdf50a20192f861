"""The clauses that agreements are made of, in the words in force; or one of them, with its editions."""

import streamlit as st

from crm.db import reading
from crm.policy import Action
from crm.services import clause_library, service
from crm.services.access import may
from crm.services.agreement_terms import example_terms
from crm.ui.clause_parts import COLUMNS, asked_clause, clause_row, draw_editions, draw_wording
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said, table
from crm.ui.words import plain

user = require_user()
if "of" not in st.query_params:
    with refuse_politely(), reading() as session:
        wordings = clause_library.in_force(session, by=user)
    st.title("Clauses of agreements", anchor=False)
    show_flash()
    if may(user, Action.SERVICE_RECORD):
        links([link("Service settings", "settings")], label="Where this belongs")
    said(
        "Every agreement is put together from these clauses: those that its kind needs and that have "
        "something to say. A new wording is the next edition; what was signed keeps its words."
    )
    rows = [clause_row(wording) for wording in wordings.values()]
    table("Clauses, in the order in which they are printed", COLUMNS, rows, numbers="Edition")
    st.stop()

with refuse_politely(), reading() as session:
    clause = asked_clause()
    editions = clause_library.history(session, clause, by=user)
    example = example_terms(service.current(session, by=user))
st.title(f"Clause: {plain(editions[0].heading)}", anchor=False)
show_flash()
ways = [link("All clauses", "clauses")]
if may(user, Action.CLAUSES_RECORD):
    ways.append(link("Word it anew", "clause-edit", of=clause.value))
links(ways, label="What you can do")
said("Filled in from an example, as agreements print it; below, its Easy Read twin.")
draw_wording(editions[0], example)
draw_editions(editions)
