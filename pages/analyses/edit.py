"""Add a job analysis, or change what is recorded about the job as a whole."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.analyses import AnalysisMethod, JobAnalysis, JobAnalysisInput
from crm.models.scales import Side
from crm.services import analyses, employers
from crm.ui.address import needed_id, optional_id
from crm.ui.analysis_words import CULTURE
from crm.ui.choosing import choose_employer
from crm.ui.fields import choice, day, line, number, pick, scales, text, week
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.unmet_needs import TITLE, UNMET, draw_unmet_form
from crm.ui.words import plain, today

CULTURE_SECTION = "Conditions, supervision, culture"

user = require_user()
analysis_id = optional_id("id")
if analysis_id is None and optional_id("employer") is None:
    st.title("Add a job analysis", anchor=False)
    with refuse_politely():
        choose_employer(user, address="analysis-edit")
    st.stop()
with refuse_politely(), reading() as session:
    analysis = analyses.find(session, analysis_id, by=user) if analysis_id is not None else None
    employer_id = analysis.employer_id if analysis else needed_id("employer")
    employer = employers.find(session, employer_id, by=user)
    sites, posts = analyses.sites_and_vacancies(session, employer_id, chosen=analysis, by=user)

is_unmet = analysis.is_unmet_needs if analysis else st.query_params.get("work") == UNMET
adding = TITLE if is_unmet else "Add a job analysis"
st.title(f"Edit {plain(analysis.title)}" if analysis else adding, anchor=False)
links([link(employer.name, "employer", id=employer.key)], label="Employer")
if is_unmet:
    draw_unmet_form(user, employer, analysis, {site.key: site.label for site in sites})
    st.stop()
opened = list(analysis.demands) if analysis else []
fields = [
    line("title", "Job"),
    pick("site_id", "Site", {site.key: site.label for site in sites}),
    pick("vacancy_id", "Vacancy, if there is one", {post.key: post.title for post in posts}),
    day("analysed_on", "Analysed on"),
    choice("method", "How it was analysed", AnalysisMethod),
    number("hours_week", "Hours of the post a week"),
    number("pay_hourly", "Pay in £ an hour"),
    number("going_rate", "Going rate in £ an hour"),
    *scales("demands", section="What the job asks of people", side=Side.JOB, opened=opened),
    *week("pattern", "Work", section="When the work is"),
    text("conditions", "Conditions", section=CULTURE_SECTION),
    *(text(name, label, section=CULTURE_SECTION) for name, label in CULTURE.items()),
]


def save(session: Session, typed: JobAnalysisInput, version: int) -> JobAnalysis:
    if analysis is None:
        return analyses.add(session, employer.key, typed, by=user, today=today())
    return analyses.change(session, analysis.key, typed, version=version, by=user, today=today())


def then(saved: JobAnalysis) -> None:
    after_this(f"{saved.title} is saved.")
    go_to("analysis", id=saved.key)


draw_form(
    RecordForm("analysis", fields, JobAnalysisInput, analysis, "Save job analysis", belongs_to=employer.key),
    user=user,
    save=save,
    then=then,
)
