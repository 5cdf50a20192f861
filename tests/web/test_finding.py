"""/found: what the box at the top of every page is answered, and what it is not."""

import json
from typing import Any

import pytest

from crm import db
from crm.errors import SecretsError
from crm.models.search import EntryKind
from crm.models.users import User
from crm.policy import Relation, Role
from crm.services import sessions
from crm.web import finding
from tests.makers import PASSWORD, make_actor, make_user
from tests.makers_employers import make_employer, make_person
from tests.makers_teams import PHONE, make_people_around
from tests.serving import email_of
from tests.web.asking import Answer, Visitor
from tests.web.test_staying import OWN


def ask(visitor: Visitor, typed: str) -> Answer:
    return visitor.post("/found", {"q": typed}, origin=OWN)


def groups(answer: Answer) -> dict[str, list[str]]:
    said: Any = json.loads(answer.text)
    return {group["name"]: [hit["title"] for hit in group["hits"]] for group in said["groups"]}


def signed_in(role: Role) -> Visitor:
    with db.transaction() as session:
        make_user(session, role, email=email_of(role), can_sign_in=True)
    visitor = Visitor()
    assert visitor.fill_in("/login", email=email_of(role), password=PASSWORD).status == 303
    return visitor


@pytest.fixture
def bakery(service: str) -> int:
    with db.transaction() as session:
        employer = make_employer(session, "Fernside <Bakery>")
        make_person(session, employer, "Dana Holt", phone="07700 900123")
        return employer.key


def test_an_officer_is_told_what_is_found_and_where_it_is(bakery: int, officer: Visitor):
    answer = ask(officer, "frenside")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    said = json.loads(answer.text)
    assert said["total"] == 2
    assert said["groups"][0] == {
        "name": "Employers",
        "total": 1,
        "hits": [{"title": "Fernside <Bakery>", "detail": "", "to": f"employer?id={bakery}"}],
    }
    assert said["groups"][1]["hits"][0]["to"] == f"employer?id={bakery}"


def test_what_was_typed_is_in_the_address_of_all_results_for_the_same_person_only(
    bakery: int, officer: Visitor
):
    address = json.loads(ask(officer, "dana holt").text)["all"]
    assert "dana" not in address
    with db.reading() as session:
        by = session.get_one(User, 1).as_actor()
    held = address.removeprefix("find?of=")
    assert finding.unlocked(held, by) == "dana holt"
    with pytest.raises(SecretsError):
        finding.unlocked(held, make_actor())


def test_nobody_is_answered_without_signing_in_or_from_another_site(bakery: int, officer: Visitor):
    assert ask(Visitor(), "fernside").status == 401
    assert officer.post("/found", {"q": "fernside"}).status == 403
    assert officer.post("/found", {"q": "fernside"}, origin="https://evil.example").status == 403


def test_nothing_is_told_from_an_address(bakery: int, officer: Visitor):
    assert "Fernside" not in officer.get("/found?q=fernside").text


def test_who_was_shut_out_is_answered_no_more(bakery: int, officer: Visitor):
    with db.transaction() as session:
        sessions.end_all(session, 1)
    assert ask(officer, "fernside").status == 401


def test_an_administrator_finds_no_records_and_an_auditor_nobody_by_number(bakery: int):
    assert groups(ask(signed_in(Role.ADMINISTRATOR), "fernside")) == {}
    auditor = signed_in(Role.AUDITOR)
    assert groups(ask(auditor, "07700 900123")) == {}
    assert groups(ask(auditor, "dana")) == {"People at employers": ["Dana Holt"]}


def test_a_telephone_number_of_somebody_elses_job_seeker_finds_nobody(service: str):
    with db.transaction() as session:
        by, people = make_people_around(session, Role.JOB_COACH)
        token = sessions.begin(session, session.get_one(User, by.id).key)
    visitor = Visitor(cookies={"crm_session": token})
    found = groups(ask(visitor, PHONE))
    assert set(found["Job seekers"]) == {f"In {each}" for each in set(people) - {Relation.SERVICE}}
    assert groups(ask(visitor, "in service")) == {"Job seekers": ["In service"]}


@pytest.mark.parametrize("typed", ["", "a", "\x00", "’); --", "é" * 3000])
def test_whatever_is_typed_is_answered(bakery: int, officer: Visitor, typed: str):
    assert json.loads(ask(officer, typed).text)["groups"] == []


def test_a_service_is_answered_in_its_own_word_for_job_seekers():
    assert finding.kind_words(EntryKind.SEEKER, "participants") == "Participants"
