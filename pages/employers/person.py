"""Add somebody who works for an employer, change what is recorded, or put it aside."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.base import Known
from crm.models.employers import Channel, EmployerPerson, EmployerPersonInput
from crm.services import employers
from crm.services.employer_parts import PEOPLE
from crm.ui.address import needed_id, optional_id
from crm.ui.archiving import draw_archiving
from crm.ui.fields import choice, day, line, text
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.neighbours import kept_within
from crm.ui.screens import go_to, refuse_politely
from crm.ui.similar import typed_so_far, warn_of_people
from crm.ui.tables import link, links
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    person_id = optional_id("id")
    person = PEOPLE.find(session, person_id, by=user) if person_id else None
    employer = employers.find(session, person.employer_id if person else needed_id("employer"), by=user)

st.title(f"Edit {plain(person.name)}" if person else "Add a person", anchor=False)
show_flash()
links([link(employer.name, "employer", id=employer.key, **kept_within())], label="Employer")
fields = [
    line("name", "Name"),
    line("job_title", "Job title"),
    line("email", "E-mail address"),
    line("phone", "Telephone"),
    choice("hires", "Do they hire?", Known),
    choice("agreed_to_marketing", "Have they agreed to be sent marketing?", Known),
    choice("preferred_channel", "How they like to be reached", Channel),
    day("left_on", "Left the employer on"),
    text("notes", "Notes"),
]


def save(session: Session, typed: EmployerPersonInput, version: int) -> EmployerPerson:
    if person is None:
        return PEOPLE.add(session, employer.key, typed, by=user)
    return PEOPLE.change(session, person.key, typed, version=version, by=user)


def warn(prefix: str) -> None:
    """Say who may be the person that is being added; it never stands in the way."""
    if person is None:
        warn_of_people(typed_so_far(prefix), employer.key, user)


def then(saved: EmployerPerson) -> None:
    after_this(f"{saved.name} is saved.")
    go_to("employer", id=saved.employer_id, **kept_within())


if person is None or person.archived_at is None:
    form = RecordForm("person", fields, EmployerPersonInput, person, "Save person", belongs_to=employer.key)
    draw_form(form, user=user, save=save, then=then, ask=lambda: warn(form.prefix))
if person is not None:
    draw_archiving(person, "person", archive=PEOPLE.archive, bring_back=PEOPLE.bring_back, user=user)
