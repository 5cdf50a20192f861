"""One employer: what is recorded, its sites and people, its vacancies and agreements."""

import streamlit as st
from crm.ui.guard import require_user

from crm.db import reading
from crm.policy import Action
from crm.services import employers
from crm.services.access import may
from crm.services.employer_parts import SITES
from crm.ui.address import needed_id
from crm.ui.flash import show_flash
from crm.ui.screens import refuse_politely
from crm.ui.tables import heading_line, link, links, summary, table
from crm.ui.words import day, plain, say

user = require_user()
with refuse_politely(), reading() as session:
    employer = employers.find(session, needed_id("id"), by=user)
    sites = SITES.of(session, employer.key, by=user)

st.title(plain(employer.name), anchor=False)
show_flash()
heading_line(say(employer.stage), say(employer.tier), note=employer.sector or "")
if may(user, Action.EMPLOYERS_RECORD, employer):
    links(
        [
            link("Edit", "employer-edit", id=employer.key),
            link("Add a site", "site-edit", employer=employer.key),
        ],
        label="What you can do",
    )
summary(
    [
        ("Trading name", employer.trading_name or ""),
        ("Employees", say(employer.size_band)),
        ("Disability Confident", say(employer.disability_confident)),
        ("Until", day(employer.disability_confident_until)),
        ("Companies House number", employer.company_number or ""),
    ]
)
st.header("Sites", anchor=False)
if sites:
    table(
        "Sites",
        ["Site", "Address", "Postcode"],
        [(s.label, s.address or "", s.postcode or "") for s in sites],
    )
