"""The proposal of a carved job to its employer: read, taken away, given for good, and read again."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.errors import CrmError
from crm.models.carve_proposals import ProposalInput
from crm.models.carve_stages import CarveProposal
from crm.policy import Action
from crm.services import carve_papers, carve_proposals, carves, employers, proposal_people
from crm.services.access import may
from crm.services.carve_papers import WantedProposal
from crm.services.employer_parts import PEOPLE
from crm.services.proposal_content import Mark, as_paper
from crm.ui.address import needed_id, optional_id
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.problems import show_problem
from crm.ui.proposal_fields import days_typed, fields_for
from crm.ui.proposal_parts import draw_papers, draw_sections, draw_what_is_agreed
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import heading_line, link, links, said
from crm.ui.words import plain, today

user = require_user()
with refuse_politely(), reading() as session:
    carve = carves.find(session, needed_id("id"), by=user)
    employer = employers.find(session, carve.employer_id, by=user)
    offered = proposal_people.offered(session, carve, by=user, today=today())
    people = {one.key: one.name for one in PEOPLE.of(session, employer.key, by=user) if not one.archived_at}
    number = optional_id("number")
    given = None
    if number is not None:
        wanted = WantedProposal(carve.key, number)
        given = carve_papers.paper(session, wanted, by=user, today=today())

st.title(f"Proposal to {plain(employer.name)}", anchor=False)
show_flash()
links([link(carve.title, "carved-job", id=carve.key)], label="Carved job")
if given is not None:
    heading_line(given.mark, note="as it was given")
    draw_papers(carve.key, number)
    draw_sections(given.all_sections)
    st.stop()

form = RecordForm(
    f"proposal-{carve.key}",
    fields_for(people, offered),
    ProposalInput,
    None,
    "Record that it is given",
    belongs_to=carve.key,
)


def show_draft() -> None:
    """The proposal as it would be given, for what is chosen so far."""
    state = st.session_state
    days = days_typed(state, form.prefix)
    facts = [fact for fact in (offered.facts if offered else ()) if state.get(f"{form.prefix}facts.{fact}")]
    try:
        with reading() as session:
            draft = carve_proposals.draft(session, carve.key, days, by=user, today=today())
            about = proposal_people.preview(session, carve, facts, by=user, today=today()) if facts else ()
    except CrmError as problem:
        show_problem(problem)
        return
    if draft.missing:
        st.info(f"It cannot be given yet. {' '.join(map(plain, draft.missing))}")
    if draft.naming:
        st.warning(plain(draft.naming))
    said("Read it before it goes out. What was typed for the job must tell of nobody who may do it.")
    draw_sections(as_paper(draft.content, Mark(today()), people=about).all_sections)


def save(session: Session, typed: ProposalInput, _version: int) -> CarveProposal:
    return carve_proposals.give(session, carve.key, typed, by=user, today=today())


def then(saved: CarveProposal) -> None:
    after_this("The proposal is kept word for word. Take it away here and hand it over.")
    go_to("carve-proposal", id=saved.carve_id, number=saved.number)


heading_line("Draft", note="as it would be today")
draw_papers(carve.key, None)
if offered:
    draw_what_is_agreed(offered, employer.name, employer.key)
if may(user, Action.CARVES_RECORD, carve):
    if not people:
        said("Nobody at this employer is recorded to whom it could be given.")
        links([link("Add a person", "person-edit", employer=employer.key)], label="People")
    draw_form(form, user=user, save=save, then=then, ask=show_draft)
else:
    show_draft()
