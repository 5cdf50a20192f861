"""All job seekers: search, filter, page through; those who wait longest are one tick away."""

from collections.abc import Mapping

import streamlit as st

from crm.db import reading
from crm.models.exports import ExportKind
from crm.models.seekers import SeekerStatus
from crm.models.users import Actor
from crm.policy import Action
from crm.services import seekers, staff
from crm.services.access import may
from crm.services.seekers import SeekerFilter, SeekerRow
from crm.ui.calling import in_our_words
from crm.ui.guard import live_part, require_user
from crm.ui.lists import ANY, PAGE_SIZE, choice_filter, draw_pages, first_row, search_box
from crm.ui.screens import refuse_politely
from crm.ui.seeker_area import area_asked
from crm.ui.tables import Cell, link, links, table
from crm.ui.taking_away import offer_file
from crm.ui.words import NOT_RECORDED, count, hours, plain, say, today

MINE = "mine"


def cells(row: SeekerRow) -> tuple[Cell, ...]:
    return (
        link(row.name, "seeker", id=row.id),
        say(row.status),
        row.coach or "Nobody yet",
        hours(row.hours_goal),
        "Recorded" if row.has_profile else "Not yet",
        row.shortlists,
        NOT_RECORDED if row.days_waiting is None else count(row.days_waiting, "day"),
    )


def coach_filter(user: Actor, colleagues: Mapping[int, str]) -> int | None:
    words = {ANY: ANY, MINE: "My people"} | {str(key): name for key, name in colleagues.items()}
    picked = st.selectbox(
        "Coach", list(words), key="coach", format_func=words.__getitem__, bind="query-params"
    )
    if picked == MINE:
        return user.id
    return int(picked) if picked in words and picked != ANY else None


@live_part
def seeker_list(user: Actor, colleagues: Mapping[int, str]) -> None:
    search, status, coach, more = st.columns([2, 1, 1, 1])
    with search:
        typed = search_box("Search by name")
    with status:
        status_wanted = choice_filter("Status", list(SeekerStatus), key="status")
    with coach:
        coach_id = coach_filter(user, colleagues)
    with more:
        is_longest = st.checkbox("Longest wait first", key="wait", bind="query-params")
        is_archived = st.checkbox("Archived", key="archived", bind="query-params")
    wanted = SeekerFilter(typed, status_wanted, coach_id, is_longest, is_archived, area_asked(user))
    with reading() as session:
        page = seekers.listing(session, wanted, offset=first_row(), limit=PAGE_SIZE, by=user, today=today())
    columns = ["Name", "Status", "Coach", "Hours goal", "Profile", "Shortlists", "Waiting"]
    if page.rows:
        rows = [cells(row) for row in page.rows]
        table(in_our_words("Job seekers"), columns, rows, numbers="Hours goal,Shortlists,Waiting")
    else:
        st.info(in_our_words("No job seeker fits. Clear the filters, or add the first job seeker."))
    draw_pages(page.total, one=in_our_words("job seeker"), many=in_our_words("job seekers"))
    offer_file(ExportKind.SEEKERS, wanted, user)


user = require_user()
with refuse_politely(), reading() as session:
    colleagues = staff.names(session, by=user)
st.title(plain(in_our_words("Job seekers")), anchor=False)
offered = [link("Nobody left waiting", "ledger")] if may(user, Action.MATCHES_READ) else []
if may(user, Action.SEEKERS_RECORD):
    offered += [
        link(in_our_words("Add a job seeker"), "seeker-edit"),
        link("Bring in somebody’s record", "person-bring-in"),
    ]
links(offered, label="What you can do")
seeker_list(user, colleagues)
