"""One step of the vocational profile as a form that can be left at any time and resumed."""

from collections.abc import Collection
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.errors import NotFoundError
from crm.models.consents import Purpose
from crm.models.profiles import FIELDS_OF, ProfileStep, ProfileStepInput, Step, StepState
from crm.models.seekers import JobSeeker, VocationalProfile
from crm.models.users import Actor
from crm.services import consents, opened_scales, profile_skills, profile_steps, school_age
from crm.services.school_age import SchoolAge
from crm.services.seeker_rows import NEEDS
from crm.ui import seeker_facts as facts
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.profile_fields import ORDER, STATE, TITLES, fields_of
from crm.ui.profile_rows import KINDS, draw_rows
from crm.ui.screens import go_to
from crm.ui.tables import link, links, table
from crm.ui.words import today
from crm.units import carry_out


def step_of(said: str | None) -> Step:
    """The step that the address names.

    Raises:
        NotFoundError: there is none of this name.
    """
    try:
        return Step(said or "")
    except ValueError:
        raise NotFoundError("There is no such step. Open it from the list of the profile.") from None


def draw_beside(session: Session, seeker: JobSeeker, step: Step, *, user: Actor) -> None:
    """What stands above the form of a step: its rows, or what has to be minded."""
    if step in KINDS:
        draw_rows(session, seeker.key, step, user=user, may_record=True)
        way = link(KINDS[step].add, "profile-step", seeker=seeker.key, step=step.value, add=1)
        links([way], label="Add")
    elif step is Step.SKILLS:
        _draw_skills(session, seeker, user)
    elif step is Step.NEEDS:
        _draw_needs(session, seeker, user)
    elif step is Step.HOURS:
        links([link("Why fewer than 16 hours", "restricted", seeker=seeker.key)], label="Restricted facts")
        st.info("The reason for fewer hours is a restricted fact. Here stands only what the person wants.")
    elif step is Step.FAMILY:
        _draw_yes_to_family(session, seeker, user)


def _draw_skills(session: Session, seeker: JobSeeker, user: Actor) -> None:
    found = profile_skills.of_seeker(session, seeker.key, by=user)
    if found:
        table(TITLES[Step.SKILLS], facts.SKILL_COLUMNS, [facts.skill_cells(row, True) for row in found])
    links([link("Add a skill", "skill-edit", seeker=seeker.key)], label="Add")


def _draw_needs(session: Session, seeker: JobSeeker, user: Actor) -> None:
    found = NEEDS.of(session, seeker.key, by=user)
    if found:
        table("Support needs at work", facts.NEED_COLUMNS, [facts.need_cells(row, True) for row in found])
    links([link("Add a support need", "need-edit", seeker=seeker.key)], label="Add")


def _draw_yes_to_family(session: Session, seeker: JobSeeker, user: Actor) -> None:
    is_agreed = consents.covers(session, seeker.key, Purpose.CONTACT_FAMILY, on=today(), by=user)
    if not is_agreed:
        st.info(
            "They have not agreed that you talk with their family. Ask them first. What family says is never "
            "the person’s own answer."
        )
        links([link("Record a consent", "consent-new", seeker=seeker.key)], label="Consents")


def draw_step(
    seeker: JobSeeker,
    step: Step,
    profile: VocationalProfile | None,
    saved: ProfileStep | None,
    *,
    user: Actor,
) -> None:
    """The form of a step. It carries the step's own version, so that others may be saved meanwhile."""
    told: list[SchoolAge | None] = [None]

    def ask_age(typed: ProfileStepInput) -> None:
        """Apart from saving, so that the look is in the trail even when it leads to a refusal."""
        ask = partial(school_age.ask, seeker_id=seeker.key, on=today(), by=user)
        told.append(carry_out(ask) if school_age.has_to_be_asked(typed) else None)

    def save(session: Session, typed: ProfileStepInput, version: int) -> ProfileStep:
        return profile_steps.save(session, seeker.key, step, typed, version=version, school=told[-1], by=user)

    def then(_saved: ProfileStep) -> None:
        after_this(f"“{TITLES[step]}” is saved.")
        following = _following(seeker.key, step, user)
        if following is not None:
            go_to("profile-step", seeker=seeker.key, step=following.value)
        go_to("profile-edit", seeker=seeker.key)

    form = RecordForm(
        profile_steps.form_of(step),
        [*fields_of(step, _opened(seeker.key, step, profile, user)), STATE],
        ProfileStepInput,
        None,
        "Save and go on",
        belongs_to=seeker.key,
        version=saved.version if saved else 0,
        starts=_starts(step, profile, saved),
        before_saving=ask_age if step is Step.HOURS else None,
    )
    draw_form(form, user=user, save=save, then=then)


def _opened(seeker_id: int, step: Step, profile: VocationalProfile | None, user: Actor) -> Collection[str]:
    if step is not Step.WORKS:
        return ()
    with reading() as session:
        return opened_scales.opened(profile, NEEDS.of(session, seeker_id, by=user))


def _following(seeker_id: int, step: Step, user: Actor) -> Step | None:
    """The next step that is not done; None after the last of them."""
    with reading() as session:
        states = profile_steps.states(session, seeker_id, by=user)
    later = ORDER[ORDER.index(step) + 1 :]
    settled = {StepState.DONE, StepState.NOTHING_ASKED}
    return next((each for each in later if states[each] not in settled), None)


def _starts(step: Step, profile: VocationalProfile | None, saved: ProfileStep | None) -> dict[str, Any]:
    stored = {name: getattr(profile, name) for name in FIELDS_OF[step]} if profile else {}
    return {**stored, "state": saved.state if saved else StepState.DONE}


def draw_way_back(seeker: JobSeeker) -> None:
    """The ways from a step to the list and to the person's record."""
    back = link("All steps of the profile", "profile-edit", seeker=seeker.key)
    links([back, link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
