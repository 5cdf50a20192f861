"""All vacancies: search, filter, page through."""

import streamlit as st

from crm.db import reading
from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, VacancyKind, VacancyStatus
from crm.policy import Action
from crm.services import employers, vacancies
from crm.services.access import may
from crm.services.vacancies import CLOSING_SOON_DAYS, VacancyFilter, VacancyRow
from crm.ui.address import optional_id
from crm.ui.asked_work import draw_asked
from crm.ui.counted import COLUMN, Counted, counted_on_page, matching_work, run_words
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, choice_filter, draw_pages, first_row, search_box
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, Link, link, links, table
from crm.ui.taking_away import offer_file
from crm.ui.words import day, hours_range, money, plain, say, today

COLUMNS = ["Vacancy", "Employer", "Status", "Hours a week", "Pay an hour", "Place", "Closes"]


def cells(row: VacancyRow, counted: Counted | None) -> tuple[Cell, ...]:
    return (
        link(row.title, "vacancy", id=row.id),
        link(row.employer, "employer", id=row.employer_id),
        say(row.status),
        hours_range(row.hours_min, row.hours_max),
        money(row.pay_hourly),
        row.place or "",
        day(row.closes_on),
        *(() if counted is None else (counted.cell(row.id) if row.status in OPEN_STATUSES else "",)),
    )


@live_part
def vacancy_list(user: Actor, employer_id: int | None) -> None:
    search, status, kind, only = st.columns([2, 1, 1, 1])
    with search:
        words = search_box("Search by title or employer")
    with status:
        status_wanted = choice_filter("Status", list(VacancyStatus), key="status")
    with kind:
        kind_wanted = choice_filter("Kind", list(VacancyKind), key="kind")
    with only:
        is_soon = st.checkbox(f"Closing within {CLOSING_SOON_DAYS} days", key="soon", bind="query-params")
        is_archived = st.checkbox("Archived", key="archived", bind="query-params")
    wanted = VacancyFilter(
        words, status_wanted, kind_wanted, employer_id, is_closing_soon=is_soon, is_archived=is_archived
    )
    with reading() as session:
        page = vacancies.listing(session, wanted, offset=first_row(), limit=PAGE_SIZE, by=user, today=today())
        counted = counted_on_page(session, [row.id for row in page.rows], user)
    if counted is not None:
        st.caption(plain(run_words(counted.last)))
    if page.rows:
        columns = COLUMNS if counted is None else [*COLUMNS, COLUMN]
        rows = [cells(row, counted) for row in page.rows]
        table("Vacancies", columns, rows, numbers="Hours a week,Pay an hour")
    else:
        st.info("No vacancy fits. Clear the filters, add a vacancy, or import adverts.")
    draw_pages(page.total, one="vacancy", many="vacancies")
    offer_file(ExportKind.VACANCIES, wanted, user)


user = require_user()
employer_id = optional_id("employer")
with refuse_politely(), reading() as session:
    employer = employers.find(session, employer_id, by=user) if employer_id is not None else None
st.title(f"Vacancies of {plain(employer.name)}" if employer else "Vacancies", anchor=False)
offered: list[Link] = []
if may(user, Action.VACANCIES_RECORD):
    chosen = {"employer": employer.key} if employer else {}
    offered.append(link("Add a vacancy", "vacancy-edit", **chosen))
if may(user, Action.IMPORTS_RUN):
    offered.append(link("Import adverts", "import-vacancies"))
if may(user, Action.IMPORTS_READ):
    offered.append(link("Imports", "imports"))
if employer:
    offered.append(link("All vacancies", "vacancies"))
links(offered, label="What you can do")
if may(user, Action.MATCHES_READ):
    draw_asked(matching_work(), user)
vacancy_list(user, employer_id)
