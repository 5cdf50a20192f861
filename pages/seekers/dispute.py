"""Settling what a person says is not right: their words, then what came of it, once it was talked over."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.disputes import RowDispute, SettledHow, SettlingInput
from crm.services import disputes, seekers
from crm.ui.address import needed_id
from crm.ui.fields import choice, line
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, summary
from crm.ui.words import day, plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    found = disputes.find(session, needed_id("id"), by=user)
    seeker = seekers.for_form(session, found.seeker_id, by=user)

st.title(f"What {plain(seeker.preferred_name)} says is not right", anchor=False)
offered = [link(seeker.preferred_name, "seeker", id=seeker.key)]
if found.vacancy_id is not None:
    offered.append(link("The comparison", "compare", vacancy=found.vacancy_id, seeker=seeker.key))
links(offered, label="What belongs to this")
facts = [("What was written", found.row_words), ("Their words", found.words), ("Said on", day(found.said_on))]
if found.settled_on is not None:
    summary([*facts, ("Settled", say(found.settled_how)), ("On", day(found.settled_on)),
             ("What was said", found.settled_words or "")])  # fmt: skip
    st.stop()
summary(facts)
st.info("Until this is settled the row counts as not known. Talk it over, and change the record if need be.")


def save(session: Session, typed: SettlingInput, version: int) -> RowDispute:
    return disputes.settle(session, found.key, typed, version=version, by=user, today=today())


def then(_saved: RowDispute) -> None:
    after_this("Settled. The row counts again as it is recorded.")
    go_to("seeker", id=seeker.key)


fields = [
    choice("settled_how", "What came of it", SettledHow),
    line("settled_words", "What was said", hint="In a few words, as the person would put it."),
]
form = RecordForm("settle", fields, SettlingInput, found, "Settle it", belongs_to=seeker.key)
draw_form(form, user=user, save=save, then=then)
