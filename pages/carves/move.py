"""Move a carved job to another stage: choose which, then say what that stage needs."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.carve_stages import CarveMoveInput
from crm.models.carves import CarveStage, JobCarve
from crm.policy import Action
from crm.services import carve_checks, carve_moves, carves, employers, seekers
from crm.services.access import may
from crm.services.carve_stages import asks, is_back
from crm.services.employer_parts import PEOPLE
from crm.ui.address import needed_id
from crm.ui.carve_moving import fields_for, input_for
from crm.ui.carve_standing import after_move, draw_lacks
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import heading_line, link, links, said
from crm.ui.words import plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    carve = carves.find(session, needed_id("id"), by=user)
    employer = employers.find(session, carve.employer_id, by=user)
    seeker = seekers.find(session, carve.seeker_id, by=user) if carve.seeker_id is not None else None
    people = {
        one.key: one.name
        for one in PEOPLE.of(session, employer.key, by=user)
        if not (one.archived_at or one.left_on)
    }
    possible = carve_moves.possible(carve, by=user)
    asked_for = st.query_params.get("to")
    chosen = next((one for one in possible if one.value == asked_for), None)
    lacks = carve_checks.lacking(session, carve, chosen, by=user, on=today()) if chosen else []


def verb(target: CarveStage) -> str:
    return "Take back" if is_back(carve.stage, target) else "Move"


def to_stage(target: CarveStage) -> None:
    def save(session: Session, typed: CarveMoveInput, version: int) -> JobCarve:
        return carve_moves.move(session, carve.key, typed, version=version, by=user, today=today())

    def then(saved: JobCarve) -> None:
        after_this(after_move(saved))
        go_to("carved-job", id=saved.key)

    form = RecordForm(
        f"carve-move-{target.value}",
        fields_for(carve, target, people, seeker.preferred_name if seeker else None),
        input_for(carve, target),
        None,
        f"{verb(target)} to {say(target).lower()}",
        belongs_to=carve.key,
        version=carve.version,
    )
    draw_form(form, user=user, save=save, then=then)


title = f"{verb(chosen)} to {say(chosen).lower()}" if chosen else "Move to another stage"
st.title(f"{title}: {plain(carve.title)}", anchor=False)
heading_line(say(carve.stage), note=f"At {employer.name}")
links([link("Back to the carved job", "carved-job", id=carve.key)], label="Carved job")
if chosen is not None:
    if not people and not is_back(carve.stage, chosen):
        st.info("Nobody who works for this employer is recorded yet.")
        if may(user, Action.EMPLOYERS_RECORD):
            links([link("Add somebody", "person-edit", employer=employer.key)], label="People")
    draw_lacks(carve, chosen, lacks)
    to_stage(chosen)
    st.stop()
if possible:
    st.header("To which stage?", anchor=False)
    ways = [
        link(
            f"Back to {say(one).lower()}" if is_back(carve.stage, one) else say(one),
            "carve-move",
            id=carve.key,
            to=one.value,
        )
        for one in possible
    ]
    links(ways, label="Stages")
    for stage in possible:
        said(f"{say(stage)} asks for {asks(carve, stage)}.")
else:
    st.info("You cannot move this carved job from where it stands.")
for sentence in carve_moves.whom_to_ask(carve, by=user):
    said(sentence)
