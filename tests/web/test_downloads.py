"""Files are handed out only to those who may see what is in them, at each request anew."""

import re

import pytest
from sqlmodel import select

from crm import db
from crm.audit import answer_for
from crm.models.exports import ExportKind
from crm.models.imports import ImportKind
from crm.models.users import SYSTEM, User, UserSession
from crm.policy import Role
from crm.services import exports, imports, person_exports, sessions
from crm.services.employer_filters import EmployerFilter
from tests.makers import PASSWORD, make_user
from tests.makers_employers import make_employer
from tests.makers_people import make_seeker
from tests.serving import email_of
from tests.web.asking import Visitor


@pytest.fixture
def path(service: str) -> str:
    with db.transaction() as session:
        batch = imports.start_batch(
            session, ImportKind.EMPLOYERS, file_name="x.csv", file_digest="d", by=SYSTEM
        )
        imports.refuse(session, batch, "row 2", "Name", "Empty.", {"Name": "=cmd()"})
        return f"/files/refused/{batch.key}.csv"


def test_an_officer_downloads_the_rows_that_were_not_taken_in(path: str, officer: Visitor):
    answer = officer.get(path)
    assert answer.status == 200
    assert '''"row 2","refused","Name","Empty.","'=cmd()"''' in answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_nobody_downloads_without_signing_in(path: str, visitor: Visitor):
    assert visitor.get(path).status == 401


def test_signing_out_ends_the_download_link(path: str, officer: Visitor):
    with db.transaction() as session:
        sessions.end_all(session, session.exec(select(UserSession)).one().user_id)
    assert officer.get(path).status == 401


def test_a_role_that_may_not_see_imports_gets_no_file(path: str, visitor: Visitor):
    with db.transaction() as session:
        make_user(session, Role.JOB_COACH, email=email_of(Role.JOB_COACH), can_sign_in=True)
    visitor.fill_in("/login", email=email_of(Role.JOB_COACH), password=PASSWORD)
    answer = visitor.get(path)
    assert answer.status == 403
    assert "do not let you see imports" in answer.text


@pytest.mark.parametrize("number", ["99", "9" * 30])
def test_a_file_that_is_not_there_is_not_found(officer: Visitor, number: str):
    assert officer.get(f"/files/refused/{number}.csv").status == 404


@pytest.fixture
def link(officer: Visitor) -> str:
    """A link to the list of employers, one of them recorded, for the officer's sign-in."""
    with db.transaction() as session:
        make_employer(session, name="=Fernside")
        sign_in = session.exec(select(UserSession)).one()
        by = session.get_one(User, sign_in.user_id).as_actor()
        digest = sign_in.token_digest
        token = exports.order(session, ExportKind.EMPLOYERS, EmployerFilter(), by=by, session_digest=digest)
    return f"/files/export/{token}"


def test_a_list_is_downloaded_under_a_name_that_names_nobody(link: str, officer: Visitor):
    answer = officer.get(f"{link}.csv")
    assert answer.status == 200
    assert '"\'=Fernside"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert re.fullmatch(
        r'attachment; filename="employers-\d{4}-\d\d-\d\d\.csv"', answer.headers["content-disposition"]
    )
    assert int(answer.headers["content-length"]) == len(answer.text.encode())


def test_a_link_to_a_list_works_once(link: str, officer: Visitor):
    assert officer.get(f"{link}.csv").status == 200
    for ending in ("csv", "xlsx"):
        again = officer.get(f"{link}.{ending}")
        assert again.status == 404
        assert "has been used" in again.text


def test_asking_about_a_file_does_not_use_its_link_up(link: str, officer: Visitor):
    assert officer.ask("HEAD", f"{link}.csv", headers={}).status == 404
    assert officer.get(f"{link}.exe").status == 404
    assert officer.get(f"{link}.csv").status == 200


def test_a_link_is_of_no_use_to_anybody_else(link: str, officer: Visitor):
    assert Visitor().get(f"{link}.csv").status == 401
    with db.transaction() as session:
        make_user(session, Role.MANAGER, email=email_of(Role.MANAGER), can_sign_in=True)
    manager = Visitor()
    manager.fill_in("/login", email=email_of(Role.MANAGER), password=PASSWORD)
    assert manager.get(f"{link}.csv").status == 404
    assert officer.get(f"{link}.csv").status == 200


def test_who_has_lost_the_permission_since_gets_no_list(link: str, officer: Visitor):
    with db.transaction() as session:
        session.exec(select(User)).one().role_names = Role.JOB_COACH
        answer_for(session, SYSTEM)
    answer = officer.get(f"{link}.csv")
    assert answer.status == 403
    assert "take away as a file" in answer.text


@pytest.fixture
def manager(officer: Visitor) -> Visitor:
    """A manager who is signed in."""
    with db.transaction() as session:
        make_user(session, Role.MANAGER, email=email_of(Role.MANAGER), can_sign_in=True)
    visitor = Visitor()
    visitor.fill_in("/login", email=email_of(Role.MANAGER), password=PASSWORD)
    return visitor


def test_a_persons_record_is_downloaded_once_under_a_name_that_names_nobody(
    officer: Visitor, manager: Visitor
):
    with db.transaction() as session:
        seeker = make_seeker(session)
        user = session.exec(select(User).where(User.email == email_of(Role.MANAGER))).one()
        digest = session.exec(select(UserSession).where(UserSession.user_id == user.id)).one().token_digest
        by = user.as_actor()
        token = person_exports.order(session, seeker.key, with_restricted=False, by=by, session_digest=digest)
    path = f"/files/person/{token}.json"
    assert officer.get(path).status == 404
    answer = manager.get(path)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert "Amara Nwosu" in answer.text
    assert re.fullmatch(
        r'attachment; filename="person-record-\d{4}-\d\d-\d\d\.json"', answer.headers["content-disposition"]
    )
    again = manager.get(path)
    assert (again.status, "has been used" in again.text) == (404, True)
    assert Visitor().get(path).status == 401


def test_an_empty_list_is_downloaded_by_those_who_bring_such_lists_in(officer: Visitor, manager: Visitor):
    assert manager.get("/files/template/seekers.csv").text.startswith('\ufeff"Preferred name"')
    assert officer.get("/files/template/sites.csv").status == 200
    assert officer.get("/files/template/seekers.csv").status == 403
    assert officer.get("/files/template/vocabulary.csv").status == 404
    assert officer.get("/files/template/sites.exe").status == 404
    assert Visitor().get("/files/template/sites.csv").status == 401
