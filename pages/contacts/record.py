"""One contact with an employer: what was recorded, corrected by those who may, put aside and brought back."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.contacts import ContactInput, EmployerContact
from crm.policy import Action
from crm.services import archiving, contact_places, contacts, employers, staff
from crm.services.access import may
from crm.services.employer_parts import PEOPLE, SITES
from crm.ui.address import needed_id
from crm.ui.archiving import draw_archiving
from crm.ui.contact_fields import main_fields, more_fields, seeker_field
from crm.ui.fields import line
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import heading_line, link, links, said, summary
from crm.ui.words import day, moment, plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    contact = contacts.find(session, needed_id("id"), by=user)
    employer = employers.find(session, contact.employer_id, by=user)
    people = PEOPLE.of(session, employer.key, by=user)
    sites = SITES.of(session, employer.key, by=user)
    named = contacts.people_of(session, contact.key, by=user)
    sees_seekers = may(user, Action.SEEKERS_READ)
    on_behalf = contacts.seekers_of(session, contact.key, by=user) if sees_seekers else []
    seekers = (
        contact_places.seekers_offered(session, employer.key, also=on_behalf, by=user) if sees_seekers else {}
    )
    holder = staff.name_of(session, contact.held_by, by=user) or "Nobody who is known"
    saved = archiving.last_save(session, contact)


def save(session: Session, typed: ContactInput, version: int) -> EmployerContact:
    return contacts.change(session, contact.key, typed, version=version, by=user, today=today())


def then(saved: EmployerContact) -> None:
    after_this("The contact is saved.")
    go_to("employer", id=saved.employer_id)


def draw_facts() -> None:
    names = ", ".join(one.name for one in people if one.key in named)
    behalf = [("On behalf of", ", ".join(seekers[one] for one in on_behalf))] if on_behalf else []
    summary(
        [
            ("Held by", holder),
            ("With", names or "Nobody named"),
            *behalf,
            ("What was said", contact.summary),
            ("Outcome", contact.outcome or "Not recorded"),
        ]
    )


st.title(f"{plain(say(contact.kind))} with {plain(employer.name)}", anchor=False)
show_flash()
is_ips = contact.is_in_person and contact.with_hiring_manager
badges = [say(contact.purpose)] if contact.purpose != "unknown" else []
heading_line(*badges, *(["Counts as an IPS contact"] if is_ips else []), note=day(contact.held_on))
links([link(employer.name, "employer", id=employer.key)], label="Employer")
if may(user, Action.CONTACTS_RECORD, contact):
    why = line("no_next_step_why", "Why nothing comes next, if nothing does")
    fields = [*main_fields(people, kept=named), why, *more_fields(sites, is_new=False)]
    fields += [seeker_field(seekers)] if seekers else []
    starts = {"person_ids": named, "seeker_ids": on_behalf}
    form = RecordForm("contact", fields, ContactInput, contact, "Save contact", starts=starts)
    said(f"Held by {holder}")
    draw_form(form, user=user, save=save, then=then)
else:
    draw_facts()
said(f"Last saved by {saved.who}, {moment(saved.at)}")
if may(user, Action.CONTACTS_RECORD):
    draw_archiving(contact, "contact", archive=contacts.archive, bring_back=contacts.bring_back, user=user)
