"""The fields of a task of a job: what it is, how long it takes, what it costs, and what goes with it."""

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from crm.models.analyses import Backlog, JobAnalysis, JobTask, Nature, TaskClass, TaskNeed
from crm.models.base import Known
from crm.models.scales import Side
from crm.models.users import Actor
from crm.ui.field import Field, Typed
from crm.ui.fields import choice, line, number, scales, text, week
from crm.ui.meanings import meanings

_HOW = "Standard, tools, steps and hazards"
_DEMANDS = "What this task asks of people, where it is not what the job asks"

_MUCH = 3

NOBODYS: Mapping[str, Any] = {"need": TaskNeed.COULD_MOVE, "backlog": Backlog.UNDONE}
"""What a task begins with on a list of work that nobody does yet."""


def scales_that_matter(analysis: JobAnalysis, task: JobTask | None) -> set[str]:
    """The scales that stand open: those told of the task, and those of which the job asks much."""
    much = {key for key, step in analysis.demands.items() if step >= _MUCH}
    return much | set(task.demands if task else ())


def task_fields(
    user: Actor, *, known: dict[str, tuple[str, str]], others: Mapping[int, str], opened: Collection[str]
) -> list[Field]:
    """The fields in their order.

    `known` is what its skills were settled to, `others` the tasks of the same job by id, `opened` the scales
    that matter and stand open.
    """
    return [
        line("name", "Task", hint="What is done, as somebody at the workplace would say it."),
        choice(
            *("need", "In this job it is", TaskNeed),
            hint="A task that could move can become part of a carved job.",
        ),
        number("times_a_week", "Times a week"),
        choice("task_class", "It is part of", TaskClass),
        number("minutes_each", "Minutes each time"),
        number("minutes_most", "Minutes up to, if it is a guess"),
        line(
            *("skills", "Skills it takes"),
            hint="Parted by commas, for example pricing goods, lifting boxes.",
            is_live=True,
        ),
        meanings("skills", user=user, known=known, is_list=True),
        line("done_by", "Done now by"),
        choice("backlog", "Does it get done today?", Backlog),
        number("current_hourly_cost", "What their hour costs in £"),
        number("hourly_cost_most", "In £ up to, if it is a guess"),
        choice("nature", "What it is like", Nature),
        choice(
            *("dangerous", "Could somebody get hurt doing it?", Known),
            hint="Even by people who know how. A carved job is never made of such tasks alone.",
        ),
        *(_together(others) if others else ()),
        line("standard", "Standard to reach", section=_HOW),
        line("pace", "Pace", section=_HOW),
        line("tools", "Tools", section=_HOW),
        line("hazards", "Hazards", section=_HOW),
        line("trained_by", "Who trains a new colleague", section=_HOW),
        text("steps", "Steps, each with what shows that it is time for the next", section=_HOW),
        *week("slots", "Done", section="When it has to be done"),
        *scales("demands", section=_DEMANDS, side=Side.JOB, opened=opened),
    ]


def _together(others: Mapping[int, str]) -> list[Field]:
    def draw(key: str, label: str, hint: str | None) -> Typed:
        st.session_state[key] = [each for each in st.session_state.get(key, ()) if each in others]
        return st.multiselect(label, list(others), key=key, format_func=others.__getitem__, help=hint)

    hint = "Tasks that make no sense apart: whoever does this one does those too."
    return [Field("needs_task_ids", "Only together with", draw, show=list, hint=hint, is_wide=True)]
