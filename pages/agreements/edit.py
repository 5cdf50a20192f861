"""Add an agreement of an employer, or change its clauses; its stage moves on a page of its own."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_choices import AgreementKind, Covers, CriteriaRule, InterviewFormat, OptIn
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreements import Agreement
from crm.services import agreements, employers, staff
from crm.ui.address import needed_id, optional_id
from crm.ui.choosing import choose_employer
from crm.ui.fields import choice, day, line, number, pick, text
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain, say, today

WHO, HOW = "Who gets an interview", "How we work together"

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
    contacts = agreements.people_to_name(session, employer.key, chosen=agreement, by=user)
    colleagues = staff.names(session, by=user)

title = f"Edit {say(agreement.kind).lower()}" if agreement else "Add an agreement"
st.title(f"{title}: {plain(employer.name)}", anchor=False)
links([link(employer.name, "employer", id=employer.key)], label="Employer")
fields = [
    choice("kind", "What is promised", AgreementKind),
    choice("covers", "Whom it covers", Covers),
    line("named_groups", "Which groups, if named groups"),
    pick("owner_id", "Owner", colleagues),
    day("starts_on", "Starts on"),
    day("ends_on", "Ends on"),
    day("review_on", "Review on"),
    line("job_families", "Job families in scope"),
    choice("criteria_rule", "When the interview is guaranteed", CriteriaRule, section=WHO),
    number("criteria_percent", "Percent of the essential criteria, if a percent", section=WHO),
    line("must_haves", "Must-haves that always count", section=WHO),
    choice("opt_in", "Who uses the promise", OptIn, section=WHO),
    number("most_interviews", "Most interviews a vacancy", section=WHO),
    line("oversubscription", "When more people fit than there are places", section=WHO),
    choice("interview_format", "Form of interview", InterviewFormat, section=HOW),
    pick(
        "adjustments_contact_id",
        "Contact for adjustments, not on the panel",
        {person.key: person.name for person in contacts},
        section=HOW,
    ),
    number("vacancy_notice_days", "Days’ notice of vacancies to us", section=HOW),
    number("feedback_days", "Feedback within how many days", section=HOW),
    number("notice_days", "Days’ notice to end the agreement", section=HOW),
    text("notes", "Notes", section=HOW),
]


def save(session: Session, typed: AgreementInput, version: int) -> Agreement:
    if agreement is None:
        return agreements.add(session, employer.key, typed, by=user, today=today())
    return agreements.change(session, agreement.key, typed, version=version, by=user)


def then(saved: Agreement) -> None:
    after_this("The agreement is saved.")
    go_to("agreement", id=saved.key)


form = RecordForm("agreement", fields, AgreementInput, agreement, "Save agreement", belongs_to=employer.key)
draw_form(form, user=user, save=save, then=then)
