"""Job sharing on screen: everybody with a partner, partners of one, and two people beside each other."""

import pytest

from crm import db
from crm.models.users import User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_profile, make_seeker, make_skill
from tests.pages.opening import open_page, press, shown
from tests.services.test_job_sharing import AFTERNOONS, MORNINGS

PAGE = "vacancies/sharing.py"


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH)


@pytest.fixture
def vacancy(coach: User) -> Vacancy:
    """A job for mornings and afternoons, and somebody for each."""
    with db.transaction() as session:
        row = make_vacancy(
            session, make_employer(session), guaranteed_hours=40, pattern=MORNINGS + AFTERNOONS
        )
        make_criterion(session, row, "Fold <b>boxes")
        for name, week in (("Amara <i>", MORNINGS), ("Ben", AFTERNOONS)):
            make_profile(session, make_seeker(session, name), availability=week)
        return row


def test_everybody_stands_with_the_partner_who_covers_most(coach: User, vacancy: Vacancy):
    page = open_page(coach, PAGE, id=vacancy.key)
    assert "2 people, longest wait first, nobody left out" in shown(page)
    assert "40 hours of 40" in shown(page)


def test_the_partners_of_one_person_stand_below_their_name(coach: User, vacancy: Vacancy):
    page = open_page(coach, PAGE, id=vacancy.key, person=1)
    assert "Who could share it with Amara" in shown(page)
    assert "With Ben" in shown(page)


def test_two_people_see_a_week_divided_and_who_brings_what(coach: User, vacancy: Vacancy):
    page = open_page(coach, PAGE, id=vacancy.key, person=1, partner=2)
    for words in ("09:00–13:00", "13:00–17:00", "20 hours", "Not known of either yet"):
        assert words in shown(page)


def test_more_people_are_one_press_away(coach: User, vacancy: Vacancy):
    with db.transaction() as session:
        for number in range(30):
            make_seeker(session, f"Person {number}")
    page = open_page(coach, PAGE, id=vacancy.key)
    press(page, "Show 7 more of 7")
    assert "Person 29" in shown(page)


def test_a_job_of_which_nothing_is_recorded_says_what_to_ask(coach: User):
    with db.transaction() as session:
        bare = make_vacancy(session, make_employer(session))
        for name in ("Amara", "Ben"):
            make_skill(session, make_seeker(session, name))
    page = open_page(coach, PAGE, id=bare.key, person=1, partner=2)
    assert "The days of the job are not recorded" in shown(page)
    assert "What the job asks for is not recorded yet" in shown(page)
