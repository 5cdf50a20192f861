"""The script that Streamlit runs: the page's frame and the menu by role. Pages do the rest."""

from html import escape
from time import monotonic

import streamlit as st

from crm import measures
from crm.config import ROOT
from crm.db import reading
from crm.models.users import Actor, Service
from crm.services import refusals, setup
from crm.services.access import may
from crm.ui.calling import use_words_of
from crm.ui.guard import require_user
from crm.ui.log_link import draw_log_link
from crm.ui.look import show_banner
from crm.ui.menu import FIND, is_alone, pages_for


def draw_side(service: Service, user: Actor) -> None:
    """Who is signed in where, and the ways to find something and to leave."""
    can_find = may(user, FIND.action)
    find = (
        '<a class="crm-link" href="/find" target="_self" data-crm-find="yes">Find</a><br>' if can_find else ""
    )
    with st.sidebar:
        st.html(
            f'<p class="crm-who">{escape(service.name)}<br>{escape(user.name)}<br>{find}'
            '<a href="/account" target="_self">Your account</a><br>'
            '<a href="/logout" target="_self">Sign out</a></p>'
        )


begun = monotonic()
user = require_user()
with reading() as session:
    service = setup.current(session)
use_words_of(service)
page = st.navigation(pages_for(user))
stands_alone = is_alone(page.url_path)
if stands_alone:
    page = st.navigation(pages_for(user), position="hidden")

st.set_page_config(
    page_title=f"{page.title} – {service.name}",
    page_icon=str(ROOT / "crm" / "web" / "assets" / "icon.png"),
    layout="wide",
)
if not stands_alone:
    draw_side(service, user)
    draw_log_link(page.url_path, user)
show_banner(service)
try:
    page.run()
finally:
    refusals.write()
measures.SCRIPT_RUNS.add(monotonic() - begun)
