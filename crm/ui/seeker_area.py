"""The list of job seekers narrowed to a postcode area by its address, as figures lead to it."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import seeker_areas
from crm.ui.agreement_narrowing import NOT_SAID
from crm.ui.calling import in_our_words
from crm.ui.tables import link, links, unprinted


def area_asked(user: Actor) -> str | None:
    """The postcode area that the address asks for, said with the way to the whole list; None for all."""
    asked = st.query_params.get("area")
    if not asked:
        return None
    area = seeker_areas.NOT_RECORDED if asked == NOT_SAID else asked.upper()
    with reading() as session:
        is_shown = area in seeker_areas.looking(session, by=user)
    where = f"in the postcode area {area}" if area else "whose postcode is not recorded"
    words = f"Only people who look for work, {where}."
    unprinted(
        words if is_shown else f"{words} Too few do to be listed, or it would tell how few do elsewhere."
    )
    links([link(in_our_words("Show all job seekers"), "seekers")], label=in_our_words("All job seekers"))
    return area
