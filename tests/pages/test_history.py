"""The screen that tells what happened to a record."""

import pytest

from crm import db
from crm.models.employers import EmployerInput
from crm.models.users import User
from crm.policy import Role
from crm.services import employers
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer, make_site
from tests.pages.opening import open_page, shown


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


def test_a_history_reads_like_prose_and_shows_names_as_typed(officer: User):
    with db.transaction() as session:
        employer = make_employer(session, "Fernside")
        make_site(session, employer)
        change = EmployerInput(name="<b>Fernside</b>", owner_id=officer.id)
        employers.change(session, employer.key, change, version=1, by=officer.as_actor())
    page = shown(open_page(officer, "history/history.py", of="employer", id=employer.key))
    assert "name from “Fernside” to “&lt;b&gt;Fernside&lt;/b&gt;”" in page
    assert "owner from nothing to “Ines Marlow”" in page
    assert "Added employer site." in page


def test_an_address_without_a_kind_is_told_where_histories_are(officer: User):
    assert "Open it from the page of a record" in shown(open_page(officer, "history/history.py", id=1))
