"""Agreements at a glance: on their way, ending, where they hold, promises kept, and who has how much."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreement_outlook
from crm.services.access import may
from crm.ui.guard import live_part, require_user
from crm.ui.overview_honour import asked_behind, draw_behind, draw_every, draw_honour, is_every_asked
from crm.ui.overview_narrowing import PAGE, draw_filter, narrowed_now
from crm.ui.overview_places import draw_areas, draw_sectors
from crm.ui.overview_stages import draw_ending, draw_load, draw_signings, draw_stages
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links

VIEWS = {
    "Pipeline": (draw_stages, draw_signings, draw_ending),
    "Places": (draw_areas, draw_sectors),
    "Promises": (draw_honour,),
    "Owners": (draw_load,),
}


@live_part
def at_a_glance(view: str, user: Actor) -> None:
    wanted = draw_filter(user)
    told, is_every = asked_behind(), is_every_asked()
    if told or is_every:
        links([link("Back to all at a glance", PAGE, **narrowed_now())], label="At a glance")
    with refuse_politely(), reading() as session:
        if told:
            draw_behind(session, told, wanted, user)
        elif is_every:
            draw_every(session, wanted, user)
        else:
            for draw in VIEWS[view]:
                draw(session, wanted, user)


user = require_user()
st.title("Agreements at a glance", anchor=False)
others = [link("All agreements", "agreements")]
if may(user, Action.MATCHES_READ):
    others.append(link("Nobody left waiting", "ledger"))
links(others, label="What you can do")
offered = [name for name in VIEWS if name != "Owners" or may(user, agreement_outlook.LOAD)]
shown = st.segmented_control(
    "View", offered, default=offered[0], key="view", bind="query-params", label_visibility="collapsed"
)
at_a_glance(shown or offered[0], user)
