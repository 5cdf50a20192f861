"""The first visit as a browser meets it."""

from typing import Any

import pytest

from crm.audit import answer_for
from crm.db import reading, transaction
from crm.errors import RuleBrokenError
from crm.models.employers import Employer
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import setup, users
from crm.web import demonstration
from crm.web.demonstration import State
from tests.makers import PASSWORD
from tests.web.asking import Visitor

TYPED: dict[str, Any] = {
    "service_name": "Northside",
    "name": "Mo Lee",
    "email": "mo@example.org",
    "password": PASSWORD,
    "again": PASSWORD,
    "roles": ["job_coach"],
    "kind": "empty",
}


@pytest.fixture
def first(database: str) -> Visitor:
    return Visitor()


@pytest.mark.parametrize("path", ["/", "/login", "/logout", "/employers"])
def test_before_set_up_every_page_leads_to_it(first: Visitor, path: str):
    assert first.get(path).headers["location"] == "/setup"


def test_set_up_makes_the_service_and_signs_its_administrator_in(first: Visitor):
    answer = first.fill_in("/setup", **TYPED)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert first.get("/").status == 200
    with reading() as session:
        assert setup.current(session).name == "Northside"
        (user,) = users.everybody(session, by=SYSTEM)
    assert user.roles == {Role.ADMINISTRATOR, Role.JOB_COACH}


def test_everything_that_is_wrong_is_listed_and_what_was_typed_is_kept(first: Visitor):
    wrong = {"service_name": " ", "email": "mo", "password": "short", "again": "other", "roles": []}
    answer = first.fill_in("/setup", **(TYPED | wrong))
    assert answer.status == 422
    assert answer.problems == [
        "Enter the name of your service.",
        "Enter an e-mail address, for example name@example.org.",
        "The password has to be at least 12 characters long. Three unrelated words are a good one.",
        "The two passwords are not the same. Type both again.",
    ]
    assert 'value="Mo Lee"' in answer.text
    assert "short" not in answer.text.replace("shortcut", "")


def test_nobody_gives_themselves_a_role_that_is_not_offered(first: Visitor):
    first.fill_in("/setup", **(TYPED | {"roles": ["auditor", "nonsense"]}))
    with reading() as session:
        (user,) = users.everybody(session, by=SYSTEM)
    assert user.roles == {Role.ADMINISTRATOR}


def test_the_second_of_two_people_at_the_form_is_told(first: Visitor):
    second = Visitor(first.app)
    second.get("/setup")
    first.fill_in("/setup", **TYPED)
    answer = second.post("/setup", TYPED | {"form_token": second.cookies["crm_form"]})
    assert answer.problems == ["Somebody else has just set this service up. Sign in with your own account."]
    assert second.get("/setup").headers["location"] == "/login"


def test_set_up_posted_from_elsewhere_makes_nothing(first: Visitor):
    assert first.post("/setup", TYPED).status == 403
    assert first.get("/login").headers["location"] == "/setup"


@pytest.mark.parametrize(
    ("state", "words"),
    [(State.WORKING, "are being written"), (State.FAILED, "none of them was kept")],
)
def test_whoever_waits_for_the_demonstration_is_told_how_it_goes(
    first: Visitor, monkeypatch: pytest.MonkeyPatch, state: State, words: str
):
    monkeypatch.setattr(demonstration.LOADING, "state", state)
    assert words in first.get("/setup/progress").text


def test_once_the_demonstration_is_there_its_page_leads_on(first: Visitor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(demonstration.LOADING, "state", State.DONE)
    assert first.get("/setup/progress").headers["location"] == "/"


def test_the_demonstration_service_is_filled_while_its_administrator_waits(first: Visitor):
    answer = first.fill_in("/setup", **(TYPED | {"kind": "demonstration"}))
    assert answer.headers["location"] == "/setup/progress"
    demonstration.LOADING.wait()
    assert demonstration.LOADING.state is State.DONE
    assert demonstration.LOADING.percent == 100
    with reading() as session:
        assert setup.current(session).is_demonstration
    assert first.get("/setup/progress").headers["location"] == "/"


def test_fictional_people_never_come_into_a_service_with_records(first: Visitor):
    first.fill_in("/setup", **TYPED)
    with transaction() as session:
        answer_for(session, SYSTEM)
        session.add(Employer(name="Real Bakery", name_key="real bakery"))
    with pytest.raises(RuleBrokenError, match="has records already"):
        demonstration.load()
