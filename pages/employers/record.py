"""One employer: where it stands and what comes next, whom to ring, and everything that happened."""

import streamlit as st

from crm.db import reading
from crm.models.lists import ChoiceList
from crm.policy import Action
from crm.services import accounts, archiving, employers, lists, merging, unmerging
from crm.services.access import may
from crm.ui import account_parts
from crm.ui import employer_rows as rows
from crm.ui.address import needed_id
from crm.ui.archiving import draw_archiving
from crm.ui.collision_parts import draw_collisions
from crm.ui.document_parts import draw_documents
from crm.ui.flash import after_this, show_flash
from crm.ui.guard import require_user
from crm.ui.neighbours import beside, draw_neighbours
from crm.ui.placement_parts import draw_started_here
from crm.ui.promise_parts import draw_honour
from crm.ui.promise_sections import draw_promises
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import heading_line, link, links, said
from crm.ui.timeline import begin_timeline, draw_timeline
from crm.ui.words import day, moment, plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    account = accounts.find(session, needed_id("id"), by=user)
    employer = account.employer
    kept_instead = merging.kept_instead_of(session, employer.key, by=user)
    merged_into_it = unmerging.undoable_into(session, employer.key, by=user, today=today())
    found = beside(session, employer.key, user)
    listed = lists.shown(session, employer, by=user)
    saved = archiving.last_save(session, employer)

if kept_instead is not None:
    after_this(f"{employer.name} was merged into this employer.")
    go_to("employer", id=kept_instead)
begin_timeline(employer.key)
st.title(plain(employer.name), anchor=False)
show_flash()
for made in merged_into_it if may(user, Action.EMPLOYERS_RECORD) else ():
    text = f"{made.loser} was merged into this employer on {day(made.at.date())}: look, or undo it"
    links([link(text, "merged", id=made.id)], label="Merged into this employer")
heading_line(say(employer.stage), say(employer.tier), note=listed[ChoiceList.SECTOR])
draw_neighbours(found)
draw_collisions(employer, user)
links(
    [
        *rows.offered(employer, user),
        link("Page for the employer", "employer-sheet", id=employer.key),
        link("History", "history", of="employer", id=employer.key),
    ],
    label="What you can do",
)
account_parts.draw_head(account)
left, right = st.columns([2, 3], gap="large")
with left, reading() as session:
    account_parts.draw_people(session, employer, user)
    account_parts.draw_door_openers(session, employer, user)
    account_parts.draw_needs(employer)
    account_parts.draw_vacancies(session, employer, user)
    account_parts.draw_agreements(session, employer, user)
    draw_honour(session, employer, user)
    draw_started_here(session, employer.key, user)
    account_parts.draw_sites(session, employer, user)
    account_parts.draw_awareness(session, employer, user)
    account_parts.draw_analyses(session, employer, user)
with right:
    st.header("Timeline", anchor=False)
    draw_timeline(employer.key, user)
draw_promises(employer, user)
draw_documents(employer, user)
account_parts.draw_registers(employer, listed)
said(f"Last saved by {saved.who}, {moment(saved.at)}")
if may(user, Action.EMPLOYERS_RECORD):
    draw_archiving(
        employer, "employer", archive=employers.archive, bring_back=employers.bring_back, user=user
    )
