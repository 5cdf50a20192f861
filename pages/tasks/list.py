"""Tasks: mine, my team's, everybody's, or those of one record; each done, put off or given away from here."""

from datetime import date

import streamlit as st

from crm.db import reading
from crm.models.tasks import TaskStatus
from crm.models.users import Actor
from crm.policy import Action
from crm.services import staff, task_list
from crm.services.access import may
from crm.services.task_list import Due, TaskFilter, TaskRow, Whose
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, choice_filter, draw_pages, first_row
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links
from crm.ui.task_about import Record, record_of_address
from crm.ui.task_bar import draw_bar
from crm.ui.task_moving import draw_outcome
from crm.ui.task_rows import draw_rows, draw_ticks, tick_all, ticked
from crm.ui.words import plain, say, today


def filters(record: Record | None) -> tuple[TaskFilter, bool]:
    usual = Whose.MINE if record is None else Whose.EVERYBODY
    who, due, status, kind, several = st.columns(5, vertical_alignment="bottom")
    with who:
        whose = st.selectbox(
            "Whose",
            list(Whose),
            index=list(Whose).index(usual),
            format_func=say,
            key="whose",
            bind="query-params",
        )
    with due:
        due_wanted = choice_filter("Due", list(Due), key="due")
    with status:
        status_wanted = st.selectbox(
            "Status", list(TaskStatus), format_func=say, key="status", bind="query-params"
        )
    with kind:
        is_interview = st.toggle("Interviews to come", key="interviews", bind="query-params")
    with several:
        is_several = st.toggle("Several at once", key="several", bind="query-params")
    wanted = TaskFilter(
        Whose(whose),
        Due(due_wanted) if due_wanted else None,
        TaskStatus(status_wanted),
        record.about if record is not None else task_list.About(),
        is_interview_to_come=is_interview,
    )
    return wanted, is_several


@live_part
def tasks_list(user: Actor, record: Record | None, on: date) -> None:
    draw_outcome(user)
    wanted, is_several = filters(record)
    with reading() as session:
        page = task_list.listing(session, wanted, offset=first_row(), limit=PAGE_SIZE, by=user, today=on)
    whose = wanted.whose is not Whose.MINE
    may_move = may(user, Action.TASKS_RECORD) and wanted.status is TaskStatus.OPEN
    if not page.rows:
        st.info("No task fits. Look at everybody’s, choose another day, or add a task.")
    elif is_several and may_move:
        several_at_once(page.rows, user, on, whose=whose)
    else:
        draw_rows(page.rows, user, on, whose=whose)
    draw_pages(page.total, one="task")


def several_at_once(rows: list[TaskRow], user: Actor, on: date, *, whose: bool) -> None:
    with reading() as session:
        colleagues = staff.names(session, by=user)
    st.button("Tick all on this page", key="task-tick-all", on_click=tick_all, args=(rows,))
    draw_ticks(rows, on, whose=whose)
    draw_bar(lambda: ticked(rows), user, colleagues, title="", key="task-several")


user = require_user()
with refuse_politely(), reading() as session:
    record = record_of_address(session, user)
st.title(f"Tasks: {plain(record.name)}" if record else "Tasks", anchor=False)
offered = [link("Add a task", "task-change", **(record.parameters if record else {}))]
if record is not None:
    offered += [link(record.name, record.page, id=record.key), link("All tasks", "tasks")]
links(offered if may(user, Action.TASKS_RECORD) else offered[1:], label="What you can do")
with refuse_politely():
    tasks_list(user, record, today())
