"""Move an employer to another stage of the relationship: choose which, then say what that stage needs."""

from dataclasses import replace
from datetime import date

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.employers import Employer, RelationshipStage, StageMove
from crm.services import employer_stages, employers
from crm.ui.address import needed_id
from crm.ui.employer_narrowing import BOARD, read_narrowed
from crm.ui.fields import day, line
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.neighbours import kept_within
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import heading_line, link, links
from crm.ui.words import plain, say, today

user = require_user()
came_from = str(st.query_params.get(BOARD, ""))
with refuse_politely(), reading() as session:
    employer = employers.find(session, needed_id("id"), by=user)
    asked_for = str(st.query_params.get("to", ""))
    chosen = RelationshipStage(asked_for) if asked_for in set(RelationshipStage) else None
    is_why_needed = chosen is not None and employer_stages.needs_why(session, employer.key, chosen, by=user)


def or_today(given: date | None) -> date:
    """The day of the move, today unless another is typed."""
    return given or today()


def to_stage(target: RelationshipStage) -> None:
    """Ask for what the stage needs, and move."""

    class Move(StageMove):
        to_stage: RelationshipStage = target

    def save(session: Session, typed: Move, version: int) -> Employer:
        return employers.move_stage(session, employer.key, typed, version=version, by=user, today=today())

    def then(saved: Employer) -> None:
        after_this(f"{saved.name} has moved to: {say(saved.stage)}.")
        if came_from:
            go_to("employers", view="Board", **read_narrowed(came_from))
        go_to("employer", id=saved.key, **kept_within())

    moved_on = replace(day("moved_on", "Moved on"), show=or_today)
    words = "Why" if is_why_needed else "Why, if it is worth knowing"
    form = RecordForm(
        f"stage-{target.value}",
        [moved_on, line("why", words)],
        Move,
        None,
        f"Move to {say(target).lower()}",
        belongs_to=employer.key,
        version=employer.version,
    )
    draw_form(form, user=user, save=save, then=then)


title = f"Move to {say(chosen).lower()}" if chosen else "Move to another stage"
st.title(f"{title}: {plain(employer.name)}", anchor=False)
heading_line(say(employer.stage))
board = link("Board", "employers", view="Board", **read_narrowed(came_from))
back = link("Back to the employer", "employer", id=employer.key, **kept_within())
links([back, board], label="Employer")
if chosen is not None:
    to_stage(chosen)
else:
    st.header("To which stage?", anchor=False)
    others = [one for one in RelationshipStage if one is not employer.stage]
    kept = kept_within() | ({BOARD: came_from} if came_from else {})
    stages = [link(say(one), "employer-move", id=employer.key, to=one.value, **kept) for one in others]
    links(stages, label="Stages")
