"""One list: its values, live and dormant, how often each is used, and words in use that it does not have."""

import streamlit as st

from crm.db import reading
from crm.models.lists import ChoiceList, ListChoiceInput
from crm.models.users import Actor
from crm.services import lists
from crm.services.lists import ChoiceRow
from crm.ui.doing import do_now
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.setting_words import LISTS
from crm.ui.tables import Cell, link, links, said, table
from crm.ui.words import plain

MOST_UNLISTED = 25

user = require_user()
asked = str(st.query_params.get("of", ""))
which = ChoiceList(asked) if asked in set(ChoiceList) else ChoiceList.SECTOR
with refuse_politely(), reading() as session:
    rows = lists.listing(session, which, by=user)
    unlisted = lists.unlisted(session, which, limit=MOST_UNLISTED, by=user)


def cells(row: ChoiceRow) -> tuple[Cell, ...]:
    """One value of the list."""
    one = row.choice
    return (
        link(one.label, "choice-edit", id=one.key),
        one.position,
        "Dormant" if one.is_dormant else "Live",
        row.uses,
        "" if one.value == one.label else one.value,
    )


def add(text: str, by: Actor) -> None:
    """Take words that are in use into the list."""
    new = ListChoiceInput(label=text)
    do_now(lambda session: lists.add(session, which, new, by=by), f"“{text}” is in the list.")


st.title(LISTS[which], anchor=False)
show_flash()
others = [link(LISTS[other], "lists", of=other.value) for other in ChoiceList if other is not which]
links(
    [link("Add a value", "choice-edit", of=which.value), *others, link("Service settings", "settings")],
    label="What you can do",
)
said(
    "Forms offer the live values in this order. A dormant value is offered to nobody and stays where it is "
    "recorded; values are never deleted. While no value is live, the field is free text. Imports take the "
    "spelling of the list where they know the value, and keep the words of the file where they do not."
)
if rows:
    columns = ["Shown as", "Place", "State", "Records", "Stored as"]
    table(LISTS[which], columns, [cells(row) for row in rows], numbers="Place,Records")
else:
    st.info("The list has no value yet, so the field is free text.")
if unlisted:
    st.header("In use, and not in the list", anchor=False)
    table("In use, and not in the list", ["Words", "Records"], unlisted, numbers="Records")
    for number, (text, _) in enumerate(unlisted):
        if st.button(f"Add “{plain(text)}”", key=f"add-{which.value}-{number}"):
            add(text, user)
