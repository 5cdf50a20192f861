"""One of one's own views of a list: its name, who may use it, and the archive."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.employer_lists import SavedView, SavedViewInput
from crm.services import saved_views
from crm.ui.address import needed_id
from crm.ui.archiving import draw_archiving
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.saved_views import NAMING, address_of
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import links
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    view = saved_views.find(session, needed_id("id"), by=user)

st.title(plain(f"View “{view.name}”"), anchor=False)
show_flash()
links([address_of(view)], label="The list")


def save(session: Session, typed: SavedViewInput, version: int) -> SavedView:
    """Store the view."""
    return saved_views.change(session, view.key, typed, version=version, by=user)


def then(saved: SavedView) -> None:
    """Go back to the list."""
    after_this(f"The view “{saved.name}” is saved.")
    go_to(saved.page)


if view.user_id != user.id:
    st.info("A colleague keeps this view and shares it: you can use it, and they change it.")
    st.stop()
if view.archived_at is None:
    form = RecordForm("view", NAMING, SavedViewInput, view, "Save view")
    draw_form(form, user=user, save=save, then=then)
draw_archiving(view, "view", archive=saved_views.archive, bring_back=saved_views.bring_back, user=user)
