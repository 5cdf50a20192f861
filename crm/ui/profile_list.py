"""The vocational profile as a list of short steps, each with how far it has come."""

from collections.abc import Mapping
from html import escape

import streamlit as st
from sqlmodel import Session

from crm.models.profiles import AgreementWithMeInput, ProfileVersion, Step, StepState
from crm.models.seekers import JobSeeker, VocationalProfile
from crm.models.users import Actor
from crm.services import profile_versions, school_age
from crm.services.school_age import SchoolAge
from crm.ui.fields import day, line
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.profile_fields import GROUPS, TITLES
from crm.ui.screens import go_to
from crm.ui.tables import badge, link, said
from crm.ui.words import say, today
from crm.units import carry_out


def draw_list(seeker_id: int, states: Mapping[Step, StepState]) -> None:
    """The steps under their headings, each a link with its state as a word."""
    for heading, steps in GROUPS.items():
        st.header(heading, anchor=False)
        items = "".join(_item(seeker_id, step, states[step]) for step in steps)
        st.html(f'<ul class="crm-steps" aria-label="{escape(heading)}">{items}</ul>')


def _item(seeker_id: int, step: Step, state: StepState) -> str:
    way = link(TITLES[step], "profile-step", seeker=seeker_id, step=step.value).html()
    words = say(state)
    shown = escape(words) if state is StepState.DONE else badge(words)
    return f"<li>{way} <span>{shown}</span></li>"


def done_words(states: Mapping[Step, StepState]) -> str:
    """How many steps are done, and that none has to be."""
    done = sum(state in (StepState.DONE, StepState.NOTHING_ASKED) for state in states.values())
    return f"{done} of {len(states)} steps are done. None has to be: what was not asked counts as not known."


def draw_agreeing(seeker: JobSeeker, *, user: Actor) -> None:
    """The form with which the person agrees to the profile as it stands; a version of all of it is kept."""

    def save(session: Session, typed: AgreementWithMeInput, _version: int) -> ProfileVersion:
        return profile_versions.agree(session, seeker.key, typed, by=user, today=today())

    def then(_saved: ProfileVersion) -> None:
        after_this("The profile is agreed. This version is kept.")
        go_to("profile-edit", seeker=seeker.key)

    fields = [
        day("agreed_on", "Agreed with me on", hint="Empty: today."),
        line("how", "How we went through it", hint="For example: read out, with my sister."),
    ]
    form = RecordForm(
        "profile-agreed", fields, AgreementWithMeInput, None, "Keep this version", belongs_to=seeker.key
    )
    draw_form(form, user=user, save=save, then=then)


def draw_school_age(seeker: JobSeeker, profile: VocationalProfile | None, *, user: Actor) -> None:
    """What holds at school age, asked of the restricted record when somebody presses the button."""
    said(
        "Other rules hold at school age. Whether they do is told here, not the age. That you looked is kept."
    )
    if st.button("Look whether the rules of school age hold", key=f"school-age-{seeker.key}"):
        told = carry_out(lambda session: school_age.ask(session, seeker.key, on=today(), by=user))
        st.info(school_age_words(told, school_age.has_too_many_hours(profile)))


def school_age_words(told: SchoolAge, has_too_many_hours: bool) -> str:
    """What holds for the person on that day, and what is missing."""
    if told.is_of_it is None:
        return "No date of birth is recorded, so it cannot be told. It is a restricted fact."
    if not told.is_of_it:
        return "They are past school age: no rules of it hold."
    missing = f"Still missing before they work: {' and '.join(told.missing)}." if told.missing else ""
    kept = missing or "A parent’s consent and the work permit are recorded."
    hours = " The step “Hours a week” says more than that: change it with them." if has_too_many_hours else ""
    return (
        f"They are of school age: at most 12 hours in a week of term, and no goal of 16 hours.{hours} {kept}"
    )
