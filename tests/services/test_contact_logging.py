"""One logging stores a contact with all that follows from it, and one undoing takes all of it back."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.base import Known
from crm.models.contacts import ContactKind, EmployerContact, NewContact
from crm.models.employers import EmployerPerson, RelationshipStage
from crm.models.tasks import Task
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.readers.contact_mail import Mail
from crm.services import contact_logging, contact_places, contacts, employer_stages, tasks
from tests.makers import make_user
from tests.makers_contacts import make_contact
from tests.makers_employers import TODAY, make_agreement, make_employer, make_person
from tests.makers_people import make_seeker


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def typed(**facts: object) -> NewContact:
    usual = {"kind": "visit", "held_on": TODAY, "summary": "They need a porter.", "next_step": "ring"}
    return NewContact.model_validate(usual | facts)


def test_all_that_follows_is_stored_and_undone_together(session: Session, officer: Actor):
    employer = make_employer(session)
    new = typed(
        new_person="Petra Lowe",
        lead_title="Kitchen porter",
        lead_hours=20,
        lead_closes_on=TODAY,
        moves_stage=True,
    )
    logged = contact_logging.log(session, employer.key, new, by=officer, today=TODAY)
    contact, task = session.get_one(EmployerContact, logged.contact_id), session.get_one(Task, logged.task_id)
    lead, person = (
        session.get_one(Vacancy, logged.vacancy_id),
        session.get_one(EmployerPerson, logged.person_id),
    )
    assert (task.contact_id, task.owner_id, task.due_on) == (
        contact.key,
        officer.id,
        TODAY + timedelta(days=14),
    )
    assert (lead.status, lead.hours_min, lead.closes_on) == ("lead", 20, TODAY)
    assert contacts.people_of(session, contact.key, by=officer) == [person.key]
    assert (logged.left, employer.stage) == (RelationshipStage.IDENTIFIED, RelationshipStage.INTRODUCED)
    contact_logging.undo(session, logged, by=officer, today=TODAY)
    assert all(row.archived_why == contact_logging.UNDONE for row in (contact, task, lead, person))
    assert employer.stage is RelationshipStage.IDENTIFIED
    assert len(employer_stages.history(session, employer.key, by=officer)) == 2
    with pytest.raises(NotAllowedError):
        contact_logging.undo(session, logged, by=officer, today=TODAY)


def test_undoing_leaves_a_stage_alone_that_somebody_moved_meanwhile(session: Session, officer: Actor):
    employer = make_employer(session)
    logged = contact_logging.log(session, employer.key, typed(moves_stage=True), by=officer, today=TODAY)
    again = contact_logging.log(session, employer.key, typed(moves_stage=True), by=officer, today=TODAY)
    contact_logging.undo(session, logged, by=officer, today=TODAY)
    assert (again.moved_to, employer.stage) == (RelationshipStage.LEARNING, RelationshipStage.LEARNING)


def test_undoing_leaves_what_was_put_aside_already(session: Session, officer: Actor):
    logged = contact_logging.log(session, make_employer(session).key, typed(), by=officer, today=TODAY)
    task = session.get_one(Task, logged.task_id)
    tasks.archive(session, task.key, why="Given twice", version=task.version, by=officer)
    contact_logging.undo(session, logged, by=officer, today=TODAY)
    assert task.archived_why == "Given twice"


def test_the_stage_stays_where_none_follows_yet(session: Session, officer: Actor):
    employer = make_employer(session, stage=RelationshipStage.LEARNING)
    logged = contact_logging.log(session, employer.key, typed(moves_stage=True), by=officer, today=TODAY)
    assert (logged.moved_to, employer.stage) == (None, RelationshipStage.LEARNING)


@pytest.mark.parametrize(
    ("kind", "said", "counts"), [("visit", None, True), ("call", None, False), ("call", True, True)]
)
def test_in_person_follows_the_kind_until_somebody_says_otherwise(
    session: Session, officer: Actor, kind: str, said: bool | None, counts: bool
):
    employer = make_employer(session)
    person = make_person(session, employer, hires=Known.YES)
    new = typed(kind=kind, is_in_person=said, person_ids=[person.key])
    assert contact_logging.log(session, employer.key, new, by=officer, today=TODAY).is_ips is counts


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"next_step": "day"}, "next_step_on"),
        ({"next_step": "day", "next_step_on": TODAY - timedelta(days=1)}, "next_step_on"),
        ({"next_step": "none"}, "no_next_step_why"),
        ({"lead_hours": 20}, "lead_title"),
        ({"held_on": TODAY + timedelta(days=1)}, "held_on"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field_and_nothing_is_stored(
    session: Session, officer: Actor, facts: dict[str, object], field: str
):
    employer = make_employer(session)
    with pytest.raises(RuleBrokenError) as refused:
        contact_logging.log(session, employer.key, typed(**facts), by=officer, today=TODAY)
    assert refused.value.field == field
    assert session.exec(select(Task)).all() == []


@pytest.mark.parametrize(
    ("today", "step", "due"),
    [
        (date(2026, 1, 31), "visit", date(2026, 2, 28)),
        (date(2026, 12, 15), "visit", date(2027, 1, 15)),
        (date(2026, 1, 31), "none", None),
    ],
)
def test_a_month_is_the_same_day_of_the_next_one(today: date, step: str, due: date | None):
    assert contact_logging.due_on(typed(next_step=step), today=today) == due


def test_the_kind_used_last_is_ones_own(session: Session, officer: Actor):
    employer = make_employer(session)
    assert contacts.last_kind(session, by=officer) is ContactKind.CALL
    make_contact(session, employer, by=officer, kind="email")
    make_contact(session, employer, kind="visit")
    assert contacts.last_kind(session, by=officer) is ContactKind.EMAIL


def test_the_employer_of_a_record_is_found_and_nothing_else(session: Session, officer: Actor):
    employer = make_employer(session)
    agreement = make_agreement(session, employer)
    assert contact_places.employer_of(session, "agreement", agreement.key, by=officer) == employer.id
    assert contact_places.employer_of(session, "employer", employer.key, by=officer) == employer.id
    assert contact_places.employer_of(session, "seeker", 1, by=officer) is None
    assert contact_places.employer_of(session, "vacancy", 999, by=officer) is None


def test_employers_are_offered_by_name_and_those_of_ones_latest_contacts_first(
    session: Session, officer: Actor
):
    for name in ("The Fernside", "Fernside Bakery", "Harbour Foods"):
        make_employer(session, name)
    assert [one.name for one in contact_places.suggest(session, "fernside", by=officer)] == [
        "Fernside Bakery",
        "The Fernside",
    ]
    harbour = contact_places.suggest(session, "harb", by=officer)[0]
    assert contact_places.suggest(session, " ", by=officer) == []
    contact_logging.log(session, harbour.id, typed(), by=officer, today=TODAY)
    assert contact_places.suggest(session, "", by=officer) == [harbour]


@pytest.mark.parametrize(
    ("mail", "found"),
    [
        (Mail("", "D", "dana@fernside.example"), ["Fernside Bakery"]),
        (Mail("", "X", "new@fernside.example"), ["Fernside Bakery"]),
        (Mail("", "X", "info@harbour.example"), ["Harbour Foods"]),
        (Mail("", "Harbour Foods", "somebody@gmail.com"), ["Harbour Foods"]),
        (Mail("", "Nobody", "nobody@gmail.com"), []),
        (Mail("A note"), []),
    ],
)
def test_a_mail_leads_to_its_sender_by_address_domain_or_name(
    session: Session, officer: Actor, mail: Mail, found: list[str]
):
    make_person(session, make_employer(session), "Dana Holt", email="dana@fernside.example")
    make_employer(session, "Harbour Foods", website="https://www.harbour.example/jobs")
    assert [one.name for one in contact_places.written_from(session, mail, by=officer)] == found


def test_ones_own_job_seekers_come_first_and_those_named_before_are_always_offered(session: Session):
    coach = make_user(session, Role.JOB_COACH).as_actor()
    others = make_seeker(session, "Amara")
    make_seeker(session, "Zofia", coach_id=coach.id)
    left = make_seeker(session, "Left", status="exited")
    employer = make_employer(session)
    assert list(contact_places.seekers_offered(session, employer.key, by=coach).values()) == [
        "Zofia",
        "Amara",
    ]
    offered = contact_places.seekers_offered(session, employer.key, by=SYSTEM, also=[left.key])
    assert next(iter(offered)) == left.key
    assert others.key in offered
