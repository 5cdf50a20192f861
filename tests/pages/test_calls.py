"""The page of whom to call next: what it tells, what is in its address, and how it is reached."""

import pytest

from crm import db
from crm.models.users import User
from crm.policy import Role
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_people import make_seeker, make_skill
from tests.pages.opening import open_page, shown

CALLS = "employers/calls.py"


@pytest.fixture
def manager(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        amara = make_seeker(session, "Amara <b>Nwosu</b>")
        make_skill(session, amara, "Stock shelves")
        make_skill(session, make_seeker(session, "Bo Lind"), "Work on a till")
        make_seeker(session, "Silent Sid")
        make_employer(
            session, "Corner <i>Shop</i>", sic_codes="47110", stage="partner", quiet_until="2099-01-01"
        )
        make_employer(session, "Shut Shop", sic_codes="47110", stage="do_not_contact")
        return make_user(session, Role.MANAGER)


def test_each_employer_says_for_whom_and_why_and_offers_what_to_do_next(manager: User):
    page = shown(open_page(manager, CALLS))
    assert "Corner &lt;i&gt;Shop&lt;/i&gt;" in page
    assert "Amara &lt;b&gt;Nwosu&lt;/b&gt;" in page
    for words in (
        "Retail (SIC 47)",
        "can do: Stock shelves",
        "Quiet days until 1 January 2099",
        "1 employer in all",
    ):
        assert words in page
    for address in ("log-contact?employer=1", "task-change?employer=1", "seeker?id=1"):
        assert address in page


def test_those_who_are_shut_and_those_with_nothing_to_go_by_are_told_apart(manager: User):
    app = open_page(manager, CALLS)
    folded = [each.label for each in app.expander]
    assert folded == ["Nothing to go by yet for 1 person", "Not to be contacted, though they would fit: 1"]
    assert "Shut Shop" in shown(app)


def test_the_address_narrows_to_one_person_and_to_an_area(manager: User):
    page = shown(open_page(manager, CALLS, seeker=2))
    assert "Employers for Bo Lind" in page
    assert "Amara" not in page
    assert "Clear the postcode" in shown(open_page(manager, CALLS, area="LS1"))


def test_it_is_reached_from_the_list_of_employers_and_from_a_job_seeker(manager: User):
    assert "Who to call next" in shown(open_page(manager, "employers/list.py"))
    assert "calls?seeker=2" in shown(open_page(manager, "seekers/record.py", id=2))
