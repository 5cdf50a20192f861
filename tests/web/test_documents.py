"""Documents are handed out as files, to those who may see their record, at each request anew."""

import pytest
from sqlmodel import select

from crm import db
from crm.audit import answer_for
from crm.models.users import SYSTEM, User, UserSession
from crm.policy import Role
from crm.services import sessions
from crm.web.documents import disposition
from tests.makers import PASSWORD, make_user
from tests.makers_documents import make_document
from tests.makers_employers import make_employer
from tests.makers_people import make_seeker
from tests.makers_teams import make_team
from tests.serving import email_of
from tests.web.asking import Visitor

TEXT = "Rota: Monday to Friday, £12.60"


@pytest.fixture
def path(service: str) -> str:
    with db.transaction() as session:
        made = make_document(session, make_employer(session), "Rotá 1.txt", content=TEXT.encode())
        return f"/files/document/employer-{made.key}"


@pytest.fixture
def persons(service: str) -> str:
    """A document of somebody of another team than the officer's."""
    with db.transaction() as session:
        coach = make_user(session, Role.JOB_COACH, email=email_of(Role.JOB_COACH), can_sign_in=True)
        make_team(session, "South", coach)
        made = make_document(session, make_seeker(session, coach_id=coach.key), "cv.txt", content=b"CV")
        return f"/files/document/seeker-{made.key}"


def signed_in(role: Role) -> Visitor:
    visitor = Visitor()
    assert visitor.fill_in("/login", email=email_of(role), password=PASSWORD).status == 303
    return visitor


def test_a_document_comes_as_a_file_that_no_browser_opens_or_keeps(path: str, officer: Visitor):
    answer = officer.get(path)
    assert (answer.status, answer.text) == (200, TEXT)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"Rota 1.txt\"; filename*=UTF-8''Rot%C3%A1%201.txt"
    )
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_nobody_gets_a_document_without_signing_in(path: str, visitor: Visitor):
    answer = visitor.get(path)
    assert (answer.status, answer.text) == (401, "Sign in first.")


def test_signing_out_ends_the_address_of_a_document(path: str, officer: Visitor):
    with db.transaction() as session:
        sessions.end_all(session, session.exec(select(UserSession)).one().user_id)
    assert officer.get(path).status == 401


def test_a_role_that_may_not_see_the_record_cannot_tell_that_there_is_one(path: str, officer: Visitor):
    with db.transaction() as session:
        session.exec(select(User)).one().role_names = Role.ADMINISTRATOR
        answer_for(session, SYSTEM)
    refused, missing = officer.get(path), officer.get("/files/document/employer-99")
    assert (refused.status, refused.text) == (missing.status, missing.text)
    assert (refused.status, refused.text) == (404, "There is no such document.")


def test_a_persons_document_is_not_there_for_another_team(persons: str, officer: Visitor):
    answer = officer.get(persons)
    assert (answer.status, answer.text) == (404, "There is no such document.")
    assert signed_in(Role.JOB_COACH).get(persons).text == "CV"


def test_the_number_of_one_table_opens_nothing_of_the_other(path: str, persons: str, officer: Visitor):
    assert officer.get(path.replace("employer-", "seeker-")).status == 404


NOT_THERE = ("employer-99", "user-1", "employer-" + "9" * 30, "Employer-1")
TRICKS = ("-1", "employer--1", "employer-1.txt", "../document/employer-1x", "employer-1/../x", "employer-%31")


def test_what_is_not_there_is_not_found_and_no_trick_with_the_path_reaches_a_document(
    path: str, officer: Visitor
):
    assert {officer.get(f"/files/document/{end}").status for end in NOT_THERE} == {404}
    for end in TRICKS:
        assert TEXT not in officer.get(f"/files/document/{end}").text, end


@pytest.mark.parametrize(
    "name",
    [
        'a"; filename="evil.exe',
        "a\r\nSet-Cookie: x=1",
        "a;b=c\\d",
        "\u202egpj.exe",
        "日本語.pdf",
        "a%0d%0ab",
        "…",
    ],
)
def test_a_name_adds_nothing_to_the_header(name: str):
    header = disposition(name)
    kind, plain, full = header.split("; ")
    assert kind == "attachment"
    assert header.isascii()
    assert header.isprintable()
    assert plain.startswith('filename="')
    assert plain.count('"') == 2
    assert not set('"\\;\r\n ') & set(full)
