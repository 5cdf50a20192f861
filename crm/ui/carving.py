"""Parts of the pages that carve a job by the solver: one job drawn and kept, and what its bank lacks."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from crm.errors import CrmError
from crm.models.carves import JobCarve
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_building
from crm.services.access import may
from crm.services.carve_ground import Built, Ground
from crm.ui import carve_words as words
from crm.ui.flash import after_this
from crm.ui.problems import show_problem
from crm.ui.screens import go_to
from crm.ui.tables import Link, link, links, said, summary, table
from crm.ui.words import day
from crm.units import carry_out

STOPPED = "Stopped. Nobody was left out of a list, as none was made. What you chose is kept."
_MOST_LINKS = 8


def draw_job(ground: Ground, built: Built, user: Actor, *, key: str) -> None:
    """One job that can be built: its tasks, its figures apart, what to look out for, and how to keep it."""
    carve = built.carve
    if carve.tasks:
        table("Tasks of this job", ["Task", "Hours a week", "Can they do it?"], words.task_rows(built))
        summary(
            words.figure_rows(
                freed=carve.skilled_hours_freed,
                undone=carve.undone_work_hours,
                difference=carve.cost_difference_week,
                is_from=built.is_from,
                wage=carve.new_wage_week,
                support=carve.support_hours_week,
            )
        )
    said(words.proven_words(carve.optimal))
    for warning in carve.warnings:
        if warning not in ground.employer.said:
            said(warning)
    if carve.tasks and may(user, Action.CARVES_RECORD):
        draw_keep("Keep this carve", partial(_keep_one, ground, built, user), key=key)


def _keep_one(ground: Ground, built: Built, user: Actor) -> None:
    kept: JobCarve = carry_out(lambda session: carve_building.keep(session, ground, built, by=user))
    after_this("The carve is kept as an idea. Existing staff are consulted before it goes further.")
    go_to("carved-job", id=kept.key)


def draw_keep(label: str, keep: partial[None], *, key: str) -> None:
    """The button that keeps what was built; when it cannot be kept, why is said."""
    if st.button(label, type="primary", key=key):
        try:
            keep()
        except CrmError as problem:
            show_problem(problem)


def draw_lacks(ground: Ground) -> None:
    """What is left out of the bank and why, with links to where it is recorded."""
    lacks = ground.employer.said
    if not lacks:
        return
    st.header("What of the task bank is left out", anchor=False)
    draw_list(lacks)
    employer, analyses = ground.employer.employer, ground.employer.analyses
    places = [
        link(f"{row.title}, {day(row.analysed_on)}", "analysis", id=key)
        for key, row in list(analyses.items())[:_MOST_LINKS]
    ]
    taken = sorted(set(ground.employer.taken.values()))[:_MOST_LINKS]
    links(
        [
            *places,
            *(Link(f"Carved job {carve_id}", "carved-job", (("id", carve_id),)) for carve_id in taken),
            link("All its job analyses", "analyses", employer=employer.key),
        ],
        label="Where to record it",
    )


def draw_list(sentences: Sequence[str]) -> None:
    """Sentences one below the other."""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    st.html(f'<ul class="crm-say">{items}</ul>')


def draw_aims(aims: Sequence[str]) -> None:
    """How tasks are chosen: the aims in the order that is fixed, beneath the guard rails."""
    st.header("How the tasks are chosen", anchor=False)
    said("In this order: none gives up anything of those before it, and nothing outweighs a guard rail.")
    items = "".join(f"<li>{escape(aim)}</li>" for aim in aims)
    st.html(f'<ol class="crm-say">{items}</ol>')


def changed_since(button: str) -> None:
    """Say that what is shown was built for other choices."""
    st.info(f"This was built for other choices. Press “{button}” to build it again.")
