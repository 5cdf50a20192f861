"""Log a contact with an employer: who, what was said, what comes next. The rest is folded away."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from crm.db import reading, transaction
from crm.models.contacts import NewContact
from crm.models.employers import Employer
from crm.services import contact_logging, employers
from crm.services.contact_logging import Logged
from crm.ui.address import optional_id
from crm.ui.collision_parts import draw_collisions
from crm.ui.contact_form import Known, fields_of, known_of, say_where_visits_stand
from crm.ui.contact_logged import say_it_is_logged
from crm.ui.contact_place import choose_place, employer_meant, forget_pasted
from crm.ui.contact_proposals import forget
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain, today

user = require_user()
with refuse_politely(), reading() as session:
    employer_id = optional_id("employer") or employer_meant(session, user)
    employer = employers.find(session, employer_id, by=user) if employer_id else None
    known = known_of(session, employer, by=user) if employer else None


def save(session: Session, typed: NewContact, _version: int, *, employer: Employer) -> Logged:
    return contact_logging.log(session, employer.key, typed, by=user, today=today())


def then(logged: Logged) -> None:
    forget()
    with transaction() as session:
        forget_pasted(session, user)
    say_it_is_logged(logged, user)
    go_to("employer", id=logged.employer_id)


def draw(employer: Employer, known: Known) -> None:
    another = [link(employer.name, "employer", id=employer.key), link("Another employer", "log-contact")]
    links(another, label="Employer")
    draw_collisions(employer, user)
    fields, starts = fields_of(known, user)
    form = RecordForm(
        known.form, fields, NewContact, None, "Save contact", belongs_to=employer.key, starts=starts
    )
    st.html(f'<span hidden class="crm-start" data-escape data-k="{form.prefix}summary"></span>')
    draw_form(
        form,
        user=user,
        save=partial(save, employer=employer),
        then=then,
        ask=partial(say_where_visits_stand, known, form.prefix),
    )


if employer is not None and known is not None:
    st.title(f"Log a contact: {plain(employer.name)}", anchor=False)
    draw(employer, known)
else:
    st.title("Log a contact", anchor=False)
    choose_place(user)
