"""The page for an employer tells what both sides know, and nobody's name without their consent."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.agreement_choices import AgreementStage
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services.employer_sheet import FEWEST, Sheet, sheet
from tests.makers import make_service, make_user
from tests.makers_employers import TODAY, make_active, make_agreement, make_door_opener, make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_decision, make_seeker
from tests.makers_restricted import make_consent


@pytest.fixture
def officer(session: Session) -> Actor:
    make_service(session)
    return make_user(session, name="Ines Marlow", email="ines@example.org").as_actor()


@pytest.fixture
def bakery(session: Session, officer: Actor) -> Employer:
    return make_employer(session, owner_id=officer.id)


@pytest.fixture
def vacancy(session: Session, bakery: Employer) -> Vacancy:
    return make_vacancy(session, bakery)


def given(session: Session, employer: Employer, by: Actor) -> Sheet:
    return sheet(session, employer.key, by=by, today=TODAY)


def test_only_agreements_in_force_are_told_and_the_next_date_is_theirs(
    session: Session, bakery: Employer, officer: Actor
):
    make_agreement(session, bakery)
    make_active(session, bakery, ends_on=TODAY - timedelta(days=1))
    active = make_active(session, bakery, ends_on=TODAY + timedelta(days=30))
    found = given(session, bakery, officer)
    assert [row.key for row in found.promises] == [active.key]
    assert found.promises[0].stage is AgreementStage.ACTIVE
    assert found.coming is not None
    assert (found.coming.on, found.coming.is_end) == (active.ends_on, True)


def test_whoever_knows_them_is_not_on_the_page_for_them(session: Session, bakery: Employer, officer: Actor):
    make_door_opener(session, bakery, name="Joan Ackroyd")
    assert "Joan" not in repr(given(session, bakery, officer))


def test_somebody_is_named_only_who_agreed_to_both_the_name_and_being_put_forward(
    session: Session, bakery: Employer, vacancy: Vacancy, officer: Actor
):
    other = make_employer(session, "Other")
    for name, purposes, where in (
        ("Both", ("share_facts", "put_forward"), bakery),
        ("Name only", ("share_facts",), bakery),
        ("Forward only", ("put_forward",), bakery),
        ("Elsewhere", ("share_facts", "put_forward"), other),
    ):
        seeker = make_seeker(session, name)
        make_decision(session, vacancy, seeker)
        for purpose in purposes:
            facts = ["name"] if purpose == "share_facts" else []
            make_consent(session, seeker, purpose, employer_id=where.key, facts=facts)
    found = given(session, bakery, officer)
    assert (found.named, found.others) == (["Both"], None)


def test_others_are_counted_only_when_they_are_enough(
    session: Session, bakery: Employer, vacancy: Vacancy, officer: Actor
):
    for number in range(FEWEST - 1):
        make_decision(session, vacancy, make_seeker(session, f"P {number}"))
    assert given(session, bakery, officer).others is None
    make_decision(session, vacancy, make_seeker(session, "One more"))
    assert given(session, bakery, officer).others == FEWEST


def test_who_declined_later_is_not_counted(
    session: Session, bakery: Employer, vacancy: Vacancy, officer: Actor
):
    several = [make_seeker(session, f"P {number}") for number in range(FEWEST)]
    for seeker in several:
        make_decision(session, vacancy, seeker)
    make_decision(session, vacancy, several[0], "person_declined")
    assert given(session, bakery, officer).others is None


def test_the_owner_is_to_be_rung_and_a_colleague_who_left_is_not(
    session: Session, bakery: Employer, officer: Actor
):
    assert [(one.name, one.email) for one in given(session, bakery, officer).to_ring] == [
        ("Ines Marlow", "ines@example.org")
    ]
    gone = make_user(session, name="Gone")
    bakery.owner_id = gone.key
    gone.disabled_at = bakery.created_at
    assert given(session, bakery, officer).to_ring == []


def test_through_a_single_point_of_contact_everybody_goes(session: Session, bakery: Employer, officer: Actor):
    bakery.single_contact_id = make_user(session, name="National desk").key
    assert [one.name for one in given(session, bakery, officer).to_ring] == ["National desk"]


def test_who_may_not_see_employers_gets_no_page_for_one(session: Session, bakery: Employer):
    with pytest.raises(NotAllowedError):
        given(session, bakery, make_user(session, Role.ADMINISTRATOR).as_actor())
