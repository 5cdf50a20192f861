"""The first page by role, and the help page that says what each role allows."""

from collections.abc import Generator
from pathlib import Path

import pytest

from crm import db
from crm.models.users import User
from crm.policy import Role
from crm.ui.about import version
from crm.ui.words import today
from tests.demonstrated import demonstrated
from tests.makers import make_service, make_user
from tests.pages.opening import open_page, shown

MINE = ["My tasks", "Met in person this week"]
DUE = "My agreements to move on"
COLD = "My accounts without contact for 30 days"
EMPLOYER_SIDE = ["Agreements to renew or review", "Vacancies closing within 14 days"]
PARTS = {
    Role.ENGAGEMENT_OFFICER: [*MINE, DUE, COLD, EMPLOYER_SIDE[1], "In contact, without an owner"],
    Role.JOB_COACH: [
        *MINE,
        "New for my people",
        "My people without a shortlist",
        "“Not yet”, past its date",
        "Consents that end soon",
    ],
    Role.MANAGER: [
        "Agreements to move on",
        *EMPLOYER_SIDE,
        "In contact, without an owner",
        "Agreements by stage",
        "People without a shortlist",
        "“Not yet”, past its date",
        "Pauses to look at again",
        "Consents that end soon",
    ],
    Role.ADMINISTRATOR: ["The service", "Last imports"],
    Role.AUDITOR: ["Latest changes"],
}


@pytest.fixture(scope="module")
def colleagues(
    template_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[dict[Role, User]]:
    with demonstrated(template_database, tmp_path_factory.mktemp("pages"), on=today()) as found:
        yield found


@pytest.mark.parametrize("role", Role)
def test_the_first_page_shows_what_waits_for_this_role(colleagues: dict[Role, User], role: Role):
    app = open_page(colleagues[role], "home/home.py")
    assert [header.value for header in app.header] == PARTS[role]
    assert ("agreements in force" in shown(app)) == (role in (Role.MANAGER, Role.AUDITOR))
    assert ("due today" in shown(app)) == (role not in (Role.ADMINISTRATOR, Role.AUDITOR))


def test_somebody_with_several_roles_sees_each_part_once(colleagues: dict[Role, User]):
    with db.transaction() as session:
        everything = make_user(session, *(set(Role) - {Role.AUDITOR}), name="Ines Marlow")
    headers = [header.value for header in open_page(everything, "home/home.py").header]
    assert len(headers) == len(set(headers))
    assert {"Agreements by stage", "The service"} < set(headers)


def test_numbers_and_names_lead_to_their_records(colleagues: dict[Role, User]):
    page = shown(open_page(colleagues[Role.MANAGER], "home/home.py"))
    for address in (
        "agreements?soon=true",
        "agreement?id=",
        "shortlist?id=",
        "seeker?id=",
        "compare?vacancy=",
    ):
        assert f'href="{address}' in page, address


def test_the_demonstration_is_marked_on_every_page(colleagues: dict[Role, User]):
    for script in ("home/home.py", "help/help.py"):
        assert "Demonstration." in shown(open_page(colleagues[Role.AUDITOR], script))


@pytest.mark.parametrize("role", Role)
def test_the_first_page_of_an_empty_service_is_whole(database: str, role: Role):
    with db.transaction() as session:
        make_service(session)
        user = make_user(session, role)
    app = open_page(user, "home/home.py")
    assert app.title[0].value == "Today"
    assert "Demonstration." not in shown(app)


@pytest.mark.parametrize("role", Role)
def test_help_says_what_a_role_allows_and_who_can_do_the_rest(colleagues: dict[Role, User], role: Role):
    app = open_page(colleagues[role], "help/help.py")
    page = shown(app)
    assert version() in page
    allowed = page.split("What others can do")[0] if "What others can do" in page else page
    assert ("Approve agreements" in allowed) == (role is Role.MANAGER)
    assert app.expander[0].label == "What others can do"


def test_help_tells_whose_data_is_used(colleagues: dict[Role, User]):
    page = shown(open_page(colleagues[Role.JOB_COACH], "help/help.py"))
    assert "OS Code-Point Open" in page
    assert "WCAG 2.2" in page
