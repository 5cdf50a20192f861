"""Start a job analysis at a workplace: choose the role, tick its tasks, tap the supports, save."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.analyses import JobAnalysis
from crm.models.analysis_start import AnalysisStart
from crm.services import analyses, analysis_start, employers, roles
from crm.ui.address import needed_id, optional_id
from crm.ui.analysis_start import laid_out, start_fields, starts_of
from crm.ui.choosing import choose_employer
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.role_choosing import FORM, choose_role, draw_begun
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain, today

user = require_user()
role_id = st.query_params.get("role")
if optional_id("employer") is None:
    st.title("Start a job analysis", anchor=False)
    with refuse_politely():
        draw_begun(user)
        choose_employer(user, address="analysis-start")
    st.stop()
vacancy_id = optional_id("vacancy")
with refuse_politely(), reading() as session:
    employer = employers.find(session, needed_id("employer"), by=user)
    sites, posts = analyses.sites_and_vacancies(session, employer.key, chosen=None, by=user)
    role = roles.find(session, role_id, by=user) if role_id else None
if role is None:
    st.title("What job is it?", anchor=False)
    links([link(employer.name, "employer", id=employer.key)], label="Employer")
    draw_begun(user, employer_id=employer.key)
    choose_role(user, employer_id=employer.key, vacancy_id=vacancy_id)
    st.stop()

st.title(plain(role.name) or "A job of its own", anchor=False)
again = {"employer": employer.key} | ({"vacancy": vacancy_id} if vacancy_id else {})
links(
    [link(employer.name, "employer", id=employer.key), link("Another role", "analysis-start", **again)],
    label="What this is about",
)


def save(session: Session, typed: AnalysisStart, _version: int) -> JobAnalysis:
    return analysis_start.start(session, employer.key, role_id or roles.OWN, typed, by=user, today=today())


def then(saved: JobAnalysis) -> None:
    after_this(f"{saved.title} is saved. It can be matched and carved from; add more when it is worth it.")
    go_to("analysis", id=saved.key)


form = RecordForm(
    f"{FORM}{role.role_id}",
    start_fields(role, {one.key: one.label for one in sites}, {one.key: one.title for one in posts}),
    AnalysisStart,
    None,
    "Save job analysis",
    belongs_to=employer.key,
    starts=starts_of(role, vacancy_id if vacancy_id in {post.key for post in posts} else None),
    lay_out=laid_out(role),
)
draw_form(form, user=user, save=save, then=then)
