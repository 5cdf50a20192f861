"""Views of a list that people keep: links above the list, and a way to keep the one that is shown."""

from urllib.parse import parse_qsl, urlencode

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.employer_lists import ListPage, SavedView, SavedViewInput
from crm.models.users import Actor
from crm.policy import Action
from crm.services import saved_views
from crm.services.access import may
from crm.ui.fields import line, tick
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.tables import Link, link, links, said

NAMING = [
    line("name", "Name of the view"),
    tick("is_pinned", "Show it above the list"),
    tick("is_shared", "Let all colleagues use it"),
]


def address_of(view: SavedView) -> Link:
    """A link to the list as the view keeps it."""
    return Link(view.name, view.page, tuple(parse_qsl(view.query)))


def draw_views(page: ListPage, user: Actor) -> None:
    """The pinned views as links, above their list."""
    with reading() as session:
        views = saved_views.listing(session, page, by=user)
    pinned = [address_of(view) for view in views if view.is_pinned]
    if pinned:
        links(pinned, label="Views")


def draw_keeping(page: ListPage, user: Actor) -> None:
    """Below a list: the other views, and a way to keep one more, folded."""
    with reading() as session:
        views = saved_views.listing(session, page, by=user)
    if not (views or may(user, Action.SAVED_VIEWS_RECORD)):
        return
    with st.expander("Keep this view, or change one"):
        others = [address_of(view) for view in views if not view.is_pinned]
        if others:
            links(others, label="Views that are not pinned")
        own = [
            link(f"Change “{view.name}”", "view-edit", id=view.key)
            for view in views
            if view.user_id == user.id
        ]
        if own:
            links(own, label="Your views")
        if may(user, Action.SAVED_VIEWS_RECORD):
            said("What is searched, chosen and sorted now is kept under a name of your choice.")
            _draw_form(page, user, kept=len(views))


def _draw_form(page: ListPage, user: Actor, *, kept: int) -> None:
    query = urlencode(st.query_params.to_dict())

    def save(session: Session, typed: SavedViewInput, _version: int) -> SavedView:
        return saved_views.keep(session, page, query, typed, by=user)

    def then(saved: SavedView) -> None:
        after_this(f"The view “{saved.name}” is kept.")
        st.rerun()  # The address says it already, and its parameters are the filters’ own to set.

    form = RecordForm(f"view-{page}-{kept}", NAMING, SavedViewInput, None, "Keep this view")
    draw_form(form, user=user, save=save, then=then)
