"""What an employer's page begins with follows from contacts and tasks, and names whoever is meant."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.employers import EmployerInput
from crm.models.users import Actor
from crm.policy import Role
from crm.services import accounts, employers
from tests.makers import make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_employers import TODAY, make_employer


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def test_an_account_says_who_looks_after_it_when_they_last_spoke_and_what_comes_next(
    session: Session, officer: Actor
):
    second = make_user(session, name="Tom Reed").as_actor()
    employer = make_employer(session, owner_id=officer.id, second_owner_id=second.id)
    make_contact(session, employer, by=second)
    make_task(session, "Later", employer_id=employer.key, by=officer, due_on=TODAY + timedelta(days=9))
    make_task(session, "Sooner", employer_id=employer.key, by=second, due_on=TODAY)
    found = accounts.find(session, employer.key, by=officer)
    assert (found.owner, found.second_owner) == ("Ines Marlow", "Tom Reed")
    assert (found.last_contact_on, found.last_contact_by) == (TODAY, "Tom Reed")
    assert found.next_step == accounts.NextStep("Sooner", TODAY, "Tom Reed")


def test_an_account_without_anything_says_so(session: Session, officer: Actor):
    found = accounts.find(session, make_employer(session).key, by=officer)
    assert (found.owner, found.last_contact_on, found.next_step) == (None, None, None)


def test_an_account_that_is_not_there_or_not_for_one_is_refused(session: Session, officer: Actor):
    with pytest.raises(NotFoundError):
        accounts.find(session, 99, by=officer)
    with pytest.raises(NotAllowedError):
        accounts.find(session, 99, by=make_user(session, Role.ADMINISTRATOR).as_actor())


@pytest.mark.parametrize("field", ["second_owner_id", "single_contact_id"])
def test_whoever_is_named_for_an_account_is_a_colleague(session: Session, officer: Actor, field: str):
    with pytest.raises(RuleBrokenError, match="colleague") as refused:
        employers.add(session, EmployerInput.model_validate({"name": "A", field: 99}), by=officer)
    assert refused.value.field == field
