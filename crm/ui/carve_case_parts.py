"""The business case on the page of a carved job: its figures with their rows, a chart, and words."""

import streamlit as st

from crm.db import reading
from crm.models.carves import CarveStage, JobCarve
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_case_words as figure_words
from crm.services import carve_cases, carve_figures
from crm.services.access import may
from crm.services.carve_sums import Figure
from crm.ui import carve_case_words as words
from crm.ui.carve_case_words import Shown
from crm.ui.charts import bar_chart, show_chart
from crm.ui.tables import link, links, said, summary, table

_BEFORE = (CarveStage.IDEA, CarveStage.NEEDS_CONFIRMED, CarveStage.PROPOSAL, CarveStage.NEGOTIATING)
"""Stages in which a proposal is made, or made anew."""


def draw_case(carve: JobCarve, user: Actor) -> None:
    """Draw the business case of a carved job, with the way to fill it in."""
    with reading() as session:
        case = carve_cases.find(session, carve.key, by=user)
        found = carve_figures.figures(session, carve, by=user)
    st.header("Business case", anchor=False)
    if may(user, Action.CARVES_RECORD, carve):
        called = "Change the business case" if case else "Fill in the business case"
        links([link(called, "carve-case", id=carve.key)], label="Business case")
    said(words.APART)
    for shown in words.three_figures(found):
        _draw_figure(shown)
    if found.freed_cost.left_out:
        said(figure_words.left_out(found.freed_cost.left_out))
    _draw_who(found.by_who)
    st.subheader("Beside these", anchor=False)
    for shown in words.other_figures(found, case):
        _draw_figure(shown)
    summary(words.text_rows(case, carve.carve_seen.get("support_hours_week")))
    if carve.stage in _BEFORE:
        _draw_missing(carve_cases.missing(case, carve))


def _draw_figure(shown: Shown) -> None:
    summary([(shown.title, shown.words)])
    if shown.figure.lines:
        with st.expander(f"Rows behind “{shown.title}”"):
            table(shown.title, shown.columns, shown.rows(), numbers=shown.unit)


def _draw_who(found: Figure) -> None:
    if not found.lines:
        return
    st.subheader("Who does these tasks now", anchor=False)
    figure = bar_chart(
        words.short([line.name for line in found.lines]),
        [float(line.value.most) for line in found.lines],
        [figure_words.hours(line.value) for line in found.lines],
        room=2.2,
    )
    show_chart(
        figure,
        alt=words.who_alt(found),
        columns=("Who does it now", "Hours a week", "Tasks that move"),
        rows=[(line.name, figure_words.hours(line.value), line.working) for line in found.lines],
        key="carve-case-who",
        numbers="Hours a week",
        caption="Who does these tasks now",
    )


def _draw_missing(sentences: tuple[str, ...]) -> None:
    if sentences:
        st.subheader("What a proposal still needs", anchor=False)
        said("\n".join(sentences))
