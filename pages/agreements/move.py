"""Move an agreement to another stage: choose which, then say what that stage needs."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_choices import AgreementStage
from crm.models.agreement_inputs import StageMoveInput
from crm.models.agreements import Agreement
from crm.services import agreement_checks, agreement_moves, agreement_versions, agreements, employers, staff
from crm.services.agreement_stages import shown_stage
from crm.ui.address import needed_id
from crm.ui.agreement_moving import fields_for, input_for, starts_for
from crm.ui.agreement_renewal import undoing
from crm.ui.agreement_versions import changed_since
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import heading_line, link, links, said
from crm.ui.words import plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    agreement = agreements.find(session, needed_id("id"), by=user)
    employer = employers.find(session, agreement.employer_id, by=user)
    colleagues = staff.names(session, by=user)
    before = agreement_moves.lapsed_from(session, agreement, by=user, today=today())
    blocking = agreement_checks.blocking(session, agreement, by=user, today=today())
    kept = agreement_versions.of_agreement(session, agreement.key, by=user)
    changed = changed_since(session, agreement, kept[0] if kept else None, user)
possible = agreement_moves.possible(agreement, by=user, today=today())
stage = shown_stage(agreement.stage, agreement.ends_on, today=today())
asked_for = st.query_params.get("to")
is_undoing = before is not None and "undo" in st.query_params
verb = "Take back" if is_undoing else "Move"
chosen = before if is_undoing else next((one for one in possible if one.value == asked_for), None)


def say_what_to_mind(target: AgreementStage) -> None:
    if target is AgreementStage.APPROVED and blocking:
        said(f"It cannot be approved yet. {' '.join(check.words for check in blocking)}")
    if target is AgreementStage.SIGNED and changed:
        said(f"Changed since it went to the employer: {changed}. What stands now is kept as signed.")


def to_stage(target: AgreementStage) -> None:
    def save(session: Session, typed: StageMoveInput, version: int) -> Agreement:
        return agreement_moves.move(session, agreement.key, typed, version=version, by=user, today=today())

    def then(saved: Agreement) -> None:
        after_this(f"The agreement has moved to: {say(saved.stage)}.")
        go_to("agreement", id=saved.key)

    form = RecordForm(
        f"{'undo-lapse' if is_undoing else 'move'}-{target.value}",
        fields_for(agreement, target, colleagues, is_undoing=is_undoing),
        input_for(agreement, target, is_undoing=is_undoing),
        None,
        f"{verb} to {say(target).lower()}",
        belongs_to=agreement.key,
        version=agreement.version,
        starts=starts_for(agreement, target),
    )
    draw_form(form, user=user, save=save, then=then)


title = f"{verb} to {say(chosen).lower()}" if chosen else "Move to another stage"
st.title(f"{title}: {plain(employer.name)}", anchor=False)
heading_line(say(stage), note=say(agreement.kind))
links([link("Back to the agreement", "agreement", id=agreement.key)], label="Agreement")
if chosen is not None:
    say_what_to_mind(chosen)
    to_stage(chosen)
    st.stop()
if possible:
    st.header("To which stage?", anchor=False)
    stages = [link(say(one), "agreement-move", id=agreement.key, to=one.value) for one in possible]
    links([*stages, *undoing(agreement, before)], label="Stages")
else:
    st.info("You cannot move this agreement from where it stands.")
for sentence in agreement_moves.whom_to_ask(agreement, by=user, today=today()):
    said(sentence)
