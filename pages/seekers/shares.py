"""Who gets shortlisted over a period: shares by support needs, waiting time and coach, never a name."""

import streamlit as st

from crm.db import reading
from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.services import shortlist_shares
from crm.services.shortlist_shares import ShareFilter
from crm.ui.guard import live_part, require_user
from crm.ui.lists import ANY, draw_choice
from crm.ui.screens import refuse_politely
from crm.ui.share_parts import draw_shares
from crm.ui.tables import link, links
from crm.ui.taking_away import offer_file
from crm.ui.words import today


def period() -> ShareFilter:
    """From one month to another; the last twelve unless somebody chooses."""
    months = {f"{month:%Y-%m}": f"{month:%B %Y}" for month in shortlist_shares.months(today())}
    first, last = st.columns(2)
    with first:
        since = draw_choice("From", {ANY: f"The last {shortlist_shares.MONTHS} months", **months}, key="from")
    with last:
        until = draw_choice("To", {ANY: "This month", **months}, key="to")
    return ShareFilter(since, until)


@live_part
def figures(user: Actor) -> None:
    wanted = period()
    with refuse_politely(), reading() as session:
        draw_shares(shortlist_shares.of_period(session, wanted, by=user, today=today()))
    offer_file(ExportKind.SHARES, wanted, user, label="Download the shares")


user = require_user()
st.title("Who gets shortlisted", anchor=False)
links([link("Nobody left waiting", "ledger")], label="What you can do")
figures(user)
