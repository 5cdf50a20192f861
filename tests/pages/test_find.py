"""The screen that shows everything that was found."""

import pytest

from crm import db
from crm.models.users import User
from crm.policy import Role
from crm.web import finding
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_people import make_seeker
from tests.pages.opening import checked, choose, open_page, shown, type_into

PAGE = "find/find.py"
BOX = "Name, number or postcode"


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        make_seeker(session, "Ferne Lind")
        for number in range(60):
            make_employer(session, f"Fernside Works {number:02}")
        return make_user(session, Role.ENGAGEMENT_OFFICER)


def test_what_was_brought_along_is_found_by_kind(officer: User):
    app = open_page(officer, PAGE, of=finding.locked("fern", officer.as_actor()))
    page = shown(app)
    assert next(box for box in app.text_input if box.label == BOX).value == "fern"
    assert [header.value for header in app.header] == ["Employers (60)", "Job seekers (1)"]
    assert "Fernside Works 00" in page
    assert "The first 49 are shown" in app.caption[0].value
    type_into(app, BOX, "zzzz")
    assert "Nothing was found" in shown(checked(app.run()))


def test_all_of_one_kind_are_paged_through(officer: User):
    app = open_page(officer, PAGE, of=finding.locked("fern", officer.as_actor()))
    choose(app, "Kind", "employer")
    page = shown(checked(app.run()))
    assert "60 records in all" in page
    assert "Fernside Works 24" in page
    assert "Fernside Works 25" not in page


@pytest.mark.parametrize("held", ["", "nonsense", "00:00"])
def test_an_address_that_brings_nothing_along_asks_for_words(officer: User, held: str):
    page = shown(open_page(officer, PAGE, of=held))
    assert "Type a name, a telephone number" in page


def test_what_somebody_else_typed_is_not_read(officer: User):
    with db.transaction() as session:
        other = make_user(session, Role.MANAGER)
    assert "Type a name" in shown(open_page(officer, PAGE, of=finding.locked("fern", other.as_actor())))
