"""Jobs that people started, as parts of the pages of people, of employers and of the first page."""

from datetime import date

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.placements import Placement
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action, Role
from crm.services import job_starts, placements
from crm.services.access import may
from crm.services.job_starts import AskedAbout
from crm.services.placements import PlacementRow
from crm.ui.doing import do_now
from crm.ui.tables import Cell, link, links, record_list, said
from crm.ui.words import count, day, hours, today

SHOWN = 8
ASKED = 5
"""Questions on the first page: the others follow once these are answered."""


def draw_jobs_started(session: Session, seeker: JobSeeker, user: Actor) -> None:
    """The jobs that one person started, and the way to record another; nothing for those not shown them."""
    if not may(user, Action.PLACEMENTS_READ):
        return
    found = placements.of_seeker(session, seeker.key, by=user)
    st.header("Jobs they started", anchor=False)
    if found:
        record_list([_line(row, row.employer, user) for row in found], label="Jobs they started")
    else:
        said("None recorded yet.")
    if may(user, Action.PLACEMENTS_RECORD, seeker):
        text = "Record a job that they started"
        links([link(text, "placement-edit", seeker=seeker.key)], label="Jobs they started")
    _offer_status(seeker, [row.placement for row in found], user)


def _offer_status(seeker: JobSeeker, jobs: list[Placement], user: Actor) -> None:
    """Somebody who has begun a job may count as in work: offered, and left to whoever knows them."""
    may_say = may(user, Action.SEEKERS_RECORD, seeker)
    if not (may_say and job_starts.is_started(seeker, jobs, today=today())):
        return
    said("They have begun a job, and still count as looking for work.")
    if st.button("They are in work now", key=f"in-work-{seeker.key}-{seeker.version}"):
        do_now(
            lambda session: job_starts.set_in_work(session, seeker.key, version=seeker.version, by=user),
            "They count as in work now.",
        )


def draw_started_here(session: Session, employer_id: int, user: Actor) -> None:
    """The jobs that people started with one employer; nothing where there are none, or none may be seen."""
    if not (may(user, Action.PLACEMENTS_READ) and may(user, Action.SEEKERS_READ)):
        return
    found = placements.at_employer(session, employer_id, limit=SHOWN, by=user)
    if not found.rows:
        return
    st.header("Started work here", anchor=False)
    record_list([_line(row, row.seeker, user) for row in found.rows], label="Started work here")
    if found.total > len(found.rows):
        said(f"The first {len(found.rows)} of {found.total:,}.")


def draw_offers(seeker_id: int, user: Actor) -> None:
    """The jobs that somebody was offered and has not been recorded to start, each to begin with."""
    with reading() as session:
        found = job_starts.offers(session, seeker_id, by=user)
    if not found:
        return
    st.header("What they were offered", anchor=False)
    offered = [
        (link(one.title or one.employer, "placement-edit", use=one.use_id), one.employer) for one in found
    ]
    record_list(offered, label="What they were offered")


def _line(row: PlacementRow, whose: str, user: Actor) -> tuple[Cell, str]:
    job = row.placement
    name: Cell = job.title
    if may(user, Action.PLACEMENTS_RECORD):
        name = link(job.title, "placement-edit", id=job.key)
    archived = "archived" if job.archived_at else None
    worked = f"{hours(job.hours_week)} a week" if job.hours_week is not None else None
    return name, " · ".join(part for part in (whose, lasted_words(job, today()), worked, archived) if part)


def lasted_words(job: Placement, on: date) -> str:
    """From when until when somebody was in a job, or when they were last known to be."""
    if job.starts_on > on:
        return f"starts on {day(job.starts_on)}"
    if job.ended_on is not None:
        return f"{day(job.starts_on)} to {day(job.ended_on)}: {job.end_why}"
    seen = f"still there on {day(job.seen_on)}" if job.seen_on else "nobody has looked since"
    return f"since {day(job.starts_on)}, {seen}"


def draw_how_it_stands(job: Placement, name: str, user: Actor) -> None:
    """How long a job has lasted, and a button that says that it still goes on."""
    words = lasted_words(job, today())
    said(f"{words[:1].upper()}{words[1:]}.")
    goes_on = job.ended_on is None and job.starts_on <= today()
    if goes_on and may(user, Action.PLACEMENTS_RECORD, job) and st.button("Still in work today"):
        do_now(
            lambda session: placements.seen(session, job.key, today(), version=job.version, by=user),
            f"{name} was still in work today.",
        )


def draw_still_in_work(session: Session, user: Actor) -> None:
    """Whom to ask whether they are still in work; nothing when there is nobody."""
    own = user.id if Role.JOB_COACH in user.roles else None
    found = job_starts.to_ask_about(session, coach_id=own, limit=ASKED, by=user, today=today())
    if not found.rows:
        return
    st.header("Still in work?", anchor=False)
    record_list([_question(row) for row in found.rows], label="Still in work?")
    if found.total > len(found.rows):
        st.caption(f"{count(found.total, 'person', 'people')} to ask about in all, the earliest start first.")


def _question(row: AskedAbout) -> tuple[Cell, str]:
    asked = link(f"Is {row.seeker} still in work?", "placement-edit", id=row.placement_id)
    return asked, f"It was {row.weeks} weeks on {day(row.on)}, {row.employer}"
