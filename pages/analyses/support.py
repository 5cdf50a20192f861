"""One natural support as a workplace has it, or could."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.analyses import SupportKind, SupportState, WorkplaceSupport, WorkplaceSupportInput
from crm.services import analyses, analysis_rows
from crm.ui.address import needed_id, optional_id
from crm.ui.archiving import draw_archiving
from crm.ui.fields import choice, day, line, tick
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import say, today

user = require_user()
with refuse_politely(), reading() as session:
    support_id = optional_id("id")
    support = analysis_rows.find_support(session, support_id, by=user) if support_id is not None else None
    analysis_id = support.analysis_id if support else needed_id("analysis")
    analysis = analyses.find(session, analysis_id, by=user)

st.title(say(support.kind) if support else "Add a support at this workplace", anchor=False)
show_flash()
links([link(analysis.title, "analysis", id=analysis.key)], label="Job analysis")
fields = [
    choice("kind", "Kind of support", SupportKind),
    choice("state", "At this workplace it", SupportState),
    line("who", "Who gives it"),
    tick("is_confirmed", "Confirmed with the employer"),
    day("confirmed_on", "Confirmed on"),
]


def save(session: Session, typed: WorkplaceSupportInput, version: int) -> WorkplaceSupport:
    if support is None:
        return analysis_rows.add_support(session, analysis.key, typed, by=user, today=today())
    return analysis_rows.change_support(session, support.key, typed, version=version, by=user, today=today())


def then(saved: WorkplaceSupport) -> None:
    after_this(f"{say(saved.kind)} is saved.")
    go_to("analysis", id=analysis.key)


if support is None or support.archived_at is None:
    form = RecordForm(
        "workplace-support", fields, WorkplaceSupportInput, support, "Save support", belongs_to=analysis.key
    )
    draw_form(form, user=user, save=save, then=then)
if support is not None:
    rows = analysis_rows
    draw_archiving(
        support, "support", archive=rows.archive_support, bring_back=rows.bring_back_support, user=user
    )
