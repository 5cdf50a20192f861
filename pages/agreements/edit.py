"""Write an agreement of an employer: the kind first, then what that kind needs, with the checks beside it."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_clauses import AgreementForm
from crm.models.agreements import Agreement
from crm.services import agreement_checks, agreement_starting, agreements, employers, staff
from crm.ui.address import needed_id, optional_id
from crm.ui.agreement_fields import groups
from crm.ui.agreement_form import Screen
from crm.ui.choosing import choose_employer
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain, say, today

user = require_user()
agreement_id = optional_id("id")
if agreement_id is None and optional_id("employer") is None:
    st.title("Add an agreement", anchor=False)
    with refuse_politely():
        choose_employer(user, address="agreement-edit")
    st.stop()
with refuse_politely(), reading() as session:
    agreement = agreements.find(session, agreement_id, by=user) if agreement_id else None
    employer = employers.find(session, agreement.employer_id if agreement else needed_id("employer"), by=user)
    people = agreements.people_to_name(session, employer.key, chosen=agreement, by=user)
    colleagues = staff.names(session, by=user)
    sources = {} if agreement else agreement_starting.last_of_each_kind(session, employer.key, by=user)
    source = agreement_starting.source(session, agreement.started_from_id, by=user) if agreement else None
    around = agreement_checks.around(session, employer.key, agreement, by=user, today=today())

title = f"Edit {say(agreement.kind).lower()}" if agreement else "Add an agreement"
st.title(f"{title}: {plain(employer.name)}", anchor=False)
links([link(employer.name, "employer", id=employer.key)], label="Employer")
screen = Screen(groups({one.key: one.name for one in people}, colleagues), sources, source, around, user)


def save(session: Session, typed: AgreementForm, version: int) -> Agreement:
    if agreement is None:
        return agreements.add(session, employer.key, typed, by=user, today=today())
    return agreements.change(session, agreement.key, typed, version=version, by=user)


def then(saved: Agreement) -> None:
    after_this("The agreement is saved.")
    go_to("agreement", id=saved.key)


form = RecordForm(
    "agreement",
    screen.fields(),
    AgreementForm,
    agreement,
    "Save agreement",
    belongs_to=employer.key,
    lay_out=screen.lay_out,
)
draw_form(form, user=user, save=save, then=then)
