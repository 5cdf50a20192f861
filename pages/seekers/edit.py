"""Add somebody who comes to the service, or change what is recorded about them."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.base import Known
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import JobSeeker, Module, ReferralEnd, SeekerStatus
from crm.services import programmes, seekers, staff
from crm.ui.address import optional_id
from crm.ui.calling import in_our_words
from crm.ui.fields import choice, day, line, listed, pick
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain, say

user = require_user()
with refuse_politely(), reading() as session:
    seeker_id = optional_id("id")
    seeker = seekers.for_form(session, seeker_id, by=user) if seeker_id is not None else None
    taking = programmes.names(session, by=user, also=seeker.programme_id if seeker else None)
    colleagues = staff.names(session, by=user)

st.title(plain(f"Edit {seeker.preferred_name}" if seeker else in_our_words("Add a job seeker")), anchor=False)
if seeker:
    links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
PAUSE = "A pause needs a reason and a date"
ENDED = "How the referral ended, once somebody has left"
ENDS = {end.value: say(end) for end in ReferralEnd}
fields = [
    line("preferred_name", "Preferred name", hint="What they like to be called."),
    choice("status", "Status", SeekerStatus),
    pick("coach_id", "Coach", colleagues),
    day("referred_on", "Referred on", hint="Waiting time is counted from this day."),
    line("email", "E-mail address"),
    line("phone", "Telephone"),
    line("postcode", "Postcode", hint="Only its sector, for example LS1 4, is used to estimate journeys."),
    pick("programme_id", "Programme", taking),
    choice("module", "Module", Module),
    choice("wants_more", "In work: do they want more hours or a next step?", Known),
    line("pause_reason", "Why the work is paused", section=PAUSE),
    day("pause_review_on", "Looked at again on", section=PAUSE),
    listed("referral_end", "How the referral ended", ENDS, section=ENDED),
    day("referral_ended_on", "On which day", section=ENDED),
    line(
        "referred_on_to",
        "Referred on to",
        hint="The name of the place, for example a college.",
        section=ENDED,
    ),
]


def save(session: Session, typed: JobSeekerInput, version: int) -> JobSeeker:
    if seeker is None:
        return seekers.add(session, typed, by=user)
    return seekers.change(session, seeker.key, typed, version=version, by=user)


def then(saved: JobSeeker) -> None:
    after_this(f"{saved.preferred_name} is saved.")
    go_to("seeker", id=saved.key)


draw_form(
    RecordForm("seeker", fields, JobSeekerInput, seeker, in_our_words("Save job seeker")),
    user=user,
    save=save,
    then=then,
)
