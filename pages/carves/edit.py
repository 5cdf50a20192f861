"""Change what is recorded of a carved job beside its tasks: title, site, pay, supervision."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.carves import CarveInput, JobCarve
from crm.services import carve_edits, carves
from crm.ui.address import needed_id
from crm.ui.fields import line, number, pick, text
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    carve = carves.find(session, needed_id("id"), by=user)
    sites = carve_edits.sites(session, carve, by=user)

st.title(f"Edit {plain(carve.title)}", anchor=False)
links([link("Back to the carved job", "carved-job", id=carve.key)], label="Carved job")
if not carve_edits.may_change(carve, by=user):
    st.info("This carved job is not changed here: it was agreed, is archived, or is not yours to change.")
    if carve.vacancy_id is not None:
        links([link("Its vacancy", "vacancy", id=carve.vacancy_id)], label="Vacancy")
    st.stop()
fields = [
    line("title", "Job", hint="What the job is called. Leave out whose job it is to be"),
    pick("site_id", "Site", {site.key: site.label for site in sites}),
    number("pay_hourly", "Pay in £ an hour"),
    number("going_rate", "Going rate in £ an hour"),
    line("supervisor", "Supervisor", hint="Who at the employer says what is to be done, and how it went"),
    text("coworker_contact", "Contact with colleagues"),
    text("quality_checks", "How one sees that the work is done well"),
]


def save(session: Session, typed: CarveInput, version: int) -> JobCarve:
    return carve_edits.change(session, carve.key, typed, version=version, by=user)


def then(saved: JobCarve) -> None:
    after_this("The carved job is saved.")
    go_to("carved-job", id=saved.key)


draw_form(
    RecordForm("carve-edit", fields, CarveInput, carve, "Save carved job", belongs_to=carve.employer_id),
    user=user,
    save=save,
    then=then,
)
