"""The form in which a contact is logged: its fields, what they begin with, and where the visits stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from sqlmodel import Session

from crm.models.contacts import IN_PERSON_KINDS, ContactKind
from crm.models.employers import Employer, EmployerPerson, EmployerSite
from crm.models.users import Actor
from crm.policy import Action
from crm.services import contact_places, contacts, employer_stages
from crm.services.access import may
from crm.services.employer_parts import PEOPLE, SITES
from crm.services.employer_stages import ABOUT_PEOPLE, BEFORE_PEOPLE, LEARNING_VISITS
from crm.ui.contact_fields import lead_fields, main_fields, more_fields, next_step_fields, seeker_field
from crm.ui.contact_place import FORM, pasted_before
from crm.ui.contact_proposals import PASTED, proposals_in, remember, with_proposals
from crm.ui.fields import Field, line, tick
from crm.ui.words import say, today

_VISITED = ("Nobody has visited yet", "You have visited once", "You have visited twice")


@dataclass(frozen=True, slots=True)
class Known:
    """What the form draws on: the employer, its people and sites, and what this person did last."""

    employer: Employer
    people: Sequence[EmployerPerson]
    sites: Sequence[EmployerSite]
    seekers: Mapping[int, str]
    visits: int
    last_kind: ContactKind
    pasted: str

    @property
    def form(self) -> str:
        """The name under which the form is kept as a draft."""
        return FORM


def known_of(session: Session, employer: Employer, *, by: Actor) -> Known:
    """Read what the form draws on."""
    sees_seekers = may(by, Action.SEEKERS_READ)
    return Known(
        employer,
        PEOPLE.of(session, employer.key, by=by),
        [site for site in SITES.of(session, employer.key, by=by) if site.archived_at is None],
        contact_places.seekers_offered(session, employer.key, by=by) if sees_seekers else {},
        employer_stages.visits(session, employer.key, by=by),
        contacts.last_kind(session, by=by),
        pasted_before(session, by),
    )


def fields_of(known: Known, user: Actor) -> tuple[list[Field], dict[str, Any]]:
    """The fields of the form and what they begin with: what was pasted before is proposed already."""
    fields = [*main_fields(known.people), *next_step_fields(), *more_fields(known.sites, is_new=True)]
    if may(user, Action.EMPLOYERS_RECORD):
        fields.insert(1, line("new_person", "Somebody new: their name"))
        after = 1 + next(number for number, one in enumerate(fields) if one.name == "summary")
        fields[after:after] = _stage_field(known)
    if known.seekers:
        fields.append(seeker_field(known.seekers))
    if may(user, Action.VACANCIES_RECORD):
        fields += lead_fields()
    prefix = f"{FORM}-new-{known.employer.key}-"
    starts: dict[str, Any] = {"kind": known.last_kind, "held_on": today(), PASTED: known.pasted}
    if known.pasted and f"{prefix}kept" not in st.session_state:
        found = proposals_in(known.pasted, known.people, today=today())
        remember(found, prefix)
        starts |= {name: one.value for name, one in found.fields.items()}
    return with_proposals(fields, known.people, prefix=prefix, today=today()), starts


def say_where_visits_stand(known: Known, prefix: str) -> None:
    """Say which visit to learn their business this is; a talk about people before the last is asked about."""
    stage, made = known.employer.stage, known.visits
    if stage not in BEFORE_PEOPLE or made >= LEARNING_VISITS:
        return
    state = st.session_state
    is_about_people = state.get(f"{prefix}purpose") in ABOUT_PEOPLE or state.get(f"{prefix}seeker_ids")
    if is_about_people:
        st.warning(
            f"{_VISITED[made]} to learn their business; {LEARNING_VISITS} visits usually come before "
            "people are talked about. Go on all the same?"
        )
    elif _is_in_person(prefix):
        st.info(f"This is visit {made + 1} of {LEARNING_VISITS} to learn their business.")


def _stage_field(known: Known) -> list[Field]:
    following = employer_stages.next_stage(known.employer.stage, visits=known.visits + 1)
    if following is None:
        return []
    words = f"Also move the relationship from {say(known.employer.stage)} to {say(following)}"
    return [replace(tick("moves_stage", words), is_wide=True)]


def _is_in_person(prefix: str) -> bool:
    said = st.session_state.get(f"{prefix}is_in_person")
    return said == "yes" if said else st.session_state.get(f"{prefix}kind") in IN_PERSON_KINDS
