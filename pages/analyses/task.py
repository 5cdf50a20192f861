"""One task of a job: how often and how long, who does it now, what it takes."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.analyses import JobTask, JobTaskInput
from crm.services import analyses, analysis_rows, task_needs
from crm.ui.address import needed_id, optional_id
from crm.ui.analysis_words import usual_words
from crm.ui.archiving import draw_archiving
from crm.ui.doing import do_and_go
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.range_words import hours_of, range_hours
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, said
from crm.ui.task_fields import NOBODYS, scales_that_matter, task_fields
from crm.ui.words import hours, plain

user = require_user()
with refuse_politely(), reading() as session:
    task_id = optional_id("id")
    task = analysis_rows.find_task(session, task_id, by=user) if task_id is not None else None
    analysis_id = task.analysis_id if task else needed_id("analysis")
    analysis = analyses.find(session, analysis_id, by=user)
    known = analysis_rows.known_skills(session, task) if task else {}
    counted = analysis_rows.meanings(session, task) if task else []
    others = task_needs.others(session, analysis_id, chosen_by=task, by=user)
    needing = task_needs.needing(session, task, by=user) if task else []

st.title(plain(task.name) if task else "Add a task", anchor=False)
show_flash()
links([link(analysis.title, "analysis", id=analysis.key)], label="Job analysis")
opened = scales_that_matter(analysis, task)
fields = task_fields(user, known=known, others=others, opened=opened)


def save(session: Session, typed: JobTaskInput, version: int) -> JobTask:
    if task is None:
        return analysis_rows.add_task(session, analysis.key, typed, by=user)
    return analysis_rows.change_task(session, task.key, typed, version=version, by=user)


def then(saved: JobTask) -> None:
    after_this(f"“{saved.name}” is saved: {range_hours(saved.hours_week, saved.hours_most)} a week.")
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
        starts={"meanings": {}, **(NOBODYS if analysis.is_unmet_needs and task is None else {})},
    )
    draw_form(form, user=user, save=save, then=then)
if task is not None:
    said(f"Hours a week: {hours_of(task)}. Its skills count as: {'; '.join(counted) or 'none yet'}.")
    if needing:
        names = "; ".join(f"“{each.name}”" for each in needing)
        said(f"Only together with this task: {names}. Without it, none of these can go into a carved job.")
    rows = analysis_rows
    draw_archiving(task, "task", archive=rows.archive_task, bring_back=rows.bring_back_task, user=user)
