"""One task: what it is about, by when and whose; done, put off, given away or dropped from here."""

import streamlit as st

from crm.db import reading
from crm.models.tasks import TaskStatus
from crm.policy import Action
from crm.services import archiving, staff, tasks
from crm.services.access import may
from crm.services.task_moves import Chosen
from crm.ui import task_moving
from crm.ui.address import needed_id
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, heading_line, link, links, said, summary
from crm.ui.task_about import record_of_task
from crm.ui.task_bar import draw_bar
from crm.ui.task_rows import due_words
from crm.ui.words import day, moment, plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    task = tasks.find(session, needed_id("id"), by=user)
    record = record_of_task(session, task, user)
    colleagues = staff.names(session, by=user)
    owner = staff.name_of(session, task.owner_id, by=user) or "Nobody yet"
    settled_by = staff.name_of(session, task.settled_by, by=user)
    saved = archiving.last_save(session, task)

st.title(plain(task.title), anchor=False)
show_flash()
task_moving.draw_outcome(user)
is_open = task.status is TaskStatus.OPEN
note = due_words(task.due_on, today()) if is_open else f"on {day(task.settled_on)}, {settled_by or ''}"
kind = ["Interview"] if task.is_interview else []
heading_line(say(task.status), *kind, f"{say(task.priority)} priority", note=note)
may_change = may(user, Action.TASKS_RECORD, task)
offered = [link(record.name, record.page, id=record.key)] if record else []
if may_change:
    offered.append(link("Edit", "task-change", id=task.key))
if task.due_on is not None and is_open:
    offered.append(link("Add to my calendar", f"files/calendar/task-{task.key}.ics"))
offered += [link("History", "history", of="task", id=task.key), link("All tasks", "tasks")]
links(offered, label="What you can do")
facts: list[tuple[str, Cell]] = [("Due", day(task.due_on) if task.due_on else "No day set"), ("Owner", owner)]
if task.contact_id is not None and record is not None:
    facts.append(("Follows from", "A contact with this employer"))
if task.settled_how:
    facts.append(("Why it was dropped", task.settled_how))
summary([*facts, ("Notes", task.notes or "None")])
this = [Chosen(task.key, task.version)]
if may_change and is_open:
    draw_bar(lambda: this, user, colleagues, title=task.title, key=f"task-{task.key}-{task.version}")
elif may_change:
    st.button(
        "Open again",
        key=f"task-open-{task.key}",
        on_click=task_moving.reopen,
        args=(lambda: this, user, task.title),
    )
said(f"Last saved by {saved.who}, {moment(saved.at)}")
