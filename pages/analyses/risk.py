"""One risk at a workplace: what it is, what is done about it, who sees to it, when it is looked at again."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.workplaces import JobRisk, JobRiskInput, RiskArea
from crm.services import analyses, job_risks
from crm.ui.address import needed_id, optional_id
from crm.ui.archiving import draw_archiving
from crm.ui.fields import choice, day, line, text
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    risk_id = optional_id("id")
    risk = job_risks.find(session, risk_id, by=user) if risk_id is not None else None
    analysis = analyses.find(session, risk.analysis_id if risk else needed_id("analysis"), by=user)

st.title(plain(risk.risk) if risk else "Add a risk at this workplace", anchor=False)
show_flash()
links([link(analysis.title, "analysis", id=analysis.key)], label="Job analysis")
fields = [
    line("risk", "Risk", hint="What could happen, to whom, and where."),
    choice("area", "Area", RiskArea),
    text("control", "What is done about it"),
    line("owner", "Who sees to it"),
    day("review_on", "To look at again on"),
]


def save(session: Session, typed: JobRiskInput, version: int) -> JobRisk:
    if risk is None:
        return job_risks.add(session, analysis.key, typed, by=user)
    return job_risks.change(session, risk.key, typed, version=version, by=user)


def then(saved: JobRisk) -> None:
    after_this(f"The risk “{saved.risk}” is saved.")
    go_to("analysis", id=analysis.key)


if risk is None or risk.archived_at is None:
    form = RecordForm("risk", fields, JobRiskInput, risk, "Save risk", belongs_to=analysis.key)
    draw_form(form, user=user, save=save, then=then)
if risk is not None:
    draw_archiving(risk, "risk", archive=job_risks.archive, bring_back=job_risks.bring_back, user=user)
