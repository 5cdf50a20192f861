"""Add a site of an employer, change it, or put it aside."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.base import Known
from crm.models.employers import EmployerSite, EmployerSiteInput
from crm.services import employers
from crm.services.employer_parts import SITES
from crm.ui.address import needed_id, optional_id
from crm.ui.archiving import draw_archiving
from crm.ui.fields import choice, line, text
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.neighbours import kept_within
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    site_id = optional_id("id")
    site = SITES.find(session, site_id, by=user) if site_id else None
    employer = employers.find(session, site.employer_id if site else needed_id("employer"), by=user)

st.title(f"Edit {plain(site.label)}" if site else "Add a site", anchor=False)
show_flash()
links([link(employer.name, "employer", id=employer.key, **kept_within())], label="Employer")
fields = [
    line("label", "What the site is called", hint="For example Leeds depot"),
    line("postcode", "Postcode"),
    line("address", "Address"),
    line("transport", "How to get there"),
    choice("step_free", "Step-free", Known),
    choice("quiet_space", "Quiet space", Known),
    choice("accessible_toilet", "Accessible toilet", Known),
    text("notes", "Notes"),
]


def save(session: Session, typed: EmployerSiteInput, version: int) -> EmployerSite:
    if site is None:
        return SITES.add(session, employer.key, typed, by=user)
    return SITES.change(session, site.key, typed, version=version, by=user)


def then(saved: EmployerSite) -> None:
    after_this(f"{saved.label} is saved.")
    go_to("employer", id=saved.employer_id, **kept_within())


if site is None or site.archived_at is None:
    form = RecordForm("site", fields, EmployerSiteInput, site, "Save site", belongs_to=employer.key)
    draw_form(form, user=user, save=save, then=then)
if site is not None:
    draw_archiving(site, "site", archive=SITES.archive, bring_back=SITES.bring_back, user=user)
