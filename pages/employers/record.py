"""One employer: what is recorded, its sites and people, its agreements, vacancies and job analyses."""

import streamlit as st

from crm.db import reading
from crm.models.lists import ChoiceList
from crm.policy import Action
from crm.services import agreements, analyses, archiving, employers, lists, staff, vacancies
from crm.services.access import may
from crm.services.agreements import AgreementFilter
from crm.services.analyses import AnalysisFilter
from crm.services.employer_parts import PEOPLE, SITES
from crm.services.vacancies import VacancyFilter
from crm.ui import employer_rows as rows
from crm.ui.address import needed_id
from crm.ui.archiving import draw_archiving
from crm.ui.collision_parts import draw_collisions
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, heading_line, link, links, said, summary, table
from crm.ui.words import count, day, moment, plain, say, today

SHOWN = 10
user = require_user()
with refuse_politely(), reading() as session:
    employer = employers.find(session, needed_id("id"), by=user)
    key = employer.key
    sites = SITES.of(session, key, by=user)
    people = PEOPLE.of(session, key, by=user)
    promised = agreements.listing(
        session, AgreementFilter(employer_id=key), offset=0, limit=SHOWN, by=user, today=today()
    )
    jobs = vacancies.listing(
        session, VacancyFilter(employer_id=key), offset=0, limit=SHOWN, by=user, today=today()
    )
    analysed = analyses.listing(session, AnalysisFilter(employer_id=key), offset=0, limit=SHOWN, by=user)
    owner = staff.name_of(session, employer.owner_id, by=user) or "Nobody yet"
    listed = lists.shown(session, employer, by=user)
    saved = archiving.last_save(session, employer)


def part(
    title: str, columns: list[str], shown: list[list[Cell]], *, total: int = 0, numbers: str = ""
) -> None:
    st.header(title, anchor=False)
    if shown:
        table(title, columns, shown, numbers=numbers)
    else:
        said("None recorded yet.")
    if total > len(shown):
        said(f"The first {len(shown)} of {total:,} are shown; find the others in their own list.")


st.title(plain(employer.name), anchor=False)
show_flash()
heading_line(say(employer.stage), say(employer.tier), note=listed[ChoiceList.SECTOR])
links(
    [*rows.offered(employer, user), link("History", "history", of="employer", id=employer.key)],
    label="What you can do",
)
draw_collisions(employer, user)
summary(
    [
        ("Account owner", owner),
        ("Sites and people", f"{count(len(sites), 'site')}, {count(len(people), 'person', 'people')}"),
        ("Employees", say(employer.size_band)),
        ("Disability Confident", say(employer.disability_confident)),
        ("Disability Confident until", day(employer.disability_confident_until)),
        ("Needs that nobody meets yet", employer.unmet_needs or "Not recorded"),
    ]
)
part("Sites", rows.SITE_COLUMNS, [rows.site_row(site, user) for site in sites])
part("People", rows.PERSON_COLUMNS, [rows.person_row(person, user) for person in people])
part(
    "Agreements",
    rows.AGREEMENT_COLUMNS,
    [rows.agreement_row(row) for row in promised.rows],
    total=promised.total,
    numbers="Days in stage",
)
part("Vacancies", rows.VACANCY_COLUMNS, [rows.vacancy_row(row) for row in jobs.rows], total=jobs.total)
part(
    "Job analyses",
    rows.ANALYSIS_COLUMNS,
    [rows.analysis_row(row) for row in analysed.rows],
    total=analysed.total,
    numbers="Tasks",
)
with st.expander("Registers, policies and where the lead came from"):
    summary(
        [
            ("Trading name", employer.trading_name or ""),
            ("Companies House number", employer.company_number or ""),
            ("Charity number", employer.charity_number or ""),
            ("SIC 2007 codes", employer.sic_codes or ""),
            ("Trade body or group", listed[ChoiceList.TRADE_BODY]),
            ("Website", employer.website or ""),
            ("Insurance until", day(employer.insurance_until)),
            ("Recruitment and retention policies", employer.policy_notes or ""),
            ("Where the lead came from", listed[ChoiceList.LEAD_SOURCE]),
        ]
    )
said(f"Last saved by {saved.who}, {moment(saved.at)}")
if may(user, Action.EMPLOYERS_RECORD):
    draw_archiving(
        employer, "employer", archive=employers.archive, bring_back=employers.bring_back, user=user
    )
