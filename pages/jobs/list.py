"""Background work: what runs, what waits, what failed and why, and what was done."""

import streamlit as st

from crm.db import reading
from crm.models.jobs import JobState
from crm.models.users import Actor
from crm.policy import Action
from crm.services import jobs
from crm.services.access import ensure, may
from crm.services.jobs import JobRow
from crm.ui.asked_work import draw_asked
from crm.ui.counted import matching_work
from crm.ui.flash import show_flash
from crm.ui.guard import live_part, require_user
from crm.ui.job_rows import cells, draw_acting
from crm.ui.lists import PAGE_SIZE, choice_filter, draw_pages, first_row
from crm.ui.screens import refuse_politely
from crm.ui.tables import said, table

COLUMNS = ["What", "State", "Due", "Asked for by", "What came of it", "Attempts"]
MOST_ACTED_ON = 20


def to_act_on(user: Actor) -> list[JobRow]:
    found: list[JobRow] = []
    with reading() as session:
        for state in (JobState.RUNNING, JobState.WAITING, JobState.FAILED):
            found += jobs.listing(session, state=state, offset=0, limit=MOST_ACTED_ON, by=user).rows
    return found


@live_part
def all_work(user: Actor) -> None:
    state = choice_filter("State", list(JobState), key="state")
    with reading() as session:
        page = jobs.listing(session, state=state, offset=first_row(), limit=PAGE_SIZE, by=user)
    if page.rows:
        table("Background work", COLUMNS, [cells(row) for row in page.rows], numbers="Attempts")
    else:
        st.info("There is none. Where the app does no background work, run the command “jobs” by cron.")
    draw_pages(page.total, one="line")


user = require_user()
with refuse_politely(), reading() as session:
    ensure(session, user, Action.JOBS_READ)
st.title("Background work", anchor=False)
show_flash()
said(
    "Imports run beside the pages, and each day agreements lapse, reminders are made, the trail is anchored, "
    "what is old is tidied away, a backup is made and checked, and everybody is compared with every open "
    "vacancy. Work that fails for want of the machine is tried again by itself."
)
if may(user, Action.MATCHES_READ):
    draw_asked(matching_work(), user)
waiting = to_act_on(user)
if waiting:
    st.header("Running, waiting or failed", anchor=False)
    for row in waiting:
        draw_acting(row, user, may_run=may(user, Action.JOBS_RUN))
st.header("All of it", anchor=False)
all_work(user)
