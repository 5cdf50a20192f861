"""Files are handed out only to those who may see what is in them, at each request anew."""

import pytest
from sqlmodel import select

from crm import db
from crm.models.imports import ImportKind
from crm.models.users import SYSTEM, UserSession
from crm.policy import Role
from crm.services import imports, sessions
from tests.makers import PASSWORD, make_user
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
    assert "row 2,refused,Name,Empty.,'=cmd()" in answer.text
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
