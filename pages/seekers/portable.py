"""Everything about one person, to read, to print, and to take along as a file that another service reads."""

import streamlit as st

from crm.db import reading
from crm.errors import CrmError
from crm.policy import Action
from crm.services import person_exports, portable_records, restricted_views, seekers
from crm.services.access import may
from crm.ui.address import needed_id
from crm.ui.guard import require_user, this_session
from crm.ui.portable_rows import SECTION_WORDS, row_facts
from crm.ui.problems import show_problem
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said, summary, unprinted
from crm.ui.words import day, plain, today
from crm.units import carry_out

user = require_user()
here = this_session()
with refuse_politely(), reading() as session:
    seeker = seekers.find(session, needed_id("id"), by=user)
    found = portable_records.build(session, seeker.key, by=user)
    opening = None
    if may(user, Action.RESTRICTED_READ, seeker):
        opening = restricted_views.in_force(session, seeker.key, in_session=here, by=user)

st.title(f"The record of {plain(seeker.preferred_name)}", anchor=False)
offered = [link(f"Back to {seeker.preferred_name}", "seeker", id=seeker.key)]
links(offered, label="Record")
unprinted("Print this page with your browser (Ctrl+P); the menu and this line are left out.")


def offer_file() -> None:
    """The file, to those who may take such records away."""
    with_restricted = opening is not None and st.checkbox(
        "With their date of birth, health, disability and benefits"
    )
    if opening is None and may(user, Action.RESTRICTED_READ, seeker):
        links([link("Open restricted facts first, to take them along", "restricted", seeker=seeker.key)],
              label="Restricted facts")  # fmt: skip
    if not st.button("Take this record away as a file"):
        return
    try:
        token = carry_out(
            lambda session: person_exports.order(
                session, seeker.key, with_restricted=with_restricted, by=user, session_digest=here
            )
        )
    except CrmError as problem:
        show_problem(problem)
        return
    st.caption(
        "The link works once, for ten minutes, and for you only. It is recorded that you took this record "
        "away. Give the file to the person, or to the service they go to, and delete your copy."
    )
    links([link("The record as a file (JSON)", f"files/person/{token}.json")], label="Download")


if person_exports.may_take_away(user):
    offer_file()
said(f"As of {day(today())}. Restricted facts and files are not on this page.")
for section, rows in found.items():
    st.header(SECTION_WORDS[section], anchor=False)
    for row in rows:
        summary(row_facts(section, row))
