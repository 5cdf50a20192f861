"""Work for one person: open vacancies, known roles, and employers whose tasks fit. Nothing is hidden."""

import streamlit as st

from crm.db import reading
from crm.models.seekers import LOOKING, SeekerStatus
from crm.models.users import Actor
from crm.policy import Action
from crm.services import seekers, shortlists, work_for_person
from crm.services.access import may
from crm.services.shortlists import JobRow
from crm.ui.address import needed_id
from crm.ui.analysis_words import old_words
from crm.ui.guard import live_part, require_user
from crm.ui.known_work_parts import EMPLOYERS, ROLES, draw_employers, draw_roles, rows_shown, show_more
from crm.ui.match_cards import Card, cards, pair_lines
from crm.ui.match_words import hours_words, travel_words
from crm.ui.progress import telling
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import count, day, plain, say, today

FIRST_ROWS = 10


def card(row: JobRow, seeker_id: int) -> Card:
    job, match = row.opening, row.match
    pair = {"vacancy": job.id, "seeker": seeker_id}
    return Card(
        name=link(job.title, "compare", **pair),
        match=match,
        badges=[say(match.group)],
        facts=[
            job.employer,
            hours_words(match),
            travel_words(match, row.is_further),
            f"closes {day(job.closes_on)}" if job.closes_on else "",
            old_words(job.analysed_on, today()),
        ],
        lines=pair_lines(row.own_view, row.decision, row.requirements),
        links=[link(f"The whole comparison with {job.title}", "compare", **pair)],
    )


@live_part
def draw_jobs(seeker_id: int, user: Actor) -> None:
    shown = rows_shown("jobs", seeker_id, FIRST_ROWS)
    with refuse_politely(), telling("Getting all vacancies ready") as told, reading() as session:
        found = shortlists.for_seeker(session, seeker_id, shown=shown, by=user, today=today(), progress=told)
    words = count(found.total, "open vacancy", "open vacancies")
    st.header(f"Open vacancies: {found.total:,}", anchor=False)
    st.html(f'<p class="crm-count" role="status">{words} compared, none left out</p>')
    if not found.total:
        st.info("No vacancy is open. Add one, or import adverts.")
        return
    cards([card(row, seeker_id) for row in found.rows], label="Open vacancies")
    show_more("jobs", seeker_id, len(found.rows), found.total)


@live_part
def draw_known(seeker_id: int, user: Actor) -> None:
    wanted = {name: rows_shown(name, seeker_id) for name in (ROLES, EMPLOYERS)}
    with refuse_politely(), telling("Getting all known work ready") as told, reading() as session:
        found = work_for_person.for_seeker(
            session,
            seeker_id,
            roles_shown=wanted[ROLES],
            employers_shown=wanted[EMPLOYERS],
            by=user,
            progress=told,
        )
    draw_roles(found.roles, seeker_id, user)
    draw_employers(found.employers, seeker_id, user)


user = require_user()
with refuse_politely(), reading() as session:
    seeker = seekers.find(session, needed_id("id"), by=user)
st.title(f"Jobs for {plain(seeker.preferred_name)}", anchor=False)
offered = [link(seeker.preferred_name, "seeker", id=seeker.key)]
if may(user, Action.CONTACTS_READ):
    offered.append(link("Who to call for this person", "calls", seeker=seeker.key))
links(offered, label="Record")
if seeker.status not in (*LOOKING, SeekerStatus.IN_WORK):
    st.warning("This person does not look for work now (see their record), so nothing can be decided.")
draw_jobs(seeker.key, user)
if may(user, Action.ANALYSES_READ):
    draw_known(seeker.key, user)
