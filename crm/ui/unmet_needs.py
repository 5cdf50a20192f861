"""Work that nobody does yet: writing it down, and saying that there is no post behind it."""

from collections.abc import Mapping

import streamlit as st
from sqlmodel import Session

from crm.models.analyses import JobAnalysis, UnmetNeedsInput
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import unmet_needs
from crm.services.access import may
from crm.ui.fields import day, line, pick
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.screens import go_to
from crm.ui.tables import Link, fold_html, link
from crm.ui.words import today

UNMET = "unmet"
"""What the address of the form says when it is about work that nobody does yet."""

TITLE = "Write down unmet needs"
_USUAL = "Work nobody does yet"


def ways_to_begin(employer: Employer, user: Actor) -> list[Link]:
    """The links to writing down what is done at this employer, and what nobody does yet."""
    if not may(user, Action.ANALYSES_RECORD):
        return []
    return [
        link("Start a job analysis", "analysis-start", employer=employer.key),
        link(TITLE, "analysis-edit", employer=employer.key, work=UNMET),
    ]


def draw_known_needs(employer: Employer) -> None:
    """What was noted of the employer's needs, as where to start."""
    if employer.unmet_needs:
        term = "Needs that nobody meets yet, as noted of the employer: where to start"
        told = f"<div><dt>{term}</dt><dd>{fold_html(employer.unmet_needs)}</dd></div>"
        st.html(f'<dl class="crm-summary crm-stacked">{told}</dl>')


def draw_no_post(employer: Employer) -> None:
    """Say that an analysis is of work without a post, beside what was noted of the needs."""
    st.info(
        "This is no post: it is a list of work that nobody does yet. "
        "A job can be created from it without taking anything from a colleague."
    )
    draw_known_needs(employer)


def draw_unmet_form(
    user: Actor, employer: Employer, analysis: JobAnalysis | None, sites: Mapping[int, str]
) -> None:
    """The form of such a list: what it is called, where, and when it was looked at; tasks come after."""

    def save(session: Session, typed: UnmetNeedsInput, version: int) -> JobAnalysis:
        if analysis is None:
            return unmet_needs.start(session, employer.key, typed, by=user, today=today())
        changed = unmet_needs.change
        return changed(session, analysis.key, typed, version=version, by=user, today=today())

    def then(saved: JobAnalysis) -> None:
        after_this(f"{saved.title} is saved. Now add the tasks that nobody does yet.")
        go_to("analysis", id=saved.key)

    draw_known_needs(employer)
    form = RecordForm(
        "unmet",
        [line("title", "What to call it"), pick("site_id", "Site", sites), day("analysed_on", "Asked on")],
        UnmetNeedsInput,
        analysis,
        "Save unmet needs",
        belongs_to=employer.key,
        starts={} if analysis else {"title": _USUAL},
    )
    draw_form(form, user=user, save=save, then=then)
