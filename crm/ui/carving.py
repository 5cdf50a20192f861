"""Carving on screen: what is asked for, what can be built for everybody, and keeping one of the jobs."""

from functools import partial

import streamlit as st
from pydantic import ValidationError
from sqlmodel import Session

from crm.db import reading
from crm.errors import CrmError
from crm.models.carves import CarveWish, JobCarve
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_building
from crm.services.access import may
from crm.services.analyses import was_long_ago
from crm.services.carve_building import Built
from crm.services.carves import Source
from crm.ui import carve_words as words
from crm.ui.analysis_words import OLD
from crm.ui.fields import read_number
from crm.ui.flash import after_this
from crm.ui.guard import live_part
from crm.ui.problems import problems_of, show_problem, show_problems
from crm.ui.progress import telling
from crm.ui.screens import go_to
from crm.ui.tables import said, summary, table
from crm.ui.words import count, day, today
from crm.units import carry_out

FIRST_ROWS = 10
MORE_ROWS = 25


def _wish_of(employer: Employer, sources: list[Source]) -> CarveWish | None:
    """What is asked for; None, with the problem said, while it cannot be read."""
    titles = {source.id: _source_words(source) for source in sources}
    key = f"carve-{employer.key}"
    chosen = st.multiselect(
        "Job analyses to take tasks from", list(titles), list(titles), format_func=titles.__getitem__, key=key
    )
    rate = max((source.going_rate or 0.0 for source in sources if source.id in chosen), default=0.0)
    goal_place, pay_place = st.columns(2)
    with goal_place:
        goal = st.text_input("Hours a week to reach, for people without a goal", "16", key=f"{key}-goal")
    with pay_place:
        pay = st.text_input("Pay in £ an hour", f"{rate:.2f}" if rate else "", key=f"{key}-pay-{rate}")
    try:
        return CarveWish.model_validate(
            {"analysis_ids": chosen, "goal": read_number(goal), "pay_hourly": read_number(pay)}
        )
    except ValidationError as problem:
        show_problems(problems_of(problem), [], "")
        return None


def _source_words(source: Source) -> str:
    """A job analysis among those that tasks can come from; an old one says so."""
    seen = (
        f", analysed on {day(source.analysed_on)}, {OLD}"
        if was_long_ago(source.analysed_on, today=today())
        else ""
    )
    return f"{source.title} ({count(source.movable, 'task')} could move{seen})"


def _build(employer: Employer, wish: CarveWish, user: Actor) -> None:
    try:
        with telling("Building jobs") as told, reading() as session:
            found = carve_building.build(session, employer.key, wish, by=user, today=today(), progress=told)
    except CrmError as problem:
        show_problem(problem)
        return
    st.session_state[f"built-{employer.key}"] = (wish, found)
    st.session_state[f"built-rows-{employer.key}"] = FIRST_ROWS


def _draw_one(employer: Employer, wish: CarveWish, built: Built, user: Actor) -> None:
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
    for warning in carve.warnings:
        said(warning)
    if not carve.tasks or not may(user, Action.CARVES_RECORD):
        return
    if st.button("Keep this carve", type="primary", key=f"keep-{employer.key}-{built.seeker_id}"):
        try:
            kept = carry_out(partial(_keep, employer, wish, built, user))
        except CrmError as problem:
            show_problem(problem)
            return
        after_this("The carve is kept as an idea. Existing staff are consulted before it goes further.")
        go_to("carved-job", id=kept.key)


def _keep(employer: Employer, wish: CarveWish, built: Built, user: Actor, session: Session) -> JobCarve:
    return carve_building.keep(session, employer.key, wish, built, by=user, today=today())


def _show_more(rows_key: str) -> None:
    st.session_state[rows_key] += MORE_ROWS


def _draw_built(employer: Employer, now: CarveWish | None, user: Actor) -> None:
    wish, found = st.session_state[f"built-{employer.key}"]
    if wish != now:
        st.info("These jobs were built for other choices. Press “Build the jobs” to build them again.")
    rows_key = f"built-rows-{employer.key}"
    shown: list[Built] = found[: st.session_state[rows_key]]
    st.html(f'<p class="crm-count" role="status">{words.reached_words(found)}</p>')
    if not found:
        return
    rows = [words.built_cells(one) for one in shown]
    table("What can be built; all figures are a week", words.BUILT_COLUMNS, rows, numbers=words.NUMBERS)
    left = len(found) - len(shown)
    if left > 0:
        st.button(f"Show {min(MORE_ROWS, left)} more", on_click=_show_more, args=(rows_key,))
    names = {one.seeker_id: one.name for one in shown}
    st.header("Look at one of these jobs", anchor=False)
    picked = st.selectbox(
        "The job for", list(names), format_func=names.__getitem__, key=f"one-{employer.key}"
    )
    _draw_one(employer, wish, next(one for one in shown if one.seeker_id == picked), user)


@live_part
def draw_carving(employer: Employer, sources: list[Source], user: Actor) -> None:
    """Ask what to carve from, build the jobs when asked to, and show them with the way to keep one."""
    wish = _wish_of(employer, sources)
    if st.button("Build the jobs", key=f"build-{employer.key}") and wish is not None:
        _build(employer, wish, user)
    if f"built-{employer.key}" in st.session_state:
        _draw_built(employer, wish, user)
