"""Add a vacancy, or change what is recorded about one."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.base import Known
from crm.models.vacancies import Contract, Vacancy, VacancyInput, VacancyKind, VacancyStatus
from crm.services import employers, soc_codes, vacancies
from crm.ui.address import needed_id, optional_id
from crm.ui.choosing import choose_employer
from crm.ui.fields import choice, day, line, number, pick, text, week
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain, say

WHEN, ASKS, MORE = "When the work is", "Driving, checks and how people are chosen", "More"

user = require_user()
vacancy_id = optional_id("id")
if vacancy_id is None and optional_id("employer") is None:
    st.title("Add a vacancy", anchor=False)
    with refuse_politely():
        choose_employer(user, address="vacancy-edit")
    st.stop()
with refuse_politely(), reading() as session:
    vacancy = vacancies.find(session, vacancy_id, by=user) if vacancy_id is not None else None
    employer_id = vacancy.employer_id if vacancy else needed_id("employer")
    employer = employers.find(session, employer_id, by=user)
    sites, agreements = vacancies.sites_and_agreements(session, employer_id, chosen=vacancy, by=user)
    likely = soc_codes.likely(session, vacancy, by=user) if vacancy else []

st.title(f"Edit {plain(vacancy.title)}" if vacancy else "Add a vacancy", anchor=False)
links([link(employer.name, "employer", id=employer.key)], label="Employer")
fields = [
    line("title", "Title"),
    choice("status", "Status", VacancyStatus),
    choice("kind", "Kind", VacancyKind),
    pick("site_id", "Site", {site.key: site.label for site in sites}),
    number("hours_min", "Hours a week, least", hint="Leave empty what you do not know: it stays unknown."),
    number("hours_max", "Hours a week, most"),
    number("guaranteed_hours", "Guaranteed hours a week", hint="What is paid even in a quiet week."),
    choice("hours_negotiable", "Can the hours be talked about?", Known),
    number("pay_hourly", "Pay in £ an hour"),
    number("going_rate", "Going rate in £ an hour", hint="What others are paid for the same work."),
    choice("contract", "Contract", Contract),
    day("closes_on", "Closes on"),
    day("starts_on", "Starts on"),
    line("place", "Place"),
    line("postcode", "Postcode"),
    pick(
        "agreement_id",
        "Under an agreement",
        {one.key: f"{say(one.kind)}, {say(one.stage).lower()}" for one in agreements},
    ),
    text("description", "The advert, or what the employer said"),
    *week("pattern", "Work", section=WHEN),
    choice("needs_driving", "Is driving needed?", Known, section=ASKS),
    choice("needs_dbs", "Is a DBS check needed?", Known, section=ASKS),
    line("qualifications", "Qualifications", section=ASKS),
    line("recruitment_steps", "How people are chosen", section=ASKS),
    choice("recruitment_adaptable", "Can that be adapted?", Known, section=ASKS),
    number("posts", "Posts", section=MORE),
    line(
        "soc2020",
        "SOC 2020 code",
        hint=f"Likely, by what is done: {plain('; '.join(likely))}." if likely else None,
        section=MORE,
    ),
    line("pay_as_written", "Pay as written", section=MORE),
]


def save(session: Session, typed: VacancyInput, version: int) -> Vacancy:
    if vacancy is None:
        return vacancies.add(session, employer.key, typed, by=user)
    return vacancies.change(session, vacancy.key, typed, version=version, by=user)


def then(saved: Vacancy) -> None:
    after_this(f"{saved.title} is saved.")
    go_to("vacancy", id=saved.key)


draw_form(
    RecordForm("vacancy", fields, VacancyInput, vacancy, "Save vacancy", belongs_to=employer.key),
    user=user,
    save=save,
    then=then,
)
