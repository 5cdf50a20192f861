"""What the service is called, and what it calls those whom it supports."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.service import WordsInput
from crm.models.users import Service
from crm.services import service
from crm.ui.fields import line
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, said

user = require_user()
with refuse_politely(), reading() as session:
    here = service.current(session, by=user)

st.title("Name and words", anchor=False)
links([link("Service settings", "settings")], label="Where this belongs")
said(
    "Every title, menu, button and message uses the word of your service for those it supports. Write one "
    "and several as they stand in a sentence, for example participant and participants."
)
fields = [
    line("name", "Name of the service"),
    line("seeker_word", "One person who is supported is a"),
    line("seeker_words", "Several of them are"),
]


def save(session: Session, typed: WordsInput, version: int) -> Service:
    """Store the words."""
    return service.change_words(session, typed, version=version, by=user)


def then(saved: Service) -> None:
    """Go back to the settings."""
    after_this(f"Saved. From the next page on, screens say {saved.seeker_word} and {saved.seeker_words}.")
    go_to("settings")


draw_form(RecordForm("words", fields, WordsInput, here, "Save words"), user=user, save=save, then=then)
