"""The task bank of an employer: all tasks of its job analyses in one list, and their hours by role."""

import streamlit as st

from crm.db import reading
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import employers, task_bank, task_bank_list, task_bank_totals
from crm.services.access import may
from crm.ui.address import needed_id
from crm.ui.bank_narrowing import draw_bank_filter
from crm.ui.bank_rows import COLUMNS, cells
from crm.ui.bank_totals import draw_totals
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said, table
from crm.ui.unmet_needs import draw_known_needs, ways_to_begin
from crm.ui.words import count, plain, today


@live_part
def draw_bank(employer: Employer, user: Actor) -> None:
    with reading() as session:
        choices = task_bank_list.choices(session, employer.key, by=user)
    wanted, on = draw_bank_filter(choices), today()
    with reading() as session:
        taking = task_bank.taking(session, employer.key, by=user)
        page = task_bank_list.listing(
            session,
            employer.key,
            wanted,
            taking,
            offset=first_row(),
            limit=PAGE_SIZE,
            by=user,
            today=on,
        )
        totals = task_bank_totals.totals(session, employer.key, wanted, taking, by=user, today=on)
    is_open = may(user, Action.ANALYSES_RECORD)
    if page.rows:
        rows = [cells(row, is_open=is_open, today=on) for row in page.rows]
        table("Tasks", COLUMNS, rows, numbers="Hours a week")
    else:
        st.info("No task fits. Choose “Any” again, or record tasks on your next visit to the workplace.")
    draw_pages(page.total, one="task")
    if taking.joined:
        twice = count(len(set(taking.joined.values())), "task was", "tasks were")
        said(
            f"{twice} recorded more than once. Each is one row, as it was recorded last, with what it was "
            "before. Nothing is merged. If two tasks stand as one, change the name of one."
        )
    if page.rows:
        st.header("Hours a week by who does the work", anchor=False)
        draw_totals(totals)


user = require_user()
with refuse_politely(), reading() as session:
    employer = employers.find(session, needed_id("employer"), by=user)
st.title(f"Task bank of {plain(employer.name)}", anchor=False)
to_carving = link("Carve a job", "carve", employer=employer.key)
to_employer = link(employer.name, "employer", id=employer.key)
links([to_employer, to_carving, *ways_to_begin(employer, user)], label="See also")
draw_known_needs(employer)
draw_bank(employer, user)
