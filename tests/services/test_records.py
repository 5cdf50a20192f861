"""Records are changed by version; the second saver learns what the first one changed."""

import threading

import pytest
from sqlmodel import Session

from crm import db
from crm.errors import NotAllowedError, NotFoundError, StaleFormError
from crm.models.employers import Employer, EmployerInput
from crm.models.users import Actor
from crm.policy import Action, Role
from crm.services import access, employers, records
from tests.makers import make_actor, make_user


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def bakery(session: Session, officer: Actor) -> Employer:
    return employers.add(session, EmployerInput(name="Fernside Bakery", sector="Food"), by=officer)


def test_a_change_raises_the_version(session: Session, bakery: Employer, officer: Actor):
    employers.change(session, bakery.key, EmployerInput(name="Fernside"), version=1, by=officer)
    assert bakery.version == 2


def test_the_second_saver_sees_who_saved_and_what_differs(session: Session, bakery: Employer, officer: Actor):
    employers.change(
        session, bakery.key, EmployerInput(name="Fernside", sector="Food"), version=1, by=officer
    )
    with pytest.raises(StaleFormError, match="Ines Marlow saved this record") as caught:
        employers.change(
            session, bakery.key, EmployerInput(name="Bakery", sector="Food"), version=1, by=officer
        )
    assert [(change.field, change.now) for change in caught.value.changes if change.field == "name"] == [
        ("name", "Fernside")
    ]
    assert caught.value.version == 2


def test_an_archived_record_keeps_its_reason_and_can_be_brought_back(
    session: Session, bakery: Employer, officer: Actor
):
    access.ensure(session, officer, Action.EMPLOYERS_RECORD)
    records.archive(session, bakery, why="Closed in May", version=1)
    assert (bakery.archived_why, bakery.archived_by) == ("Closed in May", officer.id)
    records.bring_back(session, bakery, version=2)
    assert bakery.archived_at is None


def test_an_archived_record_can_be_read_but_not_changed(session: Session, bakery: Employer, officer: Actor):
    access.ensure(session, officer, Action.EMPLOYERS_RECORD)
    records.archive(session, bakery, why="Closed", version=1)
    assert access.may(officer, Action.EMPLOYERS_READ, bakery)
    with pytest.raises(NotAllowedError, match="archived"):
        employers.change(session, bakery.key, EmployerInput(name="X"), version=2, by=officer)


def test_a_record_that_is_not_there_is_said_to_be_not_found(session: Session, officer: Actor):
    with pytest.raises(NotFoundError, match="This employer was not found"):
        employers.change(session, 4711, EmployerInput(name="X"), version=1, by=officer)


def test_a_refusal_names_the_roles_and_whom_to_ask():
    with pytest.raises(NotAllowedError, match=r"\(auditor\).*Ask an administrator"), db.reading() as session:
        access.ensure(session, make_actor(Role.AUDITOR), Action.EMPLOYERS_RECORD)


def test_somebody_without_a_role_may_do_nothing():
    nobody = Actor(id=1, name="N", email="n@example.org", roles=frozenset())
    assert not any(access.may(nobody, action) for action in Action)


def test_an_unstored_record_has_no_key():
    with pytest.raises(ValueError, match="has not been stored"):
        Employer(name="X", name_key="x").key  # noqa: B018


def test_of_many_writers_with_the_same_form_one_wins_and_the_others_are_told(database: str):
    with db.transaction() as session:
        actor = make_user(session).as_actor()
        key = employers.add(session, EmployerInput(name="Fernside"), by=actor).key
    outcomes: list[str] = []

    def save(number: int) -> None:
        try:
            with db.transaction() as session:
                employers.change(session, key, EmployerInput(name=f"Name {number}"), version=1, by=actor)
            outcomes.append("saved")
        except StaleFormError:
            outcomes.append("told")

    writers = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(outcomes) == ["saved"] + ["told"] * 7
