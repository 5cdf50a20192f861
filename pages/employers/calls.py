"""Who to call next: employers worth a call for the people who look for work, explained, never decided."""

import streamlit as st

from crm.db import reading
from crm.models.exports import ExportKind
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Role
from crm.services import calls, seekers
from crm.services.calls import CallFilter, CallList
from crm.services.task_list import Whose
from crm.ui.address import optional_id
from crm.ui.call_rows import draw_rows
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row, words_filter
from crm.ui.progress import telling
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, record_list
from crm.ui.taking_away import offer_file
from crm.ui.words import count, plain, say, today


def filters(user: Actor, seeker: JobSeeker | None) -> CallFilter:
    usual = Whose.MINE if Role.JOB_COACH in user.roles else Whose.EVERYBODY
    whose, area, known = st.columns([1.4, 1, 1], vertical_alignment="bottom")
    chosen: str | None = usual
    if seeker is None:
        with whose:
            chosen = st.segmented_control(
                "For whose people",
                list(Whose),
                default=usual,
                required=True,
                format_func=say,
                key="whose",
                bind="query-params",
            )
    with area:
        typed = words_filter("Postcode begins with", key="area")
    with known:
        is_known = st.toggle("Only employers we have had to do with", key="known", bind="query-params")
    return CallFilter(str(chosen or usual), typed, is_known, None if seeker is None else seeker.key)


def beside(found: CallList) -> None:
    if found.left:
        st.info(
            f"The {found.people} people who have waited longest are looked at here, "
            f"and {found.left:,} more are not. Choose whose people to look at the others."
        )
    if found.silent:
        with st.expander(f"Nothing to go by yet for {count(len(found.silent), 'person', 'people')}"):
            said = "no skill and no wish is recorded yet"
            rows = [(link(name, "seeker", id=key), said) for key, name in found.silent]
            record_list(rows, label="Nothing to go by yet")
    if found.shut_total:
        with st.expander(f"Not to be contacted, though they would fit: {found.shut_total:,}"):
            rows = [(link(name, "employer", id=key), "do not contact") for key, name in found.shut]
            record_list(rows, label="Not to be contacted")


@live_part
def employers_to_call(user: Actor, seeker: JobSeeker | None) -> None:
    wanted = filters(user, seeker)
    with refuse_politely(), telling("Comparing employers") as told, reading() as session:
        found = calls.listing(
            session, wanted, offset=first_row(), limit=PAGE_SIZE, by=user, today=today(), progress=told
        )
    if found.rows:
        draw_rows(found.rows, user)
    elif not found.people:
        st.info("Nobody here looks for work. Choose whose people.")
    elif wanted.area or wanted.is_known_only:
        st.info("No employer suits among these. Clear the postcode, or look at all employers.")
    else:
        st.info("No employer suits yet. Record more skills and wishes, or import a list of employers.")
    draw_pages(found.total, one="employer")
    beside(found)
    if found.total:
        if found.total > calls.MOST_IN_FILE:
            st.caption(f"A file holds the first {calls.MOST_IN_FILE}. No job seeker is named in it.")
        offer_file(ExportKind.CALLS, wanted, user)


user = require_user()
with refuse_politely(), reading() as session:
    key = optional_id("seeker")
    seeker = seekers.find(session, key, by=user) if key is not None else None
st.title(f"Employers for {plain(seeker.preferred_name)}" if seeker else "Who to call next", anchor=False)
if seeker is not None:
    links(
        [
            link(seeker.preferred_name, "seeker", id=seeker.key),
            link("Who to call next for everybody", "calls"),
        ],
        label="Record",
    )
st.caption(
    "From what people can do, wish and can reach: work that an employer has had, or that is usual in its "
    "trade. A warm link moves an employer up. It is a suggestion to check, and nothing is decided here."
)
with refuse_politely():
    employers_to_call(user, seeker)
