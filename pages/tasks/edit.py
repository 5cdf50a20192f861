"""Add a task, about a record if the address names one, or change a task."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.tasks import Priority, Task, TaskInput
from crm.services import staff, tasks
from crm.ui.address import optional_id
from crm.ui.fields import choice, day, line, pick, text, tick
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.task_about import record_of_address, record_of_task
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    task_id = optional_id("id")
    task = tasks.find(session, task_id, by=user) if task_id else None
    record = record_of_task(session, task, user) if task else record_of_address(session, user)
    colleagues = staff.names(session, by=user)

st.title(f"Edit {plain(task.title)}" if task else "Add a task", anchor=False)
about = [link(record.name, record.page, id=record.key)] if record else []
links([*about, link("All tasks", "tasks")], label="What it is about")
fields = [
    line("title", "What is to be done"),
    day("due_on", "Due on"),
    tick("is_interview", "This is an interview", hint="It counts among the interviews to come."),
    choice("priority", "Priority", Priority),
    pick("owner_id", "Owner", colleagues, hint=None if task else "None: it is your own."),
    text("notes", "Notes"),
]


def save(session: Session, typed: TaskInput, version: int) -> Task:
    whole = typed.model_copy(update={f"{record.page}_id": record.key} if record else {})
    if task is None:
        return tasks.add(session, whole, by=user)
    return tasks.change(session, task.key, whole, version=version, by=user)


def then(saved: Task) -> None:
    after_this("The task is saved.")
    go_to("task", id=saved.key)


name = f"task-{record.page}" if record else "task"
form = RecordForm(name, fields, TaskInput, task, "Save task", belongs_to=record.key if record else 0)
draw_form(form, user=user, save=save, then=then)
