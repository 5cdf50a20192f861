"""The screens that carve a job by the solver: for one person, for everybody, for a team."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.carves import CarveMade, JobCarve
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import User
from crm.policy import Role
from tests.makers import make_service, make_user
from tests.makers_carves import MOVABLE, UNTIMED, make_agreed, make_kitchen
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task
from tests.makers_people import make_profile, make_seeker
from tests.pages.opening import choose, open_page, open_straight, pick, press, shown, type_into

NAMES = ["Amara Nwosu", "Mo Ali", "Zita Lind"]


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def bakery(coach: User) -> Employer:
    with db.transaction() as session:
        employer = make_employer(session)
        make_kitchen(session, employer)
        for name in NAMES:
            make_seeker(session, name, referred_on="2026-01-01")
        return employer


def person(coach: User, bakery: Employer, key: int = 1) -> AppTest:
    return open_page(coach, "carves/person.py", employer=bakery.key, person=key)


def kept() -> list[JobCarve]:
    with db.reading() as session:
        return list(session.exec(select(JobCarve)))


def test_the_ways_to_a_job_are_offered_once_an_employer_is_chosen(coach: User, bakery: Employer):
    page = shown(open_page(coach, "carves/compose.py", employer=bakery.key))
    for address in ("carve-person", "carve-everybody", "carve-team"):
        assert f"{address}?employer={bakery.key}" in page


def test_a_person_is_found_by_name(coach: User, bakery: Employer):
    app = open_page(coach, "carves/person.py", employer=bakery.key)
    assert all(name in shown(app) for name in NAMES)
    type_into(app, "Who is the job for?", "zita")
    page = shown(app.run())
    assert "person=3" in page
    assert "Amara" not in page
    type_into(app, "Who is the job for?", "nobody")
    assert "Nobody of this name looks for work now" in shown(app.run())


def test_one_person_has_the_best_job_others_beside_it_and_what_blocks_a_better_one(
    coach: User, bakery: Employer
):
    with db.transaction() as session:
        make_profile(session, make_seeker(session, "Few Hours"), hours_now_min=2, hours_now_max=5)
    page = shown(press(person(coach, bakery, 4), "Build the job"))
    assert "Next best 1" in page
    assert "Without" in page or "With " in page
    assert "If the person could work more than 5 hours a week" in page
    assert "It is proven that nothing better keeps the guard rails" in page
    assert "Hours up to the person&#x27;s goal" in page


def test_an_alternative_is_looked_at_and_kept(coach: User, bakery: Employer):
    app = person(coach, bakery)
    type_into(app, "Hours a week to reach, for people without a goal", "10")
    app = press(app, "Build the job")
    pick(app, "Look at this job", 1)
    press(app.run(), "Keep this carve")
    [carve] = kept()
    assert (carve.seeker_id, carve.hours_week, carve.made) == (1, 10, CarveMade.BY_SOLVER)
    record = shown(open_page(coach, "carves/record.py", id=carve.key))
    assert "For Amara Nwosu" in record
    assert "Idea: 1" in shown(open_page(coach, "carves/list.py"))


def test_a_carve_whose_records_have_changed_is_not_kept(coach: User, bakery: Employer):
    app = press(person(coach, bakery), "Build the job")
    with db.transaction() as session:
        make_profile(session, session.get_one(JobSeeker, 1), hours_now_max=9)
    assert "Build the jobs again" in shown(press(app, "Keep this carve"))
    assert kept() == []


def test_no_rail_is_made_looser_and_other_choices_ask_to_build_again(coach: User, bakery: Employer):
    app = press(person(coach, bakery), "Build the job")
    type_into(app, "Hours a week beside colleagues, at least", "1")
    assert "2 at least, the guard rail" in shown(app.run())
    type_into(app, "Hours a week beside colleagues, at least", "4")
    assert "built for other choices" in shown(app.run())
    type_into(app, "Pay in £ an hour", "a lot")
    assert "This is not a number" in shown(app.run())


def test_what_was_chosen_goes_along_to_the_next_way(coach: User, bakery: Employer):
    app = person(coach, bakery)
    type_into(app, "Posts that tasks come from, at most", "1")
    app = open_straight(app.run(), "carves/team.py", employer=bakery.key)
    assert "1" in [box.value for box in app.text_input if box.label.startswith("Posts that tasks")]


def test_one_who_does_not_look_for_work_is_refused_in_words(coach: User, bakery: Employer):
    with db.transaction() as session:
        gone = make_seeker(session, "Gone", status="exited")
    assert "does not look for work" in shown(person(coach, bakery, gone.key))


def test_a_bank_without_hours_says_what_to_record_with_a_link_to_do_it(coach: User, bakery: Employer):
    with db.transaction() as session:
        other = make_employer(session, "No Hours Ltd")
        post = make_analysis(session, other)
        make_task(session, post, **UNTIMED)
    page = shown(press(person(coach, other), "Build the job"))
    assert "Hours are missing for 1 task that could move" in page
    assert f"analysis?id={post.key}" in page
    assert "Keep this carve" not in [button.label for button in person(coach, other).button]


def test_a_taken_task_is_said_with_a_link_to_the_carved_job_that_has_it(coach: User, bakery: Employer):
    with db.transaction() as session:
        post = make_analysis(session, bakery, "Shop floor")
        carve = make_agreed(session, bakery, make_task(session, post, "Fill shelves", **MOVABLE))
    page = shown(press(person(coach, bakery), "Build the job"))
    assert "1 task is in another carved job already" in page
    assert f"carved-job?id={carve.key}" in page


def everybody(coach: User, bakery: Employer) -> AppTest:
    return open_page(coach, "carves/everybody.py", employer=bakery.key)


def test_everybody_is_ranked_and_one_of_the_jobs_is_kept(coach: User, bakery: Employer):
    app = press(everybody(coach, bakery), "Build the jobs")
    page = shown(app)
    assert "3 people compared, nobody left out" in page
    assert "New wage a week" in page
    choose(app, "The job for", 3)
    press(app.run(), "Keep this carve")
    assert [carve.seeker_id for carve in kept()] == [3]


def test_a_long_list_has_pages_that_are_built_when_they_are_opened(coach: User, bakery: Employer):
    with db.transaction() as session:
        for number in range(1, 25):
            make_seeker(session, f"More {number}", referred_on=f"2026-02-{number:02}")
    app = press(everybody(coach, bakery), "Build the jobs")
    assert "27 people in all" in shown(app)
    assert "More 24" not in shown(app)
    app.session_state["page"] = 2
    page = shown(app.run())
    assert "More 24" in page
    assert "Amara" not in page


def test_without_a_job_analysis_chosen_nothing_is_built_and_that_is_said(coach: User, bakery: Employer):
    app = everybody(coach, bakery)
    app.multiselect[0].set_value([])
    assert "Choose at least one job analysis" in shown(press(app, "Build the jobs"))


def team(coach: User, bakery: Employer) -> AppTest:
    app = open_page(coach, "carves/team.py", employer=bakery.key)
    type_into(app, "Hours a week to reach, for people without a goal", "10")
    return app


def test_nobody_is_in_a_team_until_they_are_chosen(coach: User, bakery: Employer):
    app = team(coach, bakery)
    assert "0 people chosen" in shown(app)
    assert "Choose between 2 and 8 people" in shown(press(app, "Build their jobs"))


def test_a_team_is_chosen_built_and_kept_whole(coach: User, bakery: Employer):
    app = press(press(team(coach, bakery), "Add Zita Lind"), "Add Amara Nwosu")
    app = press(app, "Build their jobs")
    page = shown(app)
    assert "What every post keeps" in page
    assert "67%" in page
    press(app, "Keep all of these carves")
    assert {carve.seeker_id for carve in kept()} == {1, 3}
    assert {carve.made for carve in kept()} == {CarveMade.AS_TEAM}


def test_a_team_that_changed_asks_to_build_again(coach: User, bakery: Employer):
    app = press(press(team(coach, bakery), "Add Zita Lind"), "Add Amara Nwosu")
    app = press(press(app, "Build their jobs"), "Take out Zita Lind")
    assert "built for other choices" in shown(app)
    assert "1 person chosen" in shown(app)


@pytest.mark.parametrize("script", ["everybody", "team"])
def test_work_that_was_stopped_says_so_once_and_keeps_what_was_chosen(
    coach: User, bakery: Employer, script: str
):
    app = open_page(coach, f"carves/{script}.py", employer=bakery.key)
    type_into(app, "Pay in £ an hour", "14")
    app.session_state[f"crm-begun-crm-carve-{script}"] = True
    assert "Stopped. Nobody was left out of a list, as none was made." in shown(app.run())
    assert "14" in [box.value for box in app.text_input]
    assert "Stopped" not in shown(app.run())


def test_a_page_that_was_stopped_keeps_its_place_and_can_be_built_after_all(coach: User, bakery: Employer):
    with db.transaction() as session:
        for number in range(1, 25):
            make_seeker(session, f"More {number}", referred_on=f"2026-02-{number:02}")
    app = press(everybody(coach, bakery), "Build the jobs")
    app.session_state["page"] = 2
    app.session_state["crm-begun-crm-carve-page"] = True
    page = shown(app.run())
    assert "Everybody keeps their place" in page
    assert "More 24" not in page
    assert "More 24" in shown(press(app, "Build the jobs of this page"))
