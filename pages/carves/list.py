"""All carved jobs by stage: search, filter, page through."""

import streamlit as st

from crm.db import reading
from crm.models.carves import CarveKind, CarveStage
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_list, employers, seekers
from crm.services.access import may
from crm.services.carve_list import CarveFilter, CarveRow
from crm.ui.address import optional_id
from crm.ui.carve_words import goal_words, week_hours
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, choice_filter, draw_pages, first_row, search_box
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, link, links, table, unprinted
from crm.ui.words import plain, say, today

COLUMNS = ["Carved job", "Employer", "For", "Stage", "Days in stage", "Hours a week", "Against the goal"]
NUMBERS = "Days in stage,Hours a week"


def cells(row: CarveRow) -> tuple[Cell, ...]:
    person = link(row.seeker or "", "seeker", id=row.seeker_id) if row.seeker_id is not None else "Nobody yet"
    return (
        link(row.title, "carved-job", id=row.id),
        link(row.employer, "employer", id=row.employer_id),
        person,
        say(row.stage),
        row.days_in_stage,
        week_hours(row.hours_week),
        goal_words(row.hours_week, row.hours_short),
    )


@live_part
def carve_rows(user: Actor, employer_id: int | None, seeker_id: int | None) -> None:
    search, stage, kind, only = st.columns([2, 1, 1, 1])
    with search:
        words = search_box("Search by job, employer or person")
    with stage:
        stage_wanted = choice_filter("Stage", list(CarveStage), key="stage")
    with kind:
        kind_wanted = choice_filter("Kind", list(CarveKind), key="kind")
    with only:
        is_mine = st.checkbox("Mine", key="mine", bind="query-params", help="Made by you, or for your people")
        is_archived = st.checkbox("Archived", key="archived", bind="query-params")
    mine_of = user.id if is_mine else None
    wanted = CarveFilter(words, stage_wanted, kind_wanted, employer_id, seeker_id, mine_of, is_archived)
    with reading() as session:
        page = carve_list.listing(
            session, wanted, offset=first_row(), limit=PAGE_SIZE, by=user, today=today()
        )
        by_stage = carve_list.stages(session, wanted, by=user)
    if page.rows:
        unprinted("; ".join(f"{say(each)}: {number:,}" for each, number in by_stage.items()))
        table("Carved jobs by stage", COLUMNS, [cells(row) for row in page.rows], numbers=NUMBERS)
    else:
        st.info(
            "No carved job is kept here, or none fits. Start with “Carve a job” and an employer whose "
            "tasks are analysed."
        )
    draw_pages(page.total, one="carved job")


user = require_user()
employer_id, seeker_id = optional_id("employer"), optional_id("seeker")
with refuse_politely(), reading() as session:
    employer = employers.find(session, employer_id, by=user) if employer_id is not None else None
    seeker = seekers.find(session, seeker_id, by=user) if seeker_id is not None else None
of_whom = f" at {plain(employer.name)}" if employer else ""
for_whom = f" for {plain(seeker.preferred_name)}" if seeker else ""
st.title(f"Carved jobs{of_whom}{for_whom}", anchor=False)
offered = [link("Carve a job", "carve", **({"employer": employer.key} if employer else {}))]
if employer or seeker:
    offered.append(link("All carved jobs", "carves"))
if may(user, Action.CARVES_READ):
    links(offered, label="What you can do")
carve_rows(user, employer_id, seeker_id)
