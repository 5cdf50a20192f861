"""One task of a job: how often and how long, who does it now, what it takes."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.analyses import Backlog, JobTask, JobTaskInput, Nature, TaskClass, TaskNeed
from crm.services import analyses, analysis_rows
from crm.ui.address import needed_id, optional_id
from crm.ui.analysis_words import task_hours, usual_words
from crm.ui.archiving import draw_archiving
from crm.ui.doing import do_and_go
from crm.ui.fields import choice, line, number, text, week
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.meanings import meanings
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, said
from crm.ui.words import hours, plain

HOW = "Standard, tools, steps and hazards"

user = require_user()
with refuse_politely(), reading() as session:
    task_id = optional_id("id")
    task = analysis_rows.find_task(session, task_id, by=user) if task_id is not None else None
    analysis_id = task.analysis_id if task else needed_id("analysis")
    analysis = analyses.find(session, analysis_id, by=user)
    known = analysis_rows.known_skills(session, task) if task else {}
    counted = analysis_rows.meanings(session, task) if task else []

st.title(plain(task.name) if task else "Add a task", anchor=False)
show_flash()
links([link(analysis.title, "analysis", id=analysis.key)], label="Job analysis")
fields = [
    line("name", "Task", hint="What is done, as somebody at the workplace would say it."),
    choice(
        "need", "In this job it is", TaskNeed, hint="A task that could move can become part of a carved job."
    ),
    number("times_a_week", "Times a week"),
    number("minutes_each", "Minutes each time"),
    choice("task_class", "It is part of", TaskClass),
    choice("nature", "What it is like", Nature),
    line(
        "skills",
        "Skills it takes",
        hint="Parted by commas, for example pricing goods, lifting boxes.",
        is_live=True,
    ),
    meanings("skills", user=user, known=known, is_list=True),
    line("done_by", "Done now by"),
    number("current_hourly_cost", "What their hour costs in £"),
    choice("backlog", "Does it get done today?", Backlog),
    line("standard", "Standard to reach", section=HOW),
    line("pace", "Pace", section=HOW),
    line("tools", "Tools", section=HOW),
    line("hazards", "Hazards", section=HOW),
    line("trained_by", "Who trains a new colleague", section=HOW),
    text("steps", "Steps, each with what shows that it is time for the next", section=HOW),
    *week("slots", "Done", section="When it has to be done"),
]


def save(session: Session, typed: JobTaskInput, version: int) -> JobTask:
    if task is None:
        return analysis_rows.add_task(session, analysis.key, typed, by=user)
    return analysis_rows.change_task(session, task.key, typed, version=version, by=user)


def then(saved: JobTask) -> None:
    after_this(f"“{saved.name}” is saved: {hours(saved.hours_week)} a week.")
    go_to("analysis", id=analysis.key)


if task is not None and task.is_assumed and task.archived_at is None:
    usual = usual_words(task.usual_times, task.usual_minutes)
    said(f"{usual}. Nobody has confirmed it here, so it is not counted.")
    if st.button("That is so here: count it", key=f"confirm-{task.key}"):
        confirm = partial(analysis_rows.confirm_usual, task_id=task.key, version=task.version, by=user)
        done = f"“{task.name}” counts now: {hours(task.usual_hours)} a week."
        do_and_go(confirm, done, "analysis", id=analysis.key)
if task is None or task.archived_at is None:
    form = RecordForm(
        "task",
        fields,
        JobTaskInput,
        task,
        "Save task",
        belongs_to=analysis.key,
        starts={"meanings": {}},
    )
    draw_form(form, user=user, save=save, then=then)
if task is not None:
    said(f"Hours a week: {task_hours(task)}. Its skills count as: {'; '.join(counted) or 'none yet'}.")
    rows = analysis_rows
    draw_archiving(task, "task", archive=rows.archive_task, bring_back=rows.bring_back_task, user=user)
