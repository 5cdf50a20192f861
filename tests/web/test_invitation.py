"""/password/…: the page behind an administrator's link."""

from sqlmodel import select

from crm.db import transaction
from crm.models.users import SYSTEM, User
from crm.services import invitations
from tests.makers import make_user
from tests.web.asking import Visitor

CHOSEN = "violet harbour cinema"


def link() -> str:
    with transaction() as session:
        user = make_user(session, name="Jo <b>Marsh</b>", email="jo@example.org")
        return f"/password/{invitations.invite(session, user.key, by=SYSTEM)}"


def test_somebody_with_a_link_chooses_a_password_and_signs_in(visitor: Visitor):
    answer = visitor.fill_in(link(), password=CHOSEN, again=CHOSEN)
    assert answer.status == 200
    assert "Your password is set" in answer.text
    assert visitor.fill_in("/login", email="jo@example.org", password=CHOSEN).status == 303


def test_the_page_says_whose_link_it_is_as_typed(visitor: Visitor):
    assert "Welcome, Jo &lt;b&gt;Marsh&lt;/b&gt;." in visitor.get(link()).text


def test_looking_at_the_page_does_not_use_the_link_up(visitor: Visitor):
    path = link()
    visitor.get(path)
    assert visitor.get(path).status == 200


def test_two_passwords_that_differ_are_refused_and_never_sent_back(visitor: Visitor):
    answer = visitor.fill_in(link(), password=CHOSEN, again="violet harbour theatre")
    assert answer.status == 422
    assert answer.problems == ["The two passwords are not the same. Type both again."]
    assert CHOSEN not in answer.text


def test_an_easy_password_is_refused_with_the_reason(visitor: Visitor):
    answer = visitor.fill_in(link(), password="password1234", again="password1234")
    assert answer.status == 422
    assert "easy to guess" in answer.problems[0]


def test_a_link_that_never_was_says_what_to_do(visitor: Visitor):
    answer = visitor.get("/password/made-up")
    assert answer.status == 404
    assert "Ask an administrator of your service for a new link" in answer.text


def test_a_form_from_another_site_sets_no_password(visitor: Visitor):
    path = link()
    visitor.get(path)
    answer = visitor.post(path, {"password": CHOSEN, "again": CHOSEN, "form_token": "forged"})
    assert answer.status == 403
    with transaction() as session:
        assert session.exec(select(User).where(User.email == "jo@example.org")).one().password_hash is None
