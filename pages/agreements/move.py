"""Move an agreement to another stage: choose which, then say what that stage needs."""

from dataclasses import replace
from datetime import date

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_choices import AgreementStage
from crm.models.agreement_inputs import StageMoveInput
from crm.models.agreements import Agreement
from crm.services import agreement_moves, agreements, employers
from crm.services.agreement_stages import needs, shown_stage
from crm.ui.address import needed_id
from crm.ui.agreement_renewal import undoing
from crm.ui.fields import Field, day, line
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import heading_line, link, links
from crm.ui.words import plain, say, today

user = require_user()
FIELDS: dict[str, Field] = {
    "signed_on": day("signed_on", "Signed on"),
    "signed_by": line("signed_by", "Signed by", hint="Who signed for the employer, and who for us"),
    "ends_on": day("ends_on", "Renewed until"),
    "why": line("why", "Why"),
}
TO_UNDO = [
    day("ends_on", "Right end date", hint="Leave it empty if the end date has been put right already"),
    line("why", "How did the end date come to be wrong?"),
]
with refuse_politely(), reading() as session:
    agreement = agreements.find(session, needed_id("id"), by=user)
    employer = employers.find(session, agreement.employer_id, by=user)
    before = agreement_moves.lapsed_from(session, agreement, by=user, today=today())
possible = agreement_moves.possible(agreement, by=user, today=today())
stage = shown_stage(agreement.stage, agreement.ends_on, today=today())
asked_for = st.query_params.get("to")
is_undoing = before is not None and "undo" in st.query_params
verb = "Take back" if is_undoing else "Move"
chosen = before if is_undoing else next((one for one in possible if one.value == asked_for), None)


def or_today(given: date | None) -> date:
    return given or today()


def fields_for(target: AgreementStage) -> list[Field]:
    moved_on = replace(day("moved_on", "Moved on"), show=or_today)
    if is_undoing:
        return [moved_on, *TO_UNDO]
    optional = () if "why" in needs(target) else (line("why", "Why, if it is worth knowing"),)
    return [moved_on, *(FIELDS[name] for name in needs(target)), *optional]


def to_stage(target: AgreementStage) -> None:
    class Move(StageMoveInput):
        to_stage: AgreementStage = target
        is_undoing_lapse: bool = is_undoing

    def save(session: Session, typed: Move, version: int) -> Agreement:
        return agreement_moves.move(session, agreement.key, typed, version=version, by=user, today=today())

    def then(saved: Agreement) -> None:
        after_this(f"The agreement has moved to: {say(saved.stage)}.")
        go_to("agreement", id=saved.key)

    form = RecordForm(
        f"{'undo-lapse' if is_undoing else 'move'}-{target.value}",
        fields_for(target),
        Move,
        None,
        f"{verb} to {say(target).lower()}",
        belongs_to=agreement.key,
        version=agreement.version,
    )
    draw_form(form, user=user, save=save, then=then)


title = f"{verb} to {say(chosen).lower()}" if chosen else "Move to another stage"
st.title(f"{title}: {plain(employer.name)}", anchor=False)
heading_line(say(stage), note=say(agreement.kind))
links([link("Back to the agreement", "agreement", id=agreement.key)], label="Agreement")
if chosen is not None:
    to_stage(chosen)
elif possible:
    st.header("To which stage?", anchor=False)
    stages = [link(say(one), "agreement-move", id=agreement.key, to=one.value) for one in possible]
    links([*stages, *undoing(agreement, before)], label="Stages")
else:
    st.info("You cannot move this agreement from where it stands. A manager approves drafts.")
