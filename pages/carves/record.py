"""One carved job: its tasks, what it frees and costs, for whom, and what to look out for."""

import streamlit as st

from crm.db import reading
from crm.models.carves import CarveMade
from crm.policy import Action
from crm.services import carves, employers, seekers
from crm.services.access import may
from crm.services.archiving import last_save
from crm.services.composing_keeping import OPEN
from crm.services.task_bank import HELD
from crm.ui.address import needed_id
from crm.ui.analysis_words import warn_if_old
from crm.ui.archiving import draw_archiving
from crm.ui.carve_case_parts import draw_case
from crm.ui.carve_standing import draw_standing, standing_links, standing_words
from crm.ui.carve_words import goal_words, week_hours
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.proposal_parts import draw_proposals
from crm.ui.screens import refuse_politely
from crm.ui.tables import heading_line, link, links, said, table
from crm.ui.words import hours, moment, plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    carve = carves.find(session, needed_id("id"), by=user)
    tasks = carves.tasks(session, carve.key, by=user)
    employer = employers.find(session, carve.employer_id, by=user)
    seeker = seekers.find(session, carve.seeker_id, by=user) if carve.seeker_id is not None else None
    saved = last_save(session, carve)

st.title(plain(carve.title), anchor=False)
show_flash()
against = goal_words(carve.hours_week, carve.hours_short)
heading_line(say(carve.stage), note=f"{standing_words(carve)}. {hours(carve.hours_week)} a week. {against}")
about = [
    link(employer.name, "employer", id=employer.key),
    link("Carve another", "carve", employer=employer.key),
]
if seeker:
    about.append(link(f"For {seeker.preferred_name}", "seeker", id=seeker.key))
if carve.stage in OPEN and may(user, Action.CARVES_RECORD, carve):
    about.append(link("Compose further by hand", "carve-by-hand", carve=carve.key))
about += standing_links(carve, user)
about.append(link("History", "history", of="carved-job", id=carve.key))
links(about, label="What belongs to this")
warn_if_old(min((post.analysed_on for _, post, _ in tasks), default=None), today())

st.header("Tasks", anchor=False)
rows = [
    (
        link(task.name, "analysis", id=task.analysis_id),
        post.title,
        week_hours(share),
        say(task.nature),
        task.done_by or "",
    )
    for task, post, share in tasks
]
columns = ["Task", "Comes from", "Hours a week", "What it is like", "Done now by"]
table("Tasks", columns, rows, numbers="Hours a week")
draw_case(carve, user)
if carve.warnings:
    st.header("To look out for", anchor=False)
    said("\n".join(carve.warnings))
if carve.made is not CarveMade.BY_HAND and not carve.is_optimal:
    st.info("The time for the calculation ran out: a better job may exist.")
draw_proposals(carve, user)
draw_standing(carve, user)
said(f"Last saved by {saved.who}, {moment(saved.at)}")
if may(user, Action.CARVES_RECORD) and carve.stage not in HELD:
    draw_archiving(carve, "carved job", archive=carves.archive, bring_back=carves.bring_back, user=user)
