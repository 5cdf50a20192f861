"""Job sharing: two people whose hours and strengths cover one vacancy, everybody with a partner."""

import streamlit as st

from crm.db import reading
from crm.models.users import Actor
from crm.services import job_sharing, shortlists
from crm.services.job_sharing import FIRST_ROWS, SharerList
from crm.ui import sharing_words as words
from crm.ui.address import needed_id, optional_id
from crm.ui.guard import live_part, require_user
from crm.ui.progress import telling
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, said, summary, table
from crm.ui.words import count, hours, plain, today

COVERED = ["Score of 100", "Hours they fill", "Both have their least hours", "Waiting"]
READY = "Getting everybody ready to be compared"


def show_more(key: str, now: int) -> None:
    """Have more rows shown."""
    st.session_state[key] = now + FIRST_ROWS


def draw_rows(found: SharerList, caption: str, key: str, *, names: bool) -> None:
    """The rows that are shown, and the way to more."""
    columns = [*(["Person"] if names else []), "Partner who covers most" if names else "Partner", *COVERED]
    cells = [words.row_cells(row, found.hours, vacancy.key, names=names) for row in found.rows]
    table(caption, columns, cells, numbers="Score of 100,Waiting")
    left = found.total - len(found.rows)
    if left > 0:
        asked = f"Show {min(left, FIRST_ROWS)} more of {left:,}"
        st.button(asked, key=f"more-{key}", on_click=show_more, args=(key, len(found.rows)))


@live_part
def draw_everybody(user: Actor) -> None:
    """Everybody who looks for work, each with their best partner."""
    rows = st.session_state.get("sharing-all", FIRST_ROWS)
    with refuse_politely(), telling(READY) as told, reading() as session:
        found = job_sharing.everybody(session, vacancy.key, rows=rows, by=user, today=today(), progress=told)
    who = count(found.total, "person", "people")
    st.html(f'<p class="crm-count" role="status">{who}, longest wait first, nobody left out</p>')
    if found.rows:
        draw_rows(found, "Everybody with the partner who covers most with them", "sharing-all", names=True)
    else:
        st.info("Nobody looks for work now, so there is nobody to share this job.")


@live_part
def draw_partners(person_id: int, user: Actor) -> None:
    """Everybody else beside one person."""
    key = f"sharing-{person_id}"
    rows = st.session_state.get(key, FIRST_ROWS)
    with refuse_politely(), telling(READY) as told, reading() as session:
        person, found = job_sharing.partners(
            session, vacancy.key, person_id, rows=rows, by=user, today=today(), progress=told
        )
    st.header(f"Who could share it with {plain(person.name)}", anchor=False)
    who = count(found.total, "person", "people")
    st.html(f'<p class="crm-count" role="status">{who}, nobody left out</p>')
    if found.rows:
        draw_rows(found, f"Partners for {plain(person.name)}", key, names=False)
    else:
        st.info(f"{words.NOBODY_ELSE}.")


def draw_pair(person_id: int, partner_id: int, user: Actor) -> None:
    """Two people: the hours divided, and what each brings."""
    with refuse_politely(), telling(READY) as told, reading() as session:
        found = job_sharing.of_two(session, vacancy.key, person_id, partner_id, by=user, progress=told)
    one, two = plain(found.first.name), plain(found.second.name)
    st.header(f"{one} and {two}", anchor=False)
    compared = {"vacancy": vacancy.key}
    links(
        [
            link(f"{one} and this job", "compare", **compared, seeker=found.first.id),
            link(f"{two} and this job", "compare", **compared, seeker=found.second.id),
            link(f"Other partners for {one}", "job-sharing", id=vacancy.key, person=found.first.id),
        ],
        label="Look closer",
    )
    summary(
        [
            ("Hours they fill", words.filled_words(found.pairing, found.hours)),
            (f"{one} could have", hours(found.split.hours[0])),
            (f"{two} could have", hours(found.split.hours[1])),
            ("Both have their least hours", words.least_words(found.pairing)),
        ]
    )
    week = words.week_rows(found)
    if week:
        table("A week to start the talk from", ["Day", one, two, "Nobody yet"], week)
    else:
        st.info("The days of the job are not recorded: ask the employer, so that a week can be drawn up.")
    strengths = words.strength_rows(found)
    if strengths:
        columns = ["Asked for", "Must-have", one, two, "Brought by"]
        table("What the job asks, and who brings it", columns, strengths)
    else:
        st.info("What the job asks for is not recorded yet.")
    said("It is a start for the talk with both and with the employer: each of them decides for themselves.")


user = require_user()
with refuse_politely(), reading() as session:
    vacancy, employer = shortlists.vacancy_and_employer(session, needed_id("id"), by=user)
person_id, partner_id = optional_id("person"), optional_id("partner")

st.title(f"Job sharing: {plain(vacancy.title)}", anchor=False)
places = [link("The vacancy", "vacancy", id=vacancy.key), link("Shortlist", "shortlist", id=vacancy.key)]
if person_id is not None:
    places.append(link("Everybody", "job-sharing", id=vacancy.key))
links(places, label="What belongs to this")
said(
    f"{employer.name}. Two people do one job at different times. The score is half for the hours of the job "
    "that both fill, and half for what it asks that either of them can do; what is not recorded counts half. "
    "For staff: it shows several people, so it is not for showing to any of them."
)
if person_id is None:
    draw_everybody(user)
elif partner_id is None:
    draw_partners(person_id, user)
else:
    draw_pair(person_id, partner_id, user)
