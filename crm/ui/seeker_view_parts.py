"""What the person says of a job: the form beside a comparison, and their no with a way to take it back."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.errors import CrmError
from crm.models.matches import SeekerView
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import seeker_views
from crm.services.access import may
from crm.services.seeker_views import OwnViewInput, Said
from crm.ui.fields import choice, text
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import is_still
from crm.ui.screens import go_to
from crm.ui.tables import said as said_words
from crm.ui.words import day, say, today
from crm.units import carry_out

FIELDS = [
    choice("view", "What they say of this job", SeekerView),
    text("view_words", "In their own words, if they said more"),
]


def draw_own_view(vacancy: Vacancy, seeker: JobSeeker, user: Actor) -> SeekerView:
    """Draw what the person says of this vacancy, and the form to write it down; gives their view."""
    with reading() as session:
        row = seeker_views.of_pair(session, vacancy.key, seeker.key, by=user)
    view = row.seeker_view if row else SeekerView.NOT_ASKED
    st.header("Their own view", anchor=False)
    if row is None or row.view_said_on is None:
        said_words("They have not been asked yet.")
    else:
        words = f" “{row.view_words}”" if row.view_words else ""
        said_words(f"{say(view)}, said on {day(row.view_said_on)}.{words}")
    if may(user, Action.MATCHES_DECIDE, seeker) and vacancy.archived_at is None:
        starts = {"view": view, "view_words": row.view_words if row else None}
        _draw_form(vacancy, seeker, user, starts, version=row.version if row else 0)
    return view


def _draw_form(
    vacancy: Vacancy, seeker: JobSeeker, user: Actor, starts: dict[str, str | None], *, version: int
) -> None:
    def save(session: Session, typed: OwnViewInput, _version: int) -> Said:
        return seeker_views.say(session, vacancy.key, seeker.key, typed, by=user, today=today())

    def then(saved: Said) -> None:
        tell(saved, user)
        go_to("compare", vacancy=vacancy.key, seeker=seeker.key)

    form = RecordForm(
        f"own-view-{seeker.key}-{version}",
        FIELDS,
        OwnViewInput,
        None,
        "Save their view",
        belongs_to=vacancy.key,
        starts=starts,
    )
    with st.expander("Write down what they say"):
        draw_form(form, user=user, save=save, then=then)


def tell(saved: Said, user: Actor) -> None:
    """Say on the next screen what was written down, with a way to take it back."""
    after_this(f"Their own view: {say(saved.view)}.", undo=partial(_take_back, saved, user))


def _take_back(saved: Said, user: Actor) -> None:
    if not is_still(user):
        return
    try:
        carry_out(lambda session: seeker_views.take_back(session, saved, by=user))
    except CrmError as problem:
        after_this(str(problem))
        return
    after_this("It is as it was before.")
