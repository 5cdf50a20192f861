"""A job that somebody started: record it from what it came of, say that it goes on, or that it ended."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.placements import Placement, PlacementInput
from crm.policy import Action
from crm.services import job_starts, placements
from crm.services.access import may
from crm.services.placements import Whose
from crm.ui.address import needed_id, optional_id
from crm.ui.archiving import draw_archiving
from crm.ui.calling import in_our_words
from crm.ui.choosing import choose_employer
from crm.ui.fields import day, line, number
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.placement_parts import draw_how_it_stands, draw_offers
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain, today

user = require_user()
job_id, use_id = optional_id("id"), optional_id("use")
if job_id is None and use_id is None and optional_id("employer") is None:
    st.title("Record a job that somebody started", anchor=False)
    with refuse_politely():
        seeker_id = needed_id("seeker")
        draw_offers(seeker_id, user)
        choose_employer(user, address="placement-edit", seeker=seeker_id)
    st.stop()
with refuse_politely(), reading() as session:
    job = placements.find(session, job_id, by=user) if job_id is not None else None
    if job is not None:
        begun = job_starts.beginning(session, Whose(job.seeker_id, job.employer_id), by=user)
    elif use_id is not None:
        begun = job_starts.from_use(session, use_id, by=user)
    else:
        named = Whose(needed_id("seeker"), needed_id("employer"), optional_id("vacancy"))
        begun = job_starts.beginning(session, named, by=user)

person = begun.seeker
st.title(plain(f"{person.preferred_name}: {job.title if job else 'a job started'}"), anchor=False)
show_flash()
links(
    [
        link(person.preferred_name, "seeker", id=person.key),
        link(begun.employer, "employer", id=begun.whose.employer_id),
    ],
    label="Whose job it is",
)
if job is not None:
    draw_how_it_stands(job, person.preferred_name, user)
fields = [
    line("title", "What the job is called"),
    day("starts_on", "First day"),
    number("hours_week", "Hours a week"),
    number("pay_hourly", "Pay in £ an hour"),
    day("seen_on", "Last known to be in it on", hint="The last day on which somebody knew that it goes on."),
    day("ended_on", "Last day, if it has ended"),
    line("end_why", "Why it ended"),
]


def save(session: Session, typed: PlacementInput, version: int) -> Placement:
    if job is None:
        return placements.add(session, begun.whose, typed, by=user, today=today())
    return placements.change(session, job.key, typed, version=version, by=user, today=today())


def then(saved: Placement) -> None:
    after_this(f"The job “{saved.title}” is saved.")
    go_to("seeker", id=saved.seeker_id)


if not may(user, Action.PLACEMENTS_RECORD, person, is_beneath_archive=True):
    st.info(in_our_words("This person is not in your caseload: their coach or an officer records it."))
elif job is None or job.archived_at is None:
    form = RecordForm(
        "placement",
        fields,
        PlacementInput,
        job,
        "Save job",
        belongs_to=use_id or person.key,
        starts={} if job else begun.starts,
    )
    draw_form(form, user=user, save=save, then=then)
if job is not None:
    draw_archiving(job, "job", archive=placements.archive, bring_back=placements.bring_back, user=user)
