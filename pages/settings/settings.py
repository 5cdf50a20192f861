"""Everything that is set for the whole service, with what it is now, and who changed what when."""

import streamlit as st

from crm.db import reading
from crm.models.lists import ChoiceList
from crm.policy import Action
from crm.services import lists, programmes, service
from crm.services.access import may
from crm.ui.calling import in_our_words
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.history_words import sentence
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.screens import refuse_politely
from crm.ui.setting_words import LISTS, WEIGHTS
from crm.ui.tables import link, links, summary, table
from crm.ui.words import count, moment

user = require_user()
with refuse_politely(), reading() as session:
    here = service.current(session, by=user)
    live = {which: len(lists.labels(session, which, by=user)) for which in ChoiceList}
    running = programmes.names(session, by=user)
    changes = service.changes(session, offset=first_row(), limit=PAGE_SIZE, by=user)

st.title("Service settings", anchor=False)
show_flash()
links(
    [
        link("Name and words", "words"),
        link("Weights of matching", "weights"),
        link("Programmes", "programmes"),
        link("Clauses of agreements", "clauses"),
        *(link(f"List: {LISTS[which].lower()}", "lists", of=which.value) for which in ChoiceList),
    ],
    label="What can be set",
)
if may(user, Action.USERS_RECORD):
    people = [link("Colleagues", "colleagues"), link("Teams", "teams"), link("Caseloads", "caseloads")]
    links(people, label="Who works here")
summary(
    [
        ("Name of the service", here.name),
        ("Who is supported", f"{here.seeker_word}, {here.seeker_words}"),
        *((in_our_words(label), f"{getattr(here, name):g}") for name, (label, _) in WEIGHTS.items()),
        ("Programmes that take people", ", ".join(running.values()) or "None recorded"),
        *(
            (LISTS[which], count(live[which], "value") if live[which] else "Free text")
            for which in ChoiceList
        ),
    ]
)
st.header("Changes of these settings", anchor=False)
rows = [(moment(one.at), one.by, sentence(one)) for one in changes.rows]
table("Changes of these settings, the latest first", ["When", "Who", "What"], rows)
draw_pages(changes.total, one="change")
