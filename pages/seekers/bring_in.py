"""Bringing in somebody who comes with their record from another service: look first, then take it in."""

import streamlit as st

from crm.db import reading
from crm.errors import CrmError
from crm.models.users import Actor
from crm.policy import Action
from crm.services import portable_imports, portable_reading
from crm.services.access import ensure
from crm.services.portable_imports import Alike
from crm.services.portable_reading import Incoming
from crm.services.portable_text import LARGEST
from crm.ui.calling import in_our_words
from crm.ui.flash import after_this
from crm.ui.guard import require_user
from crm.ui.portable_rows import SECTION_WORDS
from crm.ui.problems import show_problem
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, said, summary, table
from crm.ui.words import NOT_RECORDED, count, say
from crm.units import carry_out

COMPARED = {
    "preferred_name": "Preferred name",
    "email": "E-mail address",
    "phone": "Telephone",
    "postcode": "Postcode",
    "referred_on": "Referred on",
    "status": "Status",
}


def show(incoming: Incoming) -> None:
    origin = incoming.person.origin
    said(f"From {origin['changed_in']}. You see what would come in before anything is saved.")
    rows = [(SECTION_WORDS[name], count(number, "row"))
            for name, number in portable_imports.counts(incoming).items()]  # fmt: skip
    summary([("Preferred name", incoming.person.values["preferred_name"]), *rows])
    st.info(
        "What they agreed to with the other service, and what was decided there, comes in as history. "
        "It gives no leave here: ask them anew."
    )


def show_beside(incoming: Incoming, found: list[Alike]) -> None:
    told = incoming.person.values
    for one in found:
        rows = [
            (label, _words(told.get(name)), _words(getattr(one.seeker, name)))
            for name, label in COMPARED.items()
        ]
        st.header("They are here already" if one.is_same else "Somebody here is much alike", anchor=False)
        table("The record that comes in beside the one here", ["Field", "In the file", "Here"], rows)
        links([link(one.seeker.preferred_name, "seeker", id=one.seeker.key)], label="The record here")


def _words(value: object) -> str:
    return NOT_RECORDED if value is None else say(str(value)) if str(value).islower() else str(value)


def take_in(incoming: Incoming, user: Actor, *, is_somebody_else: bool) -> None:
    try:
        made = carry_out(
            lambda session: portable_imports.bring_in(
                session, incoming, by=user, is_somebody_else=is_somebody_else
            )
        )
    except CrmError as problem:
        show_problem(problem)
        return
    after_this("They are recorded here now. Give them a coach, and ask them anew what you may share.")
    go_to("seeker", id=made.key)


user = require_user()
with refuse_politely(), reading() as session:
    ensure(session, user, Action.SEEKERS_RECORD)
st.title("Bring in somebody’s record", anchor=False)
links([link(in_our_words("Job seekers"), "seekers")], label="List")
uploaded = st.file_uploader("The record as a file (JSON)", type="json", max_upload_size=LARGEST // 1024**2)
if uploaded is not None:
    try:
        incoming = portable_reading.read(uploaded.getvalue())
        with reading() as session:
            found = portable_imports.alike(session, incoming, by=user)
    except CrmError as problem:
        show_problem(problem)
        st.stop()
    show(incoming)
    show_beside(incoming, found)
    if any(one.is_same for one in found):
        st.warning("Nothing is taken in. Where the file knows more, change the record here by hand.")
        st.stop()
    is_other = bool(found) and st.checkbox("I have looked: it is somebody else")
    if st.button("Take this person in", type="primary", disabled=bool(found) and not is_other):
        take_in(incoming, user, is_somebody_else=is_other)
