"""What screens show of people of another team, and how the account page says why."""

import pytest

from crm import db
from crm.models.seekers import JobSeeker
from crm.models.users import User
from crm.policy import Relation, Role
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_skill
from tests.makers_teams import PHONE, make_people_around
from tests.pages.opening import open_page, shown


@pytest.fixture
def people(database: str) -> tuple[User, dict[Relation, JobSeeker]]:
    """A job coach with a job seeker in each relation to them."""
    with db.transaction() as session:
        make_service(session)
        make_vacancy(session, make_employer(session))
        by, around = make_people_around(session, Role.JOB_COACH)
        for one in (around[Relation.OWN], around[Relation.SERVICE]):
            make_skill(session, one)
        coach = session.get(User, by.id)
        assert coach is not None
        return coach, around


def test_ones_own_person_is_shown_whole_with_everything_that_one_can_do(
    people: tuple[User, dict[Relation, JobSeeker]],
):
    coach, around = people
    page = shown(open_page(coach, "seekers/record.py", id=around[Relation.OWN].key))
    assert PHONE in page
    assert "Not shown to you" not in page
    for link in ("Edit", "Add a skill", "Restricted facts"):
        assert f">{link}</a>" in page


def test_a_person_of_another_team_is_shown_with_masks_and_nothing_to_change(
    people: tuple[User, dict[Relation, JobSeeker]],
):
    coach, around = people
    app = open_page(coach, "seekers/record.py", id=around[Relation.SERVICE].key)
    page = shown(app)
    assert page.count("Not shown to you") >= 3
    assert PHONE not in page
    assert "Fold boxes" in page
    for link in ("Edit", "Add a skill", "Restricted facts"):
        assert f">{link}</a>" not in page
    assert "Archive" not in [button.label for button in app.button]


@pytest.mark.parametrize(
    "script", ["seekers/edit.py", "seekers/profile.py", "seekers/restricted.py", "seekers/need.py"]
)
def test_a_form_about_a_person_of_another_team_is_refused_with_whom_to_ask(
    people: tuple[User, dict[Relation, JobSeeker]], script: str
):
    coach, around = people
    key = around[Relation.SERVICE].key
    app = (
        open_page(coach, script, id=key)
        if script == "seekers/edit.py"
        else open_page(coach, script, seeker=key)
    )
    assert app.title[0].value == "This cannot be shown"
    said = " ".join(one.value for one in app.error) + shown(app)
    assert "Ask Olga Other" in said
    assert not app.text_input


def test_a_comparison_with_a_person_of_another_team_is_shown_but_not_decided_on(
    people: tuple[User, dict[Relation, JobSeeker]],
):
    coach, around = people
    app = open_page(coach, "vacancies/compare.py", vacancy=1, seeker=around[Relation.SERVICE].key)
    assert "but not decide on it" in shown(app)
    app = open_page(coach, "vacancies/compare.py", vacancy=1, seeker=around[Relation.TEAM].key)
    assert "Save decision" in [button.label for button in app.button]


def test_ones_account_says_whose_records_and_what_is_not_shown(database: str):
    with db.transaction() as session:
        make_service(session)
        coach = make_user(session, Role.JOB_COACH)
    page = shown(open_page(coach, "account/account.py"))
    assert "What is your own, in your caseload, your team’s or nobody’s" in page
    assert "Not shown: e-mail address, telephone and postcode, unless" in page
    assert "Its coach or owner is in your team, or nobody looks after it yet." in page
