"""Add an employer, or change what is recorded about one. Likely duplicates are shown as one types."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.employers import (
    DisabilityConfident,
    Employer,
    EmployerInput,
    SizeBand,
    Tier,
)
from crm.models.lists import ChoiceList
from crm.services import employers, lists, staff
from crm.ui.address import optional_id
from crm.ui.fields import choice, day, line, listed, pick, text
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.neighbours import kept_within
from crm.ui.screens import go_to, refuse_politely
from crm.ui.similar import typed_so_far, warn_of_employers
from crm.ui.tables import link, links, said
from crm.ui.words import plain

TOGETHER = "Working together"

user = require_user()
with refuse_politely(), reading() as session:
    employer_id = optional_id("id")
    employer = employers.find(session, employer_id, by=user) if employer_id else None
    colleagues = staff.names(session, by=user)
    offered = {
        which: lists.labels(session, which, by=user, also=getattr(employer, which, None))
        for which in ChoiceList
    }

st.title(f"Edit {plain(employer.name)}" if employer else "Add an employer", anchor=False)
if employer is not None:
    moving = link("Move to another stage", "employer-move", id=employer.key, **kept_within())
    links([link(employer.name, "employer", id=employer.key, **kept_within()), moving], label="Employer")
else:
    said("Every employer begins as identified. Move it to another stage once it is saved.")
fields = [
    line("name", "Name of the organisation"),
    line("trading_name", "Trading name"),
    choice("tier", "Tier", Tier),
    pick("owner_id", "Account owner", colleagues),
    listed("sector", "Sector", offered[ChoiceList.SECTOR]),
    choice("size_band", "Employees", SizeBand),
    listed("lead_source", "Where the lead came from", offered[ChoiceList.LEAD_SOURCE]),
    choice("disability_confident", "Disability Confident level", DisabilityConfident),
    day("disability_confident_until", "Disability Confident until"),
    pick("second_owner_id", "Second owner", colleagues, section=TOGETHER),
    pick("single_contact_id", "Everybody goes through", colleagues, section=TOGETHER),
    day("quiet_until", "They asked for quiet until", section=TOGETHER),
    line("quiet_why", "Why they asked for quiet", section=TOGETHER),
    text("unmet_needs", "Needs that nobody meets yet", section="What they need"),
    text("policy_notes", "Recruitment and retention policies", section="What they need"),
    text("strategy", "Strategy agreed from them", section="What they need"),
    day("strategy_agreed_on", "Strategy agreed on", section="What they need"),
    line("company_number", "Companies House number", section="Registers and insurance"),
    line("charity_number", "Charity number", section="Registers and insurance"),
    line("sic_codes", "SIC 2007 codes", section="Registers and insurance"),
    listed(
        "trade_body",
        "Trade body or group",
        offered[ChoiceList.TRADE_BODY],
        section="Registers and insurance",
    ),
    line("website", "Website", section="Registers and insurance"),
    day("insurance_until", "Employers’ liability insurance until", section="Registers and insurance"),
]
form = RecordForm("employer", fields, EmployerInput, employer, "Save employer")


def save(session: Session, typed: EmployerInput, version: int) -> Employer:
    if employer is not None:
        return employers.change(session, employer.key, typed, version=version, by=user)
    return employers.add(session, typed, by=user)


def warn() -> None:
    """Say which employers may be the one that is being added; it never stands in the way."""
    if employer is None:
        warn_of_employers(typed_so_far(form.prefix), user)


def then(saved: Employer) -> None:
    after_this(f"{saved.name} is saved.")
    go_to("employer", id=saved.key, **kept_within())


draw_form(form, user=user, save=save, then=then, ask=warn)
