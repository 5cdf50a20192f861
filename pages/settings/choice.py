"""One value of a list: how it is shown, where it stands, and whether forms still offer it."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.lists import ChoiceList, ListChoice, ListChoiceInput
from crm.services import lists
from crm.ui.address import optional_id
from crm.ui.fields import line, number, tick
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.setting_words import LISTS
from crm.ui.tables import link, links, said

user = require_user()
with refuse_politely(), reading() as session:
    choice_id = optional_id("id")
    choice = lists.find(session, choice_id, by=user) if choice_id is not None else None

asked = str(st.query_params.get("of", ""))
named = ChoiceList(asked) if asked in set(ChoiceList) else ChoiceList.SECTOR
which = choice.list_name if choice else named
st.title(f"{LISTS[which]}: edit a value" if choice else f"{LISTS[which]}: add a value", anchor=False)
links([link(LISTS[which], "lists", of=which.value)], label="Where this belongs")
if choice:
    said(f"Records hold “{choice.value}”. That stays; here you say how it is shown.")
fields = [
    line("label", "Shown as"),
    number("position", "Place in the list", hint="From 1 on; the same place is ordered by letter."),
    tick("is_dormant", "Dormant: not offered any more"),
]


def save(session: Session, typed: ListChoiceInput, version: int) -> ListChoice:
    """Store the value."""
    if choice is None:
        return lists.add(session, which, typed, by=user)
    return lists.change(session, choice.key, typed, version=version, by=user)


def then(saved: ListChoice) -> None:
    """Go back to the list."""
    after_this(f"“{saved.label}” is saved.")
    go_to("lists", of=saved.list_name.value)


form = RecordForm(f"choice-{which.value}", fields, ListChoiceInput, choice, "Save value")
draw_form(form, user=user, save=save, then=then)
