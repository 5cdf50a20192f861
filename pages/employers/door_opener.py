"""Record somebody who knows an employer and would open the door, or take them off again."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.door_openers import DoorOpener, DoorOpenerInput, TakingOff
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.services import door_openers, employers
from crm.services.access import NOT_SHOWN
from crm.services.door_openers import DoorOpenerRow
from crm.ui.address import needed_id, optional_id
from crm.ui.calling import in_our_words
from crm.ui.fields import day, line, pick
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.neighbours import kept_within
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, said, summary
from crm.ui.words import day as day_words
from crm.ui.words import plain, today


def adding(employer: Employer, seekers: dict[int, str], user: Actor) -> None:
    """Ask who it is, how they know the employer, and for their yes."""

    def save(session: Session, typed: DoorOpenerInput, _version: int) -> DoorOpener:
        return door_openers.add(session, employer.key, typed, by=user, today=today())

    said(
        "Ask them first, and record only who said yes. Nothing of this goes to the employer: "
        "whether you say their name there is for them to say."
    )
    own = [pick("seeker_id", in_our_words("A job seeker"), seekers)] if seekers else []
    fields = [
        *own,
        line("name", "Or somebody else, by name" if own else "Their name"),
        line("tie", "How they know the employer", hint="For example: her brother is the shift leader."),
        day("agreed_on", "They said yes on"),
        line(
            "agreed_how", "How they said yes, and to what", hint="For example: by telephone; ring him first."
        ),
    ]
    form = RecordForm(
        "door-opener", fields, DoorOpenerInput, None, "Save door-opener", belongs_to=employer.key
    )
    draw_form(form, user=user, save=save, then=lambda _: back_to(employer, "The door-opener is saved."))


def taking_off(employer: Employer, found: DoorOpenerRow, user: Actor) -> None:
    """Say what is recorded, and offer to take them off."""
    opener = found.opener
    summary(
        [
            ("How they know the employer", opener.tie),
            ("Said yes on", day_words(opener.agreed_on)),
            ("How, and to what", opener.agreed_how),
        ]
    )

    def save(session: Session, _typed: TakingOff, version: int) -> DoorOpener:
        return door_openers.take_off(session, opener.key, version=version, by=user)

    said("If they take their yes back, or something is wrong, take them off. No reason is needed.")
    form = RecordForm("door-opener-off", [], TakingOff, opener, "Take them off")
    draw_form(form, user=user, save=save, then=lambda _: back_to(employer, "They are taken off."))


def back_to(employer: Employer, done: str) -> None:
    after_this(done)
    go_to("employer", id=employer.key, **kept_within())


user = require_user()
with refuse_politely(), reading() as session:
    opener_id = optional_id("id")
    found = door_openers.find(session, opener_id, by=user) if opener_id else None
    employer = employers.find(session, found.opener.employer_id if found else needed_id("employer"), by=user)
    seekers = door_openers.seekers_to_name(session, by=user)

st.title(plain(found.name or NOT_SHOWN) if found else "Add a door-opener", anchor=False)
parts = [link(employer.name, "employer", id=employer.key, **kept_within())]
if found and found.opener.seeker_id:
    parts.append(link(found.name or NOT_SHOWN, "seeker", id=found.opener.seeker_id))
links(parts, label="Record")
if found is None:
    adding(employer, seekers, user)
else:
    taking_off(employer, found, user)
